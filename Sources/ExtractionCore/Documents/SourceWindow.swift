/// Small pieces of a source, cut from larger ones.
struct SourceWindow {
    let source: any ByteSource
    private var bytes: [UInt8] = []
    private var start = 0
    /// Nothing comes after these bytes.
    private var isLast = false

    init(_ source: any ByteSource) { self.source = source }

    /// Up to `count` bytes from `offset` on; fewer only at the end.
    mutating func piece(at offset: Int, count: Int) -> ArraySlice<UInt8> {
        load(offset, count)
        let first = offset - start
        return bytes[first..<first + min(count, bytes.count - first)]
    }

    private mutating func load(_ offset: Int, _ count: Int) {
        let end = start + bytes.count
        if offset >= start, offset <= end, isLast || end - offset >= count { return }
        let wanted = max(count, 1 << 16)
        bytes = source.piece(at: offset, count: wanted)
        start = offset
        isLast = bytes.count < wanted
    }

    /// Where a short mark stands next at or after `offset`; nil when nowhere.
    mutating func find(_ mark: [UInt8], from offset: Int) -> Int? {
        var at = offset
        while true {
            load(at, mark.count)
            let end = bytes.count - mark.count + 1
            var index = at - start
            guard index < end else { return nil }
            while index < end {
                index = ByteScan.first(mark[0], in: bytes, from: index, to: end)
                if index < end, bytes[index..<index + mark.count].elementsEqual(mark) { return start + index }
                index += 1
            }
            at = start + end
        }
    }
}

extension ArraySlice<UInt8> {
    /// A number of so many bytes, the lowest first; nil beyond the end or when it is larger than any size.
    func number(at offset: Int, bytes count: Int) -> Int? {
        guard offset >= 0, offset + count <= self.count else { return nil }
        var value: UInt64 = 0
        for index in (0..<count).reversed() { value = value << 8 | UInt64(self[startIndex + offset + index]) }
        return value < 1 << 60 ? Int(value) : nil
    }
}
