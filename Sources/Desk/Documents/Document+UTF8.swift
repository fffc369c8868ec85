public import ExtractionCore
internal import Wire

extension Document {
    /// The same document in UTF-8 where its text is in an encoding that the core leaves to the system.
    public var inUTF8: Document {
        switch DocumentKind(of: self) {
        // Each part of a mail has an encoding of its own.
        case .unsupported, .mail, .mailbox: return self
        default: break
        }
        guard let encoding = Charset.foreignEncoding(of: bytes, mediaTypeCharset: charset),
            let text = Transcoder.utf8(bytes, from: encoding)
        else { return self }
        var document = self
        document.bytes = text
        document.charset = "utf-8"
        return document
    }
}
