public import ExtractionCore
internal import Wire

extension Document {
    /// The same document in UTF-8 where its text is in an encoding that the core leaves to the system.
    public var inUTF8: Document {
        guard !DocumentKind(of: self).isBinary,
            let encoding = Charset.foreignEncoding(of: bytes, mediaTypeCharset: charset),
            let text = Transcoder.utf8(bytes, from: encoding)
        else { return self }
        var document = self
        document.bytes = text
        document.charset = "utf-8"
        return document
    }
}
