/// The bytes of a mail's text in UTF-8.
enum MailText {
    /// By the system where the core cannot decode them, never without result.
    static func utf8(_ bytes: [UInt8], charset: String?, _ transcode: Transcode) -> [UInt8] {
        if let encoding = Charset.foreignEncoding(of: bytes, mediaTypeCharset: charset),
            let text = transcode(bytes, encoding)
        {
            return Text(repairing: text).bytes
        }
        let decoded = try? Charset.decode(bytes, mediaTypeCharset: charset)
        return Text(repairing: decoded?.utf8 ?? bytes).bytes
    }
}
