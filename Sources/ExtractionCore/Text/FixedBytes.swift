/// Bytes that nobody changes, read in place: a part of the program, or a copy. Outside of them there are zeros.
@safe struct FixedBytes: @unchecked Sendable {
    // Sendable: the bytes are written before the value exists, and never after.
    private let start: UnsafeRawPointer?
    let count: Int
    /// Frees a copy when the last value is gone.
    private let owner: Owner?

    /// Bytes that live as long as the program.
    init(program bytes: UnsafeBufferPointer<UInt8>) {
        unsafe start = UnsafeRawPointer(bytes.baseAddress)
        count = bytes.count
        owner = nil
    }

    init(copying bytes: [UInt8]) {
        let owner = Owner(bytes)
        unsafe start = UnsafeRawPointer(owner.buffer.baseAddress)
        count = bytes.count
        self.owner = owner
    }

    @safe private final class Owner {
        let buffer: UnsafeMutableBufferPointer<UInt8>

        init(_ bytes: [UInt8]) {
            unsafe buffer = .allocate(capacity: bytes.count)
            _ = unsafe buffer.initialize(from: bytes)
        }

        deinit { unsafe buffer.deallocate() }
    }

    @inline(__always) private func load<Value: BitwiseCopyable>(_ offset: Int, _ zero: Value) -> Value {
        guard offset >= 0, offset <= count - MemoryLayout<Value>.size, let start = unsafe start else { return zero }
        return unsafe start.loadUnaligned(fromByteOffset: offset, as: Value.self)
    }

    func byte(_ offset: Int) -> UInt8 { load(offset, 0) }
    func half(_ offset: Int) -> UInt16 { UInt16(littleEndian: load(offset, 0)) }
    func word(_ offset: Int) -> UInt32 { UInt32(littleEndian: load(offset, 0)) }
    func long(_ offset: Int) -> UInt64 { UInt64(littleEndian: load(offset, 0)) }
    /// Eight numbers in the machine's own order of bytes.
    func row(_ offset: Int) -> SIMD8<Int16> { load(offset, SIMD8<Int16>()) }

    func starts(with bytes: [UInt8]) -> Bool { bytes.indices.allSatisfy { byte($0) == bytes[$0] } }

    func string(_ offset: Int, count length: Int) -> String {
        String(decoding: (offset..<(offset + length)).lazy.map(byte), as: UTF8.self)
    }
}
