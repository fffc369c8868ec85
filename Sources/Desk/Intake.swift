internal import ExtractionCore
internal import Wire

/// A file or a feed's entries, read: what the desk decides on.
struct Intake: Sendable {
    let source: Source
    let members: [ReadMember]

    /// Nothing of the same file comes after it.
    var isLast: Bool {
        guard case .file(let file) = source else { return true }
        return file.isLast
    }

    enum Source: Sendable {
        case file(FileSource)
        case feed(url: String)
    }

    /// A claimed file, or a part of one that holds many articles.
    struct FileSource: Sendable {
        let claim: ClaimedFile
        let bytes: Int
        let sha256: String
        /// What it was when it was read; nil when it was not.
        let state: FileState?
        /// Members before this part, which are in the digest already.
        var first = 0
        /// No part comes after this one.
        var isLast = true
    }
}

/// One article, addresses to be fetched, or why there is nothing.
struct ReadMember: Sendable {
    /// Its name inside a container; nil for a file that is one article.
    let name: String?
    let result: Result<Content, DocumentError>

    enum Content: Sendable {
        case article(Reading)
        /// The member is a list, none of whose addresses has been fetched yet.
        case addresses([ListedAddress])
    }

    struct Reading: Sendable {
        let article: Article
        let analysis: Analysis
    }
}
