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
    }
}
