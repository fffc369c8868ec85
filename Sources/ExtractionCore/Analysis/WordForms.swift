/// The few words that have another normal form than their letters.
struct WordForms: Sendable {
    static let shared = WordForms()

    struct Form { let hash: UInt64, traits: NormalWord.Traits }

    let percent = NormalWord.hash("percent")
    private var keys = [UInt64](repeating: 0, count: 512)
    private var hashes = [UInt64](repeating: 0, count: 512)
    private var traits = [NormalWord.Traits](repeating: [], count: 512)
    private var abbreviations: [UInt64] = []

    private init() {
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
        abbreviations = [
            "mr", "mrs", "ms", "dr", "st", "inc", "corp", "ltd", "co", "gen", "sen", "rep", "gov", "col", "lt", "sgt",
            "capt", "prof", "jr", "sr", "no", "jan", "feb", "aug", "sept", "oct", "nov", "dec", "bros", "dist", "ave",
        ].map(NormalWord.hash).sorted()
    }

    private mutating func add(_ word: String, as form: String, _ traits: NormalWord.Traits) {
        let key = NormalWord.hash(word)
        var slot = Int(truncatingIfNeeded: key & 511)
        while keys[slot] != 0 { slot = (slot + 1) & 511 }
        keys[slot] = key
        hashes[slot] = NormalWord.hash(form)
        self.traits[slot] = traits
    }

    func form(of hash: UInt64) -> Form {
        var slot = Int(truncatingIfNeeded: hash & 511)
        while keys[slot] != 0 {
            if keys[slot] == hash { return Form(hash: hashes[slot], traits: traits[slot]) }
            slot = (slot + 1) & 511
        }
        return Form(hash: hash, traits: [])
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
}
