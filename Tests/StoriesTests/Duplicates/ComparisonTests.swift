import ExtractionCore
import Testing

@testable import Stories

@Suite struct ComparisonTests {
    private func verdict(_ old: String, _ new: String, hours: Double = 1) -> Verdict {
        let words = TextWords(Text(new))
        let furniture = [Bool](repeating: false, count: words.words.count)
        return Comparison(TextWords(Text(old)), words, isFurniture: furniture, hoursApart: hours).verdict()
    }

    private let report = """
        The mill at Norrby earned 17.1 million crowns in the quarter, its director Ada Quist said on Friday. Orders rose \
        and the plant will hire sixty workers, though prices for pulp were weak in the southern markets.
        """

    private func isDuplicate(_ verdict: Verdict) -> Bool { if case .duplicate = verdict { true } else { false } }
    private func isUpdate(_ verdict: Verdict) -> Bool { if case .update = verdict { true } else { false } }

    @Test func `another form of a figure is no news`() {
        for (from, to) in [("17.1 million", "17,121,000"), ("sixty", "60"), ("17.1 million", "17.1 mln")] {
            #expect(isDuplicate(verdict(report, report.replacing(from, with: to))), "\(to)")
        }
    }

    @Test func `another figure, opposite, name or day is`() {
        let changes = [
            ("17.1", "17.3"), ("sixty", "sixteen"), ("rose", "fell"), ("Ada Quist", "Ada Holm"), ("Friday", "Thursday"),
            ("southern", "northern"), ("will hire", "will not hire"),
        ]
        for (from, to) in changes { #expect(isUpdate(verdict(report, report.replacing(from, with: to))), "\(to)") }
    }

    @Test func `a number of two words is one figure`() {
        let rescue = """
            Forty-one people were taken from the water off Norrby and brought to the hospital, its director Ada Quist said \
            on Friday. Divers went on searching the hull, though the waves were high and the wind had turned.
            """
        func summaries(_ number: String) -> [String] {
            guard case .update(let changes, _) = verdict(rescue, rescue.replacing("Forty-one", with: number)) else {
                return []
            }
            return changes.map(\.summary)
        }
        #expect(summaries("Thirty-eight") == ["41 → 38"])
        #expect(summaries("Forty-three") == ["41 → 43"])
        #expect(summaries("Sixty-one") == ["41 → 61"])
        #expect(summaries("52") == ["41 → 52"])
        #expect(summaries("41").isEmpty)
        let corrected = "(Corrects number rescued to 38 from 41) " + rescue.replacing("Forty-one", with: "Thirty-eight")
        guard case .update(let changes, _) = verdict(rescue, corrected) else { return #expect(Bool(false)) }
        #expect(changes.filter { $0.kind == .figure }.map(\.summary) == ["41 → 38"])
    }

    @Test func `a figure of another week is another article`() {
        #expect(verdict(report, report.replacing("17.1", with: "19.4"), hours: 24 * 90) == .different)
    }

    @Test func `the same words about another place are another occasion`() {
        let fire = """
            Fire broke out at the cannery of Harrow Quay near dock 3 early on Monday and burned for four hours, the \
            brigade said. Captain Ada Quist said that nobody was hurt and that the flames began in a store of cork.
            """
        let moves: [(String) -> String] = [
            { $0.replacing("Harrow Quay", with: "Lenne") }, { $0.replacing("dock 3", with: "dock 7") },
            { $0.replacing("Harrow Quay", with: "Port Ostrel").replacing("Ada Quist", with: "Jon Tarn") },
            { $0.replacing("Harrow Quay", with: "Lenne").replacing("four", with: "six") },
        ]
        for (number, move) in moves.enumerated() {
            #expect(verdict(fire, move(fire)) == .otherOccasion, "move \(number)")
        }
        let kept: [(String) -> String] = [
            { $0.replacing("four hours", with: "six hours") }, { $0.replacing("Ada Quist", with: "Ada Holm") },
            { $0.replacing("Harrow Quay", with: "Lenne") + " Correction: an earlier version named another town." },
            { $0.replacing("nobody was hurt", with: "at least 12 were hurt") },
        ]
        for (number, edit) in kept.enumerated() { #expect(isUpdate(verdict(fire, edit(fire))), "edit \(number)") }
        #expect(isUpdate(verdict(report + " At least 3 left.", report + " At least 7 left.")))
    }

    @Test func `a figure that another source had is news where it stands now`() {
        let before = """
            The harbour office said that at least 18 people were killed when the pier gave way at noon. Divers searched \
            the basin until dark and found three cars. The Lifeboat League said 26 people were killed. A crane was \
            brought from the yard to lift the deck, and the ferry line put on buses for the evening.
            """
        let after = before.replacing("The Lifeboat League said 26 people were killed. ", with: "")
            .replacing("18 people", with: "26 people")
        #expect(isUpdate(verdict(before, after)))
    }

    @Test func `spelling differs by letters and never by digits`() {
        let pairs = [
            ("organise", "organize", true), ("theatre", "theater", true), ("labour", "labor", true),
            ("receive", "recieve", true), ("1987", "1978", false), ("Harlow", "Barlow", false),
            ("Marden", "Marlen", false),
        ]
        for (one, other, isSame) in pairs {
            #expect(isSpelling(TextWords(Text(one)), 0, TextWords(Text(other)), 0) == isSame, "\(one)")
        }
    }

    @Test func `a dateline ends where its mark stands`() {
        let lines = [
            ("NORRBY, June 5 (Northern Wire) - The mill earned", 5), ("By Ada Holm, Norrby\n\nThe mill earned", 4),
            ("The mill earned more: twice", 0), ("21 Killed: the ferry", 0),
        ]
        for (line, count) in lines { #expect(openingLineEnd(in: TextWords(Text(line))) == count, "\(line)") }
    }
}
