extension Person {
    /// Reads "mail (Name)", "Name (mail)", "Name <mail>", a bare mail or a bare name; what is none of these is a name.
    init(text: String) {
        self.init(name: text)
        guard text.utf8.contains(0x40) else { return }
        for (open, close) in [(UInt8(ascii: "("), UInt8(ascii: ")")), (UInt8(ascii: "<"), UInt8(ascii: ">"))] {
            guard text.utf8.last == close, let start = text.utf8.lastIndex(of: open) else { continue }
            let outside = ASCII.trimmed(String(text[..<start]))
            let inside = ASCII.trimmed(String(text[text.utf8.index(after: start)...].dropLast()))
            for (mail, name) in [(inside, outside), (outside, inside)] where Person.isMail(mail) {
                self.init(name: name.isEmpty ? nil : name, email: mail)
                return
            }
        }
        if Person.isMail(text) { self.init(email: text) }
    }

    /// One word with an `@` inside it; an address with a scheme is another thing.
    private static func isMail(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let at = bytes.firstIndex(of: 0x40), at > 0, at + 1 < bytes.count else { return false }
        return bytes.allSatisfy { !ASCII.isSpace($0) && ![0x28, 0x29, 0x2C, 0x3A, 0x3C, 0x3E].contains($0) }
    }
}
