internal import CLibcrypto

/// SHA-256 of some bytes.
public struct ContentHash: Hashable, Sendable {
    public let bytes: [UInt8]

    public init(of content: [UInt8]) { self.init(bytesOf: content) }

    /// The hash of numbers as they lie in memory, which differs with the machine's byte order.
    fileprivate init<Element: BitwiseCopyable>(bytesOf content: [Element]) {
        var digest = [UInt8](repeating: 0, count: 32)
        let status = unsafe content.withUnsafeBytes { source in
            unsafe digest.withUnsafeMutableBufferPointer { target in
                unsafe copytaster_sha256(source.baseAddress, source.count, target.baseAddress)
            }
        }
        precondition(status == 1, "libcrypto has SHA-256")
        bytes = digest
    }

    fileprivate init(digest: [UInt8]) { bytes = digest }

    public var hex: String { hexadecimal(bytes) }
}

/// SHA-256 over bytes that come in pieces.
@safe public struct ContentHasher: ~Copyable {
    private let context: OpaquePointer?

    public init() {
        unsafe context = EVP_MD_CTX_new()
        let status = unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil)
        precondition(status == 1, "libcrypto has SHA-256")
    }

    deinit { unsafe EVP_MD_CTX_free(context) }

    public mutating func add(_ bytes: [UInt8]) {
        _ = unsafe bytes.withUnsafeBytes { unsafe EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
    }

    public consuming func finish() -> ContentHash {
        var digest = [UInt8](repeating: 0, count: 32)
        _ = unsafe digest.withUnsafeMutableBufferPointer { unsafe EVP_DigestFinal_ex(context, $0.baseAddress, nil) }
        return ContentHash(digest: digest)
    }
}

/// An article's identity: the first 128 bits of SHA-256 over its text.
public struct ArticleID: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let high: UInt64
    public let low: UInt64

    public init(of content: [UInt8]) { self.init(ContentHash(of: content)) }

    /// The identity of numbers, as if they were written with the lowest byte first.
    init(of numbers: [UInt64]) { self.init(ContentHash(bytesOf: numbers.map { $0.littleEndian })) }

    private init(_ hash: ContentHash) {
        let digest = hash.bytes
        high = digest[0..<8].reduce(0) { $0 << 8 | UInt64($1) }
        low = digest[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The identity with these bits, as they were read from it.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads the 32 hexadecimal digits that `hex` gives.
    public init?(hex: String) {
        let digits = Array(hex.utf8)
        guard digits.count == 32,
            let high = UInt64(String(decoding: digits[0..<16], as: UTF8.self), radix: 16),
            let low = UInt64(String(decoding: digits[16..<32], as: UTF8.self), radix: 16)
        else { return nil }
        self.high = high
        self.low = low
    }

    /// The bits are a hash already.
    public func hash(into hasher: inout Hasher) { hasher.combine(low) }

    /// Its 16 bytes.
    public var bytes: [UInt8] {
        [high, low].flatMap { word in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> $0) }
        }
    }

    public var hex: String { hexadecimal(bytes) }

    public var description: String { hex }

    public static func < (left: ArticleID, right: ArticleID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

/// Lower-case hexadecimal digits.
public func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits: [UInt8] = Array("0123456789abcdef".utf8)
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count * 2)
    for byte in bytes {
        out.append(digits[Int(byte >> 4)])
        out.append(digits[Int(byte & 15)])
    }
    return String(decoding: out, as: UTF8.self)
}
