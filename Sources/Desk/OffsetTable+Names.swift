internal import ExtractionCore
internal import Stories

/// Where the entries of ids start. An offset that is given may be another id's, which the entry itself shows.
extension OffsetTable {
    private static func hash(_ id: String) -> UInt64 { mixedBits(NormalWord.hash(id.utf8)) }

    /// False when the journal is too long to be counted.
    mutating func insert(_ id: String, at offset: Int64) -> Bool { insert(OffsetTable.hash(id), at: offset) }

    /// Where an entry of that id may start.
    func offsets(of id: String) -> [Int64] { offsets(of: OffsetTable.hash(id)) }
}
