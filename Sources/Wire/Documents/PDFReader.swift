public import ExtractionCore
internal import Glibc

/// The text of a PDF, read by poppler's pdftotext in a process that can do nothing else.
public struct PDFReader: Sendable {
    private let folders: [String]?
    private let seconds: Int

    /// `folders` is where the programs are looked for; nil for the usual places.
    public init(folders: [String]? = nil, seconds: Int = 20) {
        self.folders = folders
        self.seconds = seconds
    }

    /// Whether the program is installed.
    public static var isAvailable: Bool { ConfinedProgram(name: "pdftotext", arguments: []).path != nil }

    /// What a PDF says.
    public struct Reading: Hashable, Sendable {
        /// UTF-8, a form feed after each page.
        public let text: [UInt8]
        /// The title in its properties, where the first page has the same words: else it is often a file name.
        public let title: String?
        public let author: String?
        public let created: ZonedTime?
    }

    public func read(_ bytes: [UInt8]) throws(DocumentError) -> Reading {
        let text = try text(of: bytes)
        let properties = properties(of: bytes)
        let title = properties["Title"].flatMap { PDFReader.isOnFirstPage($0, text) ? $0 : nil }
        return Reading(
            text: text, title: title, author: properties["Author"],
            created: properties["CreationDate"].flatMap(PDFReader.time))
    }

    private func text(of bytes: [UInt8]) throws(DocumentError) -> [UInt8] {
        switch run("pdftotext", ["-enc", "UTF-8", "-eol", "unix", "-", "-"], over: bytes) {
        case .ended(0, let output, _):
            if !output.contains(where: { $0 > 0x20 }) {
                throw .refused(code: "no_text", message: "no text in the PDF: a scan must be put through OCR first")
            }
            return output
        case .ended(_, _, let errors):
            if errors.contains("password") { throw .refused(code: "encrypted", message: "the PDF asks for a password") }
            throw .undecodable("the PDF is damaged")
        case .killed(let signal, let errors):
            if errors.contains("memory") || errors.contains("bad_alloc") {
                throw .refused(code: "too_complex", message: "the PDF needs more memory than is allowed")
            }
            throw .refused(code: "too_complex", message: "pdftotext was ended by signal \(signal)")
        case .missing:
            throw .refused(code: "missing_program", message: "pdftotext not found: install poppler-utils")
        case .timedOut:
            throw .refused(code: "too_complex", message: "the PDF takes longer than \(seconds) s to read")
        case .tooMuchOutput:
            let limit = ConfinedProgram(name: "", arguments: []).outputLimit
            throw .tooLarge(bytes: limit + 1, limit: limit)
        case .notStarted(let code):
            throw .refused(code: "not_started", message: "pdftotext not started: " + String(cString: strerror(code)))
        }
    }

    /// `Title: …` and so on, as pdfinfo prints them; nothing when it is not there.
    private func properties(of bytes: [UInt8]) -> [String: String] {
        guard case .ended(0, let output, _) = run("pdfinfo", ["-enc", "UTF-8", "-isodates", "-"], over: bytes) else {
            return [:]
        }
        var properties: [String: String] = [:]
        for line in String(decoding: output.prefix(1 << 16), as: UTF8.self).split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            if !value.isEmpty, properties[String(line[..<colon])] == nil {
                properties[String(line[..<colon])] = String(value.prefix(500))
            }
        }
        return properties
    }

    private func run(_ name: String, _ arguments: [String], over bytes: [UInt8]) -> ConfinedProgram.Outcome {
        var program = ConfinedProgram(name: name, arguments: arguments, seconds: seconds)
        if let folders { program.folders = folders }
        // No room for a process may pass; it must not make a file fail.
        for pause: UInt32 in [50, 200, 800] {
            let outcome = program.run(over: bytes)
            guard case .notStarted = outcome else { return outcome }
            usleep(pause * 1000)
        }
        return program.run(over: bytes)
    }

    /// Compares letters and digits alone: a headline is often broken over lines.
    static func isOnFirstPage(_ title: String, _ text: [UInt8]) -> Bool {
        func letters(_ bytes: some Sequence<UInt8>) -> [UInt8] {
            bytes.compactMap { byte in
                switch byte {
                case 0x41...0x5A: byte | 0x20
                case 0x61...0x7A, 0x30...0x39, 0x80...: byte
                default: nil
                }
            }
        }
        let wanted = letters(title.utf8)
        let page = letters(text.prefix(1 << 14).prefix { $0 != 0x0C })
        guard wanted.count >= 4, title.contains(" "), page.count >= wanted.count else { return false }
        return page.indices.dropLast(wanted.count - 1).contains { page[$0...].starts(with: wanted) }
    }

    /// pdfinfo gives a zone's hours without its minutes: `2017-06-05T10:15:00+01`.
    static func time(_ text: String) -> ZonedTime? {
        let zone = text.suffix(3)
        let isShort = zone.first == "+" || (zone.first == "-" && text.count > 10)
        return FeedDate.time(isShort ? text + ":00" : text)
    }
}
