internal import CLexicon

/// The files of Config/lexicon/ that the program carries.
enum EmbeddedFile {
    /// The names, in snake case.
    static var names: [String] {
        (0..<copytaster_word_list_count()).map { unsafe String(cString: copytaster_word_list_at($0).name) }
    }

    /// The bytes of a file; none when there is no such file.
    static func bytes(_ name: String) -> [UInt8] {
        for index in 0..<copytaster_word_list_count() {
            let list = unsafe copytaster_word_list_at(index)
            guard unsafe String(cString: list.name) == name else { continue }
            return unsafe Array(UnsafeBufferPointer(start: list.bytes, count: list.count))
        }
        return []
    }

    /// A file where it lies in the program; empty when there is no such file.
    static func inPlace(_ name: String) -> FixedBytes {
        for index in 0..<copytaster_word_list_count() {
            let list = unsafe copytaster_word_list_at(index)
            guard unsafe String(cString: list.name) == name else { continue }
            return unsafe FixedBytes(program: UnsafeBufferPointer(start: list.bytes, count: list.count))
        }
        return FixedBytes(copying: [])
    }
}
