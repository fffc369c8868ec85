import ExtractionCore
import Testing

@testable import Wire

@Suite struct EntryRuleTests {
    private let entry = Entry(
        id: "1", link: "https://news.example/sport/2024/cup", title: "Cup Final: Lindholm’s Day",
        summaryHTML: "<p>The <b>goal</b>keeper &amp; the dam.</p>", authors: [Person(name: "Ana Corvelli")])

    private func drops(_ rule: EntryRule) -> Bool { EntryFilter(keep: [], drop: [rule]).reason(toDrop: entry) != nil }

    @Test func `words are whole, in any case, and phrases hold together`() {
        #expect(drops(EntryRule(.title, .words(["final"]))))
        #expect(drops(EntryRule(.title, .words(["nothing", "cup FINAL"]))))
        #expect(!drops(EntryRule(.title, .words(["fin", "final cup"]))))
        #expect(drops(EntryRule(.author, .words(["corvelli"]))))
        #expect(drops(EntryRule(.url, .words(["sport"]))))
        #expect(drops(EntryRule(.content, .words(["dam"]))))
        #expect(!drops(EntryRule(.content, .words(["cup"]))))
        #expect(drops(EntryRule(.any, .words(["dam"]))) && drops(EntryRule(.any, .words(["cup"]))))
    }

    @Test func `expressions are searched for anywhere, in any case`() {
        #expect(drops(EntryRule(.url, .expression("/SPORT/[0-9]{4}/"))))
        #expect(!drops(EntryRule(.title, .expression("^final"))))
        #expect(drops(EntryRule(.content, .expression("keeper & the"))))
    }

    @Test func `an expression that may take for ever is refused, and one on a long text does not`() {
        for text in ["(a+)+$", "((a|b*)c)*", "(x{2,})+", "([a-z]+\\s)*y"] {
            #expect(EntryRule(.any, .expression(text)).fault?.contains("for ever") == true, "\(text)")
        }
        for text in ["(a|b)+", "\\(a+\\)+", "[(+]+x)?", "a+b*(c)", "(?i)x+", "[]*(]+", "(foo|bar)s?", "x{2,3}"] {
            #expect(EntryRule(.any, .expression(text)).fault?.contains("for ever") != true, "\(text)")
        }
        let long = Entry(title: String(repeating: "flood dam ", count: 50_000))
        let rule = EntryRule(.title, .expression("flood.*dam.*breach.*now"))
        let start = ContinuousClock.now
        #expect(EntryFilter(keep: [], drop: [rule]).reason(toDrop: long) == nil)
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    @Test func `a keep rule keeps what it matches only, and a drop rule wins`() {
        let keep = EntryRule(.title, .words(["cup"]))
        #expect(EntryFilter(keep: [keep], drop: []).reason(toDrop: entry) == nil)
        #expect(EntryFilter(keep: [keep], drop: []).reason(toDrop: Entry(title: "Flood")) == "no keep rule holds")
        let both = EntryFilter(keep: [keep], drop: [EntryRule(.any, .words(["dam"]))])
        #expect(both.reason(toDrop: entry) == "drop any: dam")
    }

    @Test func `a rule that cannot work says so and hides nothing`() {
        for rule in [
            EntryRule(.title, .words([])), EntryRule(.title, .words(["", "…"])), EntryRule(.any, .expression("(")),
            EntryRule(.any, .expression("")),
        ] {
            #expect(rule.fault != nil)
            #expect(EntryFilter(keep: [rule], drop: [rule]).reason(toDrop: entry) == nil)
        }
        #expect(EntryRule(.title, .words(["a"])).fault == nil && EntryRule(.title, .expression("a|b")).fault == nil)
    }
}
