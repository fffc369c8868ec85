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
            ("Fashions of the 1980s return.", ["the 1980s=198"]),
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
            ("The bridge fell on Friday night.", ["Friday night=2021-03-05TNI"]),
            ("The court was told on Thursday that he would appeal.", ["Thursday=2021-03-04"]),
            ("Talks are to resume Friday.", ["Friday=2021-03-12"]),
            ("He may leave as soon as Thursday.", ["Thursday=2021-03-11"]),
            ("They have until 9 a.m. Thursday to sign.", ["9 a.m. Thursday=2021-03-11T09:00"]),
            ("Pay rose 4 percent in the nine months to June.", ["the nine months=P9M", "June=2020-06"]),
            ("It was a two-year wait, then five bloody weeks.", ["two-year=P2Y", "five bloody weeks=P5W"]),
            ("A fire burned for two to three weeks.", ["two to three weeks=P2W"]),
            ("They sailed for two and a half years.", ["two and a half years=P2Y6M"]),
            ("Families have lived here for hundreds of years.", ["hundreds of years=PXY"]),
            ("A year-long drought ended.", ["year-long=P1Y"]),
            ("Trains run 40 times per week.", ["per week=P1W"]),
            ("Output fell in the first half of 2019.", ["the first half of 2019=2019-H1"]),
            ("The mill lost money in fiscal 2019.", ["fiscal 2019=2019"]),
            ("It rained from 15 to 22 February 2019.", ["15=2019-02-15", "22 February 2019=2019-02-22"]),
            ("It rained on February 4 and 5.", ["February 4=2021-02-04", "5=2021-02-05"]),
            ("It rained in March and April 2018.", ["March=2018-03", "April 2018=2018-04"]),
            ("Floods struck between December and January 2018.", ["December=2017-12", "January 2018=2018-01"]),
            ("The law (1998-2004) was dropped.", ["1998=1998", "2004=2004"]),
            ("The guild was banned in 1990-94.", ["1990=1990", "94=1994"]),
            ("The temple fell in 490 BC.", ["490 BC=BC0490"]),
            ("The war of 264 to 241 B.C. was long.", ["264=BC0264", "241 B.C.=BC0241"]),
            ("Potters worked here in the 4th century BC.", ["the 4th century BC=BC03"]),
            ("It froze on the night of 3 January 2019.", ["the night of 3 January 2019=2019-01-03TNI"]),
            ("It froze by the end of October.", ["the end of October=2020-10"]),
            ("Shops shut on Christmas Eve.", ["Christmas Eve=2020-12-24"]),
            ("It closed at 5:34 PM on Monday.", ["5:34 PM on Monday=2021-03-08T17:34"]),
            (
                "It opened on 2 June 2018 and shut two days later.",
                ["2 June 2018=2018-06-02", "two days later=2018-06-04"]
            ),
            ("Nobody walks these days.", ["these days=PRESENT_REF"]),
            ("She broke her silence six years later.", ["six years later=FUTURE_REF"]),
            ("It opened in June 2018 and shut later that year.", ["June 2018=2018-06", "later that year=2018"]),
            ("It opened in 1995 and grew the following year.", ["1995=1995", "the following year=1996"]),
            (
                "Profit doubled in the third quarter from a year earlier.",
                [
                    "the third quarter=2020-Q3", "a year earlier=2019-Q3",
                ]
            ),
            (
                "In the third quarter sales fell. In the year-earlier quarter they rose.",
                [
                    "the third quarter=2020-Q3", "the year-earlier quarter=2019-Q3",
                ]
            ),
        ]
        for (text, expected) in cases { #expect(times(text, published: "2021-03-10") == expected, "\(text)") }
    }

    /// A history has a publication day, too, but it says nothing of the days that it tells.
    @Test func `a history counts from the dates it tells`() {
        let text = """
            The league was founded on 3 May 1851 in a barn. On 7 June its members marched to the capital. In 1852 the
            king fled. In July the crown was sold; the next day the palace burned. In October 1853 a council met, and in
            January it voted. The vote of 1854 stood until 1870. On 5 March the first law was read.
            """
        let expected = [
            "3 May 1851=1851-05-03", "7 June=1851-06-07", "1852=1852", "July=1852-07", "October 1853=1853-10",
            "January=1854-01", "1854=1854", "1870=1870", "5 March=1854-03-05",
        ]
        let found = times(text, published: "2021-03-10")
        #expect(found.filter { !$0.hasPrefix("the next day") } == expected)
        #expect(found.contains("the next day=XXXX-XX-XX"))
    }

    @Test func `news that looks back stays news`() {
        let text = """
            The mine opened in 1951, closed in 1962, flooded in 1970, burned in 1983 and reopened in 1990. On Monday it
            closed again. Work there will end in June.
            """
        #expect(times(text, published: "2021-03-10").suffix(2) == ["Monday=2021-03-08", "June=2021-06"])
    }

    @Test func `news with a dateline is no history`() {
        let text = """
            The mine opened in 1951, closed in 1962, flooded in 1970, burned in 1983 and reopened in 1990. Work there will
            end in June.
            """
        var article = factArticle(text, published: "2021-03-10")
        func june() -> String? {
            findTimes(in: tokenize(article, lexicon: factReader.lexicon), lexicon: factReader.lexicon).last?.value
        }
        #expect(june() == "1990-06")
        article.dateline = Dateline(range: TextRange(0, 0), place: "Aldbury")
        #expect(june() == "2021-06")
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
            "About three-quarters of them left.", "Shares of Sun and Sat rose.", "He was on 60 Minutes.",
            "The 24-year-olds had 3 and 4 points.", "Springs pop up.", "He was named player of the year.",
            "The crew quarters burned.",
        ]
        for text in cases { #expect(times(text, published: "2021-03-10") == [], "\(text)") }
    }
}
