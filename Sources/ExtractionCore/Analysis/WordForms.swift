/// The few words that have another normal form than their letters, or that are stop words.
struct WordForms: Sendable {
    static let shared = WordForms()

    struct Form { let hash: UInt64, traits: NormalWord.Traits }

    private static let size = 1024

    let percent = NormalWord.hash("percent")
    /// Open addressing by hash; the keys by themselves, since most words are not there.
    private var keys = [UInt64](repeating: 0, count: size)
    private var forms = [Form](repeating: Form(hash: 0, traits: []), count: size)
    private var stop: Set<UInt64> = []
    private var abbreviations: [UInt64] = []

    private init() {
        stop = Set(WordForms.stopWords.split(separator: " ").map { NormalWord.hash(String($0)) })
        let units = [
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
            "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
        ]
        for (value, word) in units.enumerated() { add(word, as: String(value), [.number, .masked, .spelled]) }
        let tens = ["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
        for (index, word) in tens.enumerated() {
            add(word, as: String((index + 3) * 10), [.number, .masked, .spelled])
        }
        for word in ["hundred", "thousand", "million", "billion", "trillion", "dozen"] {
            add(word, as: word, [.masked])
            add(word + "s", as: word + "s", [.masked])
        }
        let spelt = [
            ("mln", "million"), ("mlns", "million"), ("bln", "billion"), ("blns", "billion"), ("trln", "trillion"),
            ("trn", "trillion"),
        ]
        for (short, long) in spelt { add(short, as: long, [.masked]) }
        let short = [
            ("pct", "percent"), ("dlr", "dollar"), ("dlrs", "dollars"), ("cts", "cents"), ("qtr", "quarter"),
            ("mth", "month"), ("mths", "months"), ("yr", "year"), ("yrs", "years"), ("govt", "government"),
            ("intl", "international"), ("dept", "department"), ("shr", "share"), ("shrs", "shares"), ("vs", "versus"),
        ]
        for (short, long) in short { add(short, as: long, []) }
        for word in WordForms.stopWords.split(separator: " ") { add(String(word), as: String(word), []) }
        abbreviations = [
            "mr", "mrs", "ms", "dr", "st", "inc", "corp", "ltd", "co", "gen", "sen", "rep", "gov", "col", "lt", "sgt",
            "capt", "prof", "jr", "sr", "no", "jan", "feb", "aug", "sept", "oct", "nov", "dec", "bros", "dist", "ave",
        ].map(NormalWord.hash).sorted()
    }

    private mutating func add(_ word: String, as form: String, _ traits: NormalWord.Traits) {
        let form = NormalWord.hash(form)
        let slot = slot(of: NormalWord.hash(word))
        guard keys[slot] == 0 else { return }
        keys[slot] = NormalWord.hash(word)
        forms[slot] = Form(hash: form, traits: stop.contains(form) ? traits.union(.stop) : traits)
    }

    private func slot(of hash: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: hash) & (WordForms.size - 1)
        while keys[slot] != 0, keys[slot] != hash { slot = (slot + 1) & (WordForms.size - 1) }
        return slot
    }

    func form(of hash: UInt64) -> Form {
        let slot = slot(of: hash)
        return keys[slot] == 0 ? Form(hash: hash, traits: []) : forms[slot]
    }

    func isAbbreviation(_ hash: UInt64) -> Bool {
        var low = 0
        var high = abbreviations.count
        while low < high {
            let middle = (low + high) / 2
            if abbreviations[middle] < hash { low = middle + 1 } else { high = middle }
        }
        return low < abbreviations.count && abbreviations[low] == hash
    }

    /// What tells nothing of what a text is about.
    private static let stopWords =
        "a an the of to in on at for and or but is are was were be been being has have had having with by from as it its"
        + " this that these those he she they we you i his her their our your my me him them us not no will would could"
        + " should can may might must shall than then there here when who whom whose what which how why after before"
        + " over into out up down about more most new says said say also one two three first last year years day days"
        + " week weeks month months monday tuesday wednesday thursday friday saturday sunday january february march"
        + " april june july august september october november december mr mrs ms dr am pm re if so while during"
        + " between against because through under again both each few other some such only own same too very just"
        + " s t d ll m o ve y dont told tell tells saying according since until off any all however still now get got"
        + " make made like many much well back even percent time people per today yesterday do does did did"
        + " where another among around amid via versus that's update updated news report reports reported"
}
