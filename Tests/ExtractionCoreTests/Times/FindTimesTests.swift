import Testing

@testable import ExtractionCore

@Suite struct FindTimesTests {
    private func times(_ text: String, published: String?) -> [String] {
        let article = factArticle(text, published: published)
        return findTimes(in: tokenize(article, lexicon: factReader.lexicon), lexicon: factReader.lexicon).map {
            article.text.string($0.range) + "=" + $0.value
        }
    }

    // 2021-03-10 was a Wednesday.
    @Test func `an expression has its span and value`() {
        let cases: [(String, [String])] = [
            ("They met on 5 June 2019.", ["5 June 2019=2019-06-05"]),
            ("They met on June 5, 2019.", ["June 5, 2019=2019-06-05"]),
            ("The 5th of June was wet.", ["The 5th of June=2020-06-05"]),
            ("It is dated 2019-06-05 in ink.", ["2019-06-05=2019-06-05"]),
            ("It is dated 25/6/2019 in ink.", ["25/6/2019=2019-06-25"]),
            ("It is dated 5/6/2019 in ink.", []),
            ("The bridge fell on Monday.", ["Monday=2021-03-08"]),
            ("The bridge fell on Wednesday.", ["Wednesday=2021-03-10"]),
            ("The bridge will open on Friday.", ["Friday=2021-03-12"]),
            ("The bridge fell last Wednesday.", ["last Wednesday=2021-03-03"]),
            ("The bridge fell on Tuesday (9 March).", ["Tuesday (9 March)=2021-03-09"]),
            ("He left yesterday and she leaves tomorrow.", ["yesterday=2021-03-09", "tomorrow=2021-03-11"]),
            ("The dam broke in November.", ["November=2020-11"]),
            ("The dam broke in November 2015.", ["November 2015=2015-11"]),
            ("Trade has grown since late 2014.", ["late 2014=2014"]),
            ("Fashions of the 1980s return.", ["the 1980s=198X"]),
            ("Prices rose last week.", ["last week=2021-W09"]),
            ("Prices rose last month.", ["last month=2021-02"]),
            ("Prices rose last year.", ["last year=2020"]),
            ("Prices may rise next year.", ["next year=2022"]),
            ("He arrived two days ago.", ["two days ago=2021-03-08"]),
            ("He arrived three years ago.", ["three years ago=2018"]),
            ("They waited for months.", ["months=PXM"]),
            ("They waited for three years.", ["three years=P3Y"]),
            ("The market opens every week.", ["every week=P1W"]),
            ("The talks began at 10:35 a.m. on Tuesday.", ["10:35 a.m. on Tuesday=2021-03-09T10:35"]),
            ("Rain fell on Tuesday night.", ["Tuesday night=2021-03-09TNI"]),
            ("Sales fell in the third quarter.", ["the third quarter=2020-Q3"]),
            ("The port is now closed.", ["now=PRESENT_REF"]),
            ("In the summer of 2018 it was dry.", ["the summer of 2018=2018-SU"]),
            ("The past two months were dry.", ["The past two months=P2M"]),
        ]
        for (text, expected) in cases { #expect(times(text, published: "2021-03-10") == expected, "\(text)") }
    }

    @Test func `without a reference day values stay open`() {
        #expect(times("The bridge fell on Monday.", published: nil) == ["Monday=XXXX-WXX-1"])
        #expect(times("The bridge fell on 5 June.", published: nil) == ["5 June=XXXX-06-05"])
    }

    @Test func `a full date in the text gives the year`() {
        let text = "The bridge fell on Tuesday (9 March).\n\nA photograph of 10 March 2021 shows it."
        #expect(times(text, published: nil).first == "Tuesday (9 March)=2021-03-09")
    }

    @Test func `words that look like times are none`() {
        let cases = [
            "Officials may march on the second floor.", "A 12-year-old boy won 3-2.", "She is 40 years old.",
            "The fall of the wall.", "It cost $2000 for 1500 people.",
        ]
        for text in cases { #expect(times(text, published: "2021-03-10") == [], "\(text)") }
    }
}
