import ExtractionCore

/// What the inputs are called whose texts are known, by their articles' ids, which are the hashes of these names.
struct InputNames: Sendable {
    /// The names one after another, each behind its length.
    private var bytes: [UInt8] = []
    /// Where names start.
    private var offsets = OffsetTable()

    /// The name of an input.
    subscript(article: ArticleID) -> String? {
        name(of: article).map { String(decoding: $0, as: UTF8.self) }
    }

    private func name(of article: ArticleID) -> ArraySlice<UInt8>? {
        offsets.offsets(of: article.low).lazy.map { name(at: Int($0)) }.first { ArticleID(of: Array($0)) == article }
    }

    private func name(at offset: Int) -> ArraySlice<UInt8> {
        let length = (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
        return bytes[offset + 4..<offset + 4 + length]
    }

    /// Notes what the input of an article is called.
    mutating func insert(_ name: String, _ article: ArticleID) {
        if self.name(of: article) == nil { insert(Array(name.utf8)[...], article) }
    }

    private mutating func insert(_ name: ArraySlice<UInt8>, _ article: ArticleID) {
        guard offsets.insert(article.low, at: Int64(bytes.count)) else { return }
        if bytes.count + name.count + 4 > bytes.capacity {
            bytes.reserveCapacity(bytes.count + bytes.count / 4 + name.count + 256)
        }
        for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: name.count >> shift)) }
        bytes += name
    }

    /// Those of some articles alone.
    func kept(_ articles: (_ keep: (ArticleID) -> Void) -> Void) -> InputNames {
        var kept = InputNames()
        articles { article in
            if let name = name(of: article) { kept.insert(name, article) }
        }
        return kept
    }
}

extension InputNames {
    func write(to image: inout ImageWriter) {
        image.values(bytes)
        offsets.write(to: &image)
    }

    init(_ image: inout ImageReader) {
        bytes = image.values()
        offsets = OffsetTable(&image)
    }
}
