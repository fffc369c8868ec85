import ExtractionCore

/// The little word lists that a comparison needs, as hashes.
struct Words: Sendable {
    static let shared = Words()

    let months: HashSet
    let weekdays: HashSet
    let nearDays: HashSet
    /// What stands in datelines besides names.
    let connectors: HashSet
    /// "Reporting by …".
    let credits: HashSet
    let corrections: HashSet
    /// Words that tell nothing about a story.
    let stop: HashSet
    /// What a place follows.
    let locatives: HashSet
    /// Before a figure these say how many, not which one.
    let measures: HashSet
    /// What figures count, where no ending shows it.
    let counted: HashSet
    /// Stems of everyday words, by hash.
    let everyday: HashSet
    let by = NormalWord.hash("by")
    let the = NormalWord.hash("the")

    private init() {
        func hashes(_ words: String) -> HashSet {
            HashSet(words.split(separator: " ").map { NormalWord.hash(String($0)) })
        }
        months = hashes(
            "january february march april may june july august september october november december jan feb mar apr jun"
                + " jul aug sep sept oct nov dec")
        weekdays = hashes(
            "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun")
        nearDays = hashes("today yesterday tomorrow tonight now")
        connectors = hashes(
            "by of the and in on at for from de la le el al updated update published min am pm gmt est edt")
        credits = hashes("reporting writing editing reported written edited compiled translated copyright reportage")
        corrections = hashes(
            "correction corrections corrected corrects correcting clarification clarifies erratum retraction retracted"
                + " retracts amended")
        locatives = hashes("at in near off outside of on around inside from to into towards toward")
        measures = hashes(
            "least most about nearly around roughly some over exactly just almost another up only approximately further"
                + " total estimated record other additional first last next past more less fewer than age aged noon"
                + " midnight article chapter section clause paragraph rule page version dollars dlrs pounds stg euros euro usd eur rs yen between circa under below above"
        )
        counted = hashes("people men women children police percent crew staff million billion thousand hundred dozen")
        everyday = HashSet(everydayWords().map { TextWords.stem(of: $0, 0..<$0.count, or: NormalWord.hash($0)) })
        stop = hashes(Words.stopList)
    }

    private static let stopList =
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
