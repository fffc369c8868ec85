/// The words of everyday English that the program carries, in lower case.
///
/// They tell little about which event a text is about, and a capital does not make a name of them.
public func everydayWords() -> [[UInt8]] {
    EmbeddedFile.bytes("everyday").split(separator: 0x0A).compactMap { line in
        let word = line.prefix { $0 != 0x09 && $0 != 0x0D }
        return word.isEmpty || word.first == UInt8(ascii: "#") ? nil : Array(word)
    }
}
