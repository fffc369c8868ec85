import Testing

@testable import Wire

@Suite struct RobotsRulesTests {
    private func rules(_ text: String) -> RobotsRules { RobotsRules(Array(text.utf8), agent: "copytaster") }

    @Test(arguments: [
        ("", "/a", true),
        ("User-agent: *\nDisallow: /", "/a", false),
        ("User-agent: *\nDisallow: /", "/robots.txt", true),
        ("User-agent: *\nDisallow:", "/a", true),
        ("User-agent: *\nDisallow: /fish", "/fish.html", false),
        ("User-agent: *\nDisallow: /fish", "/Fish", true),
        ("User-agent: *\nDisallow: /fish/", "/fish", true),
        ("User-agent: *\nDisallow: /*.php", "/dir/x.php?q=1", false),
        ("User-agent: *\nDisallow: /*.php$", "/x.php?q=1", true),
        ("User-agent: *\nDisallow: /*.php$", "/x.php", false),
        ("User-agent: *\nDisallow: /a$b", "/a$b", false),
        ("User-agent: *\nDisallow: /fish*.php", "/fishheads/catfish.php?x", false),
        ("User-agent: *\nDisallow: /a*b*c$", "/aXbXbXc", false),
        ("User-agent: *\nDisallow: /a*b*c$", "/aXbXcX", true),
        ("User-agent: *\nDisallow: *", "/a", false),
        ("User-agent: *\nAllow: /page\nDisallow: /*.htm", "/page.htm", false),
        ("User-agent: *\nAllow: /folder\nDisallow: /folder", "/folder/x", true),
        ("User-agent: *\nDisallow: /\nAllow: /$", "/", true),
        ("User-agent: *\nDisallow: /\nAllow: /$", "/x", false),
        ("User-agent: *\nDisallow: /a/b\nAllow: /a/b/c\nDisallow: /a/b/c/d", "/a/b/c/e", true),
        ("User-agent: *\nDisallow: /%7ejoe/", "/~joe/x", false),
        ("User-agent: *\nDisallow: /ツ", "/%E3%83%84", false),
        ("User-agent: *\nDisallow: /%e3%83%84", "/%E3%83%84", false),
        ("User-agent: *\nDisallow: /a%3cd", "/a%3Cd", false),
        ("user-AGENT : * # all\n  disallow : /x # not there", "/x", false),
        ("\u{FEFF}User-agent: *\rDisallow: /x", "/x", false),
        ("Disallow: /x", "/x", true),
        ("User-agent: *\nDisallow /x", "/x", true),
        ("User-agent: *\nDisallow: x", "/x", true),
    ])
    func `the longest rule wins, and what is no rule counts for nothing`(
        _ text: String, _ path: String, _ isAllowed: Bool
    ) {
        #expect(rules(text).allows(path) == isAllowed)
    }

    @Test func `the group with our name counts, wherever and however often it stands`() {
        let text = """
            User-agent: *
            Disallow: /
            Crawl-delay: 30

            User-agent: other
            User-agent: CopyTaster/1.0
            Disallow: /a
            Sitemap: https://a.example/map

            User-agent: copytasterish
            Disallow: /c

            User-agent: copytaster
            Crawl-delay: 2.5
            Disallow: /b
            """
        let own = rules(text)
        #expect(["/a", "/b", "/c", "/"].map(own.allows) == [false, false, true, true])
        #expect(own.crawlDelay == 3)
        let other = RobotsRules(Array(text.utf8), agent: "somebody")
        #expect(!other.allows("/c") && other.crawlDelay == 30)
    }

    @Test func `a delay is a number of seconds within reason`() {
        for (text, delay) in [("10", 10), ("0", nil), ("-5", nil), ("soon", nil), ("1e99", 3600), ("nan", nil)] {
            #expect(rules("User-agent: *\nCrawl-delay: \(text)").crawlDelay == delay, "\(text)")
        }
    }

    @Test func `any bytes are read in little time`() {
        var seed: UInt64 = 7
        func random(_ below: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % below
        }
        let words = [
            "User-agent", "Disallow", "Allow", "Crawl-delay", ":", "*", "$", "/", "%", "%4", "%zz", "#", "\n", "\r",
            " ", "\0", "\u{FEFF}", "copytaster", "9", "ü",
        ]
        for _ in 0..<2000 {
            var bytes: [UInt8] = []
            for _ in 0..<random(60) { bytes += Array(words[random(words.count)].utf8) }
            if !bytes.isEmpty { bytes[random(bytes.count)] = UInt8(random(256)) }
            let rules = RobotsRules(bytes, agent: "copytaster")
            _ = rules.allows("/" + words[random(words.count)])
        }
        let stars = "User-agent: *\n" + String(repeating: "Disallow: /*a*a*a*a*a*a*a*b\n", count: 17_000)
        let start = ContinuousClock.now
        #expect(rules(stars).allows("/" + String(repeating: "a", count: 8000)))
        #expect(ContinuousClock.now - start < .seconds(5))
    }
}
