import Testing

@testable import ExtractionCore

@Suite struct NumericDateTests {
    private func day(_ text: String, _ order: DayOrder? = nil) -> String? {
        let bytes = Array(text.utf8)
        return NumericDate.first(in: bytes, bytes.indices, order: order)?.iso8601
    }

    @Test(arguments: [
        ("23.07.2025, 09:14 Uhr", "2025-07-23"), ("3.4.2025", "2025-04-03"), ("23. 7. 2025", "2025-07-23"),
        ("23.07.25", "2025-07-23"), ("2024/10/31", "2024-10-31"), ("2024-1-5", "2024-01-05"),
        ("31/10/2024", "2024-10-31"),
        ("10/31/2024", "2024-10-31"), ("4/4/2024", "2024-04-04"), ("13/11/25", "2025-11-13"),
    ])
    func `a day in figures is read where it has one meaning`(_ text: String, _ expected: String) {
        #expect(day(text) == expected)
    }

    @Test(arguments: ["03/04/2025", "1.2.3.4", "192.168.10.12", "version 4.12.2", "12-13-14", "45.07.2025", "07/2025"])
    func `what may be something else is left alone`(_ text: String) { #expect(day(text) == nil) }

    @Test func `the order decides what could be two days`() {
        #expect(day("03/04/2025", .dayFirst) == "2025-04-03")
        #expect(day("03/04/2025", .monthFirst) == "2025-03-04")
    }

    @Test(arguments: [
        ("en-US", nil, DayOrder.monthFirst), ("en-GB", nil, .dayFirst), ("de", nil, .dayFirst), ("en", nil, nil),
        (nil, nil, nil), ("en", "https://courier.example.co.uk/a", .dayFirst),
        ("en", "https://town.gov/a", .monthFirst),
        ("en", "https://courier.example/en-gb/a", .dayFirst), ("en", "https://courier.example/a", nil),
    ])
    func `language and address tell the order`(_ language: String?, _ url: String?, _ expected: DayOrder?) {
        #expect(DayOrder(language: language, url: url) == expected)
    }

    @Test func `another day of the page tells the order`() {
        let page = Array("03/04/2025 and 25/04/2025".utf8)
        #expect(DayOrder(in: page, page.indices) == .dayFirst)
        let none = Array("03/04/2025 and 25.04.2025".utf8)
        #expect(DayOrder(in: none, none.indices) == nil)
    }
}

@Suite struct WrittenDateFormsTests {
    @Test(arguments: [
        ("6 June 2017", "2017-06-06"), ("June 6th, 2017", "2017-06-06"), ("Tuesday, JUNE 06, 2017", "2017-06-06"),
        ("6. Juni 2017", "2017-06-06"), ("1er juin 2017", "2017-06-01"), ("6 de junio de 2017", "2017-06-06"),
        ("6 giugno 2017", "2017-06-06"), ("6 de junho de 2017", "2017-06-06"), ("6 juni 2017", "2017-06-06"),
        ("6 czerwca 2017", "2017-06-06"), ("6. června 2017", "2017-06-06"), ("6 июня 2017", "2017-06-06"),
        ("15 сентября 2016, 13:43", "2016-09-15"), ("6 червня 2017", "2017-06-06"), ("6 Haziran 2017", "2017-06-06"),
        ("6. kesäkuuta 2017", "2017-06-06"), ("6 iunie 2017", "2017-06-06"), ("6 Ιουνίου 2017", "2017-06-06"),
        ("2017年6月6日", "2017-06-06"), ("2017년 6월 6일", "2017-06-06"), ("17 mars 2019", "2019-03-17"),
        ("19-Dec-2025", "2025-12-19"),
    ])
    func `a written day is read in many languages`(_ text: String, _ expected: String) {
        #expect(WrittenDate.first(in: text)?.date()?.iso8601 == expected)
    }

    @Test(arguments: ["2 days ago", "yesterday", "gestern", "hace 3 horas", "may 5 things happen", "12 set 2"])
    func `what is relative or no day is none`(_ text: String) {
        #expect(WrittenDate.first(in: text)?.date() == nil)
    }
}
