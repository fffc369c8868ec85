internal import CLexicon

/// The files of Config/lexicon/ that the program carries.
enum EmbeddedFile {
    /// The names, in snake case.
    static var names: [String] {
        (0..<copytaster_word_list_count()).map { unsafe String(cString: copytaster_word_list_at($0).name) }
    }

    /// The bytes of a file; none when there is no such file.
    static func bytes(_ name: String) -> [UInt8] { unsafe Array(buffer(name)) }

    /// A file where it lies in the program's read-only pages; empty when there is no such file.
    static func buffer(_ name: String) -> UnsafeRawBufferPointer {
        for index in 0..<copytaster_word_list_count() {
            let list = unsafe copytaster_word_list_at(index)
            guard unsafe String(cString: list.name) == name else { continue }
            return unsafe UnsafeRawBufferPointer(start: list.bytes, count: list.count)
        }
        return unsafe UnsafeRawBufferPointer(start: nil, count: 0)
    }
}
