import ExtractionCore
import Testing

@testable import Stories

@Suite struct FurnitureDecayTests {
    @Test func `furniture that is not seen for half a year is forgotten, other furniture and postings stay`() {
        var table = PostingTable()
        for lineage in 1...4 as ClosedRange<UInt32> {
            table.insert(7, lineage, week: 2400)
            table.insert(8, lineage, week: 2400)
        }
        table.insert(9, 1, week: 2400)
        table.insert(8, 5, week: 2410)
        // An older text that comes late does not set the mark back.
        table.insert(8, 6, week: 2390)
        table.remove(furnitureBefore: 2400) { _ in false }
        #expect(table.isFurniture(7) && table.isFurniture(8))
        table.remove(furnitureBefore: 2401) { _ in false }
        #expect(!table.isFurniture(7) && table.posting(7).count == 0)
        #expect(table.isFurniture(8) && table.posting(9).count == 1)
        for lineage in 11...14 as ClosedRange<UInt32> { table.insert(7, lineage, week: 2430) }
        #expect(table.isFurniture(7))
    }

    private static let furniture = """


        Our readers pay for these pages with small gifts, and every gift helps to keep the presses warm. Choose a \
        plan that suits your household, and cancel whenever you like from the account screen.
        """

    @Test(arguments: [(weeks: 10, isKnown: true), (weeks: 40, isKnown: false)])
    func `a book forgets the furniture of long ago`(_ weeks: Int, _ isKnown: Bool) {
        var room = Newsroom()
        for number in 0..<6 { room.file(Copy.filler(number) + Self.furniture, hour: number) }
        let now = Instant(seconds: 1_500_000_000 + Int64(weeks) * 7 * 86_400)
        _ = room.book.retire(before: now.adding(seconds: -7 * 86_400))
        let hour = weeks * 7 * 24
        room.file(Copy.ferry, hour: hour)
        let wrapped = room.file(Copy.ferry + Self.furniture, site: "beta.example", hour: hour + 1)
        #expect((wrapped.kind == .duplicate) == isKnown, "\(wrapped)")
    }
}
