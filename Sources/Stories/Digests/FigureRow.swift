internal import ExtractionCore

/// One row of "Figures, by source", in words that both renderers share.
struct FigureRow {
    let figure: String
    let when: String
    /// The number as the text has it or as the value says.
    let value: String
    /// What follows the number: whom it counts.
    let detail: String
    let source: String
    /// The old value, where this one revises it.
    let was: String?

    init(toll: JSONValue) {
        let place = toll["place"]?.string
        figure = [toll["outcome"]?.string, toll["cause"]?.string, place].compactMap { $0 }.joined(separator: ", ")
        when = FigureRow.time(toll["time"]?.string, basis: toll["time_basis"]?.string)
        let shown = FigureRow.interval(toll)
        value = shown
        let who = toll["who"]?.string
        let isVague = toll["precision"]?.string == "vague" && shown.hasSuffix("s")
        detail = who.map { $0.hasPrefix("includ") ? ", " + $0 : (isVague ? " of " : " ") + $0 } ?? ""
        source = FigureRow.source(toll)
        was = toll["was"].map(FigureRow.interval)
    }

    init(quantity: JSONValue) {
        figure = [quantity["unit"]?.string, quantity["place"]?.string].compactMap { $0 }.joined(separator: ", ")
        when = FigureRow.time(quantity["time"]?.string, basis: nil)
        value = quantity["text"]?.string ?? FigureRow.interval(quantity)
        detail = ""
        source = FigureRow.source(quantity)
        was = nil
    }

    /// `12`, `3,000-4,000`, `at least 12`, `tens of thousands`.
    static func interval(_ figure: JSONValue) -> String {
        let low = figure["low"]?.number ?? 0
        let high = figure["high"]?.number
        let precision = figure["precision"]?.string ?? "exact"
        if precision == "vague", let words = figure["text"]?.string.flatMap(vagueWords) { return words }
        let bounds = high == nil || high == low ? grouped(low) : grouped(low) + "-" + grouped(high ?? low)
        switch precision {
        case "at_least": return "at least " + grouped(low)
        case "at_most": return "at most " + grouped(high ?? low)
        case "about", "vague": return "about " + bounds
        default: return bounds
        }
    }

    private static func vagueWords(_ text: String) -> String? {
        let lower = text.lowercased()
        let phrases = [
            "tens of thousands", "hundreds of thousands", "several thousand", "thousands", "several hundred",
            "hundreds", "scores", "several dozen", "dozens", "several", "a few", "many",
        ]
        return phrases.first(where: lower.contains)
    }

    /// 3000 → `3,000`.
    static func grouped(_ number: Double) -> String {
        guard let whole = Int(exactly: number) else { return "\(number)" }
        let digits = Array(String(whole.magnitude))
        var out = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { out += "," }
            out.append(digit)
        }
        return (whole < 0 ? "-" : "") + out
    }

    private static func time(_ value: String?, basis: String?) -> String {
        guard let value else { return "no time given" }
        if let basis, basis.hasPrefix("since ") { return basis }
        let day = timeInWords(value)
        guard let basis, basis != "sentence" else { return day }
        return day + " (" + basis + ")"
    }

    private static func source(_ fact: JSONValue) -> String {
        guard let source = fact["source"], let name = source["name"]?.string else { return "no source named" }
        let kind = source["kind"]?.string.map { " (\($0))" } ?? ""
        let stance = fact["stance"]?.string.map { " \($0)" } ?? ""
        let hedge = fact["hedge"]?.string.map { ", “\($0)”" } ?? ""
        let blamed = fact["blamed"]?.string.map { "; blames \($0)" } ?? ""
        return name + kind + stance + hedge + blamed
    }
}

/// "Sources disagree on killed, air strikes: **12** (SANA), **21** (the Observatory)."
struct Disagreement {
    let topic: String
    let sides: [(value: String, source: String)]

    /// The record's `rivals`, each a list of ids of its own tolls and of those known from other records.
    static func all(in record: JSONValue, known: [JSONValue] = []) -> [Disagreement] {
        let tolls = (record["tolls"]?.array ?? []) + known
        return (record["rivals"]?.array ?? []).compactMap { group in
            let members = group.array.compactMap { id in tolls.first { $0["id"] == id } }
            guard members.count > 1, let first = members.first else { return nil }
            let row = FigureRow(toll: first)
            let day = first["time"]?.string.map { ", " + timeInWords($0) } ?? ""
            return Disagreement(
                topic: row.figure + day,
                sides: members.map { toll in
                    (FigureRow.interval(toll), toll["source"]?["name"]?.string ?? "no source named")
                })
        }
    }
}
