import ExtractionCore
import Testing

@Suite struct VariantFactsTests {
    @Test func `rival tolls keep their sources, day and place`() throws {
        let shelling = try Variant(VariantArticles.shelling)
        for (low, source) in [(9, "Al-Watan"), (17, "Centre for Conflict Records")] {
            let toll = try #require(shelling.toll(low))
            #expect(toll.high == low)
            #expect(toll.attribution?.name == source)
            #expect(toll.time == "2019-03-14")
            #expect(toll.cause == "shelling")
            #expect(shelling.name(toll.place) == "Tal Qarim")
        }
        let offensive = try Variant(VariantArticles.offensive)
        for (low, source) in [(25, "Congolese army"), (14, "Innocent Kasereka")] {
            let toll = try #require(offensive.toll(low))
            #expect(toll.attribution?.name == source)
            #expect(toll.time == "2016-08-01")
            #expect(offensive.name(toll.place) == "Mbekala")
        }
        let protest = try Variant(VariantArticles.protest)
        #expect(protest.toll(340, .detained)?.attribution?.name == "Hanna Kavalenka")
        #expect(protest.toll(212, .detained)?.attribution?.name == "interior ministry")
        let flood = try Variant(VariantArticles.flood)
        #expect(flood.toll(43)?.precision == .atLeast)
        #expect(flood.toll(61)?.attribution?.name == "Red Crescent volunteers")
        let ferry = try Variant(VariantArticles.ferry)
        #expect(ferry.toll(28)?.attribution?.name == "police in Tanzania")
        #expect(ferry.toll(54)?.attribution?.name == "Grace Shayo")
        let earthquake = try Variant(VariantArticles.earthquake)
        #expect(earthquake.toll(137)?.time == "2023-11-03")
        #expect(earthquake.toll(152)?.attribution?.name == "Nepal Red Cross Society")
        let election = try Variant(VariantArticles.election)
        #expect(election.toll(7)?.time == "2022-08-10")
        #expect(election.toll(7)?.blamed == nil)
        #expect(election.toll(4)?.attribution?.name == "Beatrice Wanjala")
        #expect(election.toll(11)?.attribution?.name == "Lakeside Observatory for Civil Rights")
    }

    @Test func `more tolls with their sources`() throws {
        let mine = try Variant(VariantArticles.mine)
        #expect(mine.toll(4)?.attribution?.name == "National Mining Agency")
        #expect(mine.toll(12, .missing)?.attribution?.name == "National Mining Agency")
        let hostages = try Variant(VariantArticles.hostages)
        #expect(hostages.toll(25, .abducted)?.attribution?.name == "police")
        #expect(hostages.toll(600, .abducted)?.attribution?.name == "UNICEF")
        let cholera = try Variant(VariantArticles.cholera)
        #expect(cholera.toll(58)?.attribution?.name == "health ministry")
        #expect(cholera.toll(112)?.attribution?.name == "Doctors for the Islands")
        let crash = try Variant(VariantArticles.crash)
        #expect(crash.toll(48)?.attribution?.name == "Emergencies Ministry")
        let court = try Variant(VariantArticles.court)
        #expect(court.toll(22)?.attribution?.name == "Association of Missing Families")
        #expect(court.name(court.toll(22)?.place) == "Dobrava")
        #expect(court.toll(8) == nil)
    }

    @Test func `what was said on a day did not happen on it`() throws {
        #expect(try Variant(VariantArticles.ferry).toll(28)?.time == nil)
        // Said on Thursday, "since the start of the month".
        #expect(try Variant(VariantArticles.cholera).toll(58)?.time == "2022-10/2022-10-12")
    }

    @Test func `history keeps its own day`() throws {
        #expect(try Variant(VariantArticles.ferry).toll(200)?.time == "2011")
        #expect(try Variant(VariantArticles.earthquake).toll(9000)?.time == "2015")
        #expect(try Variant(VariantArticles.earthquake).toll(20_000, .displaced)?.time == nil)
        #expect(try Variant(VariantArticles.election).toll(1100)?.time == "2007")
        #expect(try Variant(VariantArticles.court).toll(10_000)?.time == "1998/1999")
        #expect(try Variant(VariantArticles.court).toll(10_000)?.place == nil)
    }

    @Test func `tens of thousands are displaced since a time`() throws {
        for (text, time) in [
            (VariantArticles.shelling, "2018/2019-03-14"), (VariantArticles.offensive, "2016/2016-08-02"),
        ] {
            let toll = try #require(try Variant(text).toll(20_000, .displaced))
            #expect(toll.high == 99_999)
            #expect(toll.precision == .vague)
            #expect(toll.place != nil)
            #expect(toll.time == time)
        }
    }

    @Test func `a range has two ends and a source`() throws {
        let cases: [(String, Double, Double, String, String)] = [
            (VariantArticles.shelling, 400, 600, "fighters", "army"),
            (VariantArticles.flood, 80_000, 90_000, "hectares", "Anwar Kabir"),
            (VariantArticles.offensive, 1500, 2000, "rebels", "MONUSCO"),
            (VariantArticles.cholera, 1900, 2100, "cases", "ministry"),
            (VariantArticles.court, 50, 60, "men", "Prosecutors"),
        ]
        for (text, low, high, unit, source) in cases {
            let quantity = try #require(try Variant(text).quantity(low))
            #expect(quantity.high == high)
            #expect(quantity.unit == unit)
            #expect(quantity.attribution?.name == source)
        }
    }

    @Test func `quotations have their speakers`() throws {
        let said: [(String, String, String?, String)] = [
            (VariantArticles.shelling, "Rima Haddad", "spokeswoman for the CCR", "We ask"),
            (VariantArticles.flood, "Anwar Kabir", "director of the DRD", "The water"),
            (VariantArticles.flood, "Anwar Kabir", "director of the DRD", "Our boats"),
            (VariantArticles.flood, "Nasima Akter", "coordinator for the Bangladesh Red Crescent", "They would"),
            (VariantArticles.mine, "Marta Olaya", "deputy mining minister", "Those responsible"),
            (VariantArticles.mine, "Jairo Quintana", "Union leader", "The company"),
            (VariantArticles.ferry, "Grace Shayo", "member of parliament for Kigoma", "The government"),
            (VariantArticles.protest, "Hanna Kavalenka", "lawyer with the Dawn Human Rights Centre", "They beat"),
            (VariantArticles.protest, "Siarhei Baranau", "Interior Minister", "Nobody"),
            (VariantArticles.protest, "Volha Hancharova", "Opposition leader", "We will"),
            (VariantArticles.earthquake, "Krishna Thapa", "army spokesman", "The weather"),
            (VariantArticles.offensive, "Célestin Mugabo", "spokesman for the IDC", "Today"),
            (VariantArticles.offensive, "Faustin Lobo", "army's regional commander", "It is"),
            (VariantArticles.offensive, "Faustin Lobo", "army's regional commander", "They have"),
            (VariantArticles.hostages, "Bashir Magaji", "governor", "They are"),
            (VariantArticles.hostages, "Musa Danladi", "spokesman for the Northern Parents' Forum", "We are"),
            (VariantArticles.cholera, "Claire Montplaisir", "head of mission for DFI", "We are"),
            (VariantArticles.cholera, "Alex Dorval", "Health Minister", "This is"),
            (VariantArticles.cholera, "Claire Montplaisir", "head of mission for DFI", "People are"),
            (VariantArticles.election, "Peter Okelo", "former prime minister", "The people's"),
            (VariantArticles.crash, "Elena Gromova", "spokeswoman for ARA", "There is"),
            (VariantArticles.court, "Arta Krasniqi", "Judge", "He chose"),
            (VariantArticles.court, "Shpresa Morina", "president of the AMF", "Eighteen"),
        ]
        for (text, speaker, role, start) in said {
            #expect(try Variant(text).says(speaker, role, start), "\(start)")
        }
    }

    @Test func `it said follows the last body that spoke`() throws {
        let chains = [
            (VariantArticles.shelling, "taken to a hospital", "Al-Watan"),
            (VariantArticles.shelling, "probably fired", "Centre for Conflict Records"),
            (VariantArticles.ferry, "captain had been", "Surface and Marine Transport Authority"),
            (VariantArticles.protest, "would face charges", "interior ministry"),
            (VariantArticles.earthquake, "toll was expected", "Nepal Red Cross Society"),
            (VariantArticles.election, "probably responsible", "Lakeside Observatory for Civil Rights"),
            (VariantArticles.crash, "flight recorders", "Vostok-Press"),
        ]
        for (text, part, source) in chains {
            #expect(try Variant(text).claim(part)?.attribution?.name == source, "\(part)")
        }
    }

    @Test func `hedges stay with their claims`() throws {
        let hedged = [
            (VariantArticles.shelling, "probably fired", "probably"),
            (VariantArticles.shelling, "hiding in Tal Qarim", "are believed to"),
            (VariantArticles.flood, "cut off in", "reportedly"), (VariantArticles.ferry, "maize", "probably"),
            (VariantArticles.offensive, "dug in", "are thought to"),
            (VariantArticles.offensive, "shields", "reportedly"),
            (VariantArticles.hostages, "Rugu", "allegedly"), (VariantArticles.election, "Internet", "reportedly"),
        ]
        for (text, part, hedge) in hedged {
            #expect(try Variant(text).claim(part)?.hedge == hedge, "\(part)")
        }
    }

    @Test func `a claim is what was said and no more`() throws {
        let cholera = try Variant(VariantArticles.cholera)
        #expect(cholera.claim("has killed at least 58")?.attribution?.name == "health ministry")
        #expect(cholera.claim("figure could be far higher")?.attribution?.name == "aid groups")
        let flood = try Variant(VariantArticles.flood)
        let lede = try #require(flood.claim("have killed"))
        #expect(flood.article.shown(lede.range).hasPrefix("Floods triggered"))
        let election = try Variant(VariantArticles.election)
        #expect(election.claim("count was rigged")?.attribution?.name == "Peter Okelo")
        let hostages = try Variant(VariantArticles.hostages)
        #expect(hostages.claim("ransom")?.attribution?.stance == .denies)
        #expect(hostages.claim("Gunmen have freed")?.attribution?.name == "governor of Zamfara state")
    }

    @Test func `events have the right doers or none`() throws {
        let crash = try Variant(VariantArticles.crash)
        #expect(crash.facts.events.first?.type == "accident.crash")
        #expect(crash.facts.events.first?.actors == [])
        let protest = try Variant(VariantArticles.protest)
        #expect(!protest.facts.events.contains { $0.type == "resignation" })
        #expect(protest.facts.events.first { $0.type == "protest.strike" }?.modality == .planned)
        let offensive = try Variant(VariantArticles.offensive)
        #expect(offensive.facts.events.first?.type == "offensive")
        #expect(offensive.name(offensive.facts.events.first?.place) == "Mbekala")
        let earthquake = try Variant(VariantArticles.earthquake)
        #expect(earthquake.facts.w5.place == "Nepal")
        #expect(earthquake.facts.times.contains { $0.value == "2023-11-03T23:47" })
    }

    @Test func `storms and ships are no persons`() throws {
        let storm = try Variant(
            "Typhoon Marisol hit the northern Philippines on Sunday and killed at least six people, officials said. The "
                + "MV Ligaya sank off Batuan. In 2013, Typhoon Ruben killed 90 people.")
        #expect(!storm.facts.entities.contains { $0.kind == .person || $0.kind == .organisation })
        #expect(storm.toll(90)?.blamed == nil)
        #expect(storm.toll(90)?.cause == "typhoon")
        #expect(storm.entity("Batuan")?.kind == .place)
    }

    @Test func `a province is no city of another country`() throws {
        let text = "Two farmers were killed in Aurora province in the northern Philippines, the police said on Monday."
        let variant = try Variant(text)
        #expect(variant.entity("Aurora")?.kind == .place)
        #expect(variant.entity("Aurora")?.place == nil)
        #expect(variant.toll(2)?.attribution?.name == "police")
    }

    @Test func `a place that owns or speaks is not where it happened`() throws {
        let variant = try Variant(
            "Shells hit the town of Deir Kassem and killed six people, Lebanon's Civil Defence Agency said.")
        #expect(variant.name(variant.toll(6)?.place) == "Deir Kassem")
    }

    @Test func `an office keeps its qualifier and loses the rank behind it`() throws {
        let variant = try Variant(
            "Former prime minister Asif Rana met army spokesman Col Omar Diallo in Bamako. Theresa May was there, too.")
        #expect(variant.entity("Asif Rana")?.role == "Former prime minister")
        #expect(variant.entity("Omar Diallo")?.role == "army spokesman")
        #expect(variant.entity("Theresa May")?.kind == .person)
    }
}
