import Testing

@testable import Stories

@Suite struct PostingTableTests {
    @Test func `a key of four lineages is furniture and finds none`() {
        var table = PostingTable()
        for lineage in [5, 5, 6, 7, 7] as [UInt32] { table.insert(42, lineage) }
        #expect(table.posting(42).count == 3 && !table.isFurniture(42))
        table.insert(42, 8)
        #expect(table.isFurniture(42) && table.posting(42).count == 0)
        #expect(!table.isFurniture(43))
    }

    @Test func `growing and removing keep the rest`() {
        var table = PostingTable()
        for lineage in 1...5000 as ClosedRange<UInt32> {
            table.insert(lineage &* 2_654_435_761, lineage)
            table.insert(7, lineage)
        }
        table.remove { $0 % 2 == 0 }
        for lineage in 1...5000 as ClosedRange<UInt32> {
            #expect(table.posting(lineage &* 2_654_435_761).contains(lineage) == (lineage % 2 == 1))
        }
        #expect(table.isFurniture(7))
    }
}
