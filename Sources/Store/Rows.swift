public import ExtractionCore

/// What is kept of one input file: the row that says what became of it.
public struct LedgerRow: Hashable, Sendable {
    public enum State: String, Sendable {
        /// A container whose first `members` members are in the digest, the rest not yet.
        case open
        case done
        case failed
    }

    /// The claim's number; rises by one with each file, never used twice.
    public var claim: Int64
    /// The name it was dropped under, relative to the drop folder, faulty UTF-8 replaced.
    public var name: String
    public var state: State
    /// Members read so far; 1 for a file that is one article.
    public var members: Int
    /// Lines of the digest that name it.
    public var lines: Int
    public var duplicates: Int
    public var failures: Int
    public var bytes: Int
    public var sha256: String
    public var code: String?
    public var message: String?
    /// The digest day it was booked on.
    public var day: String
    public var at: Instant
    /// Where the file lies now, relative to the drop folder; nil until it was moved there.
    public var path: String?

    public init(
        claim: Int64, name: String, state: State, members: Int = 1, lines: Int = 1, duplicates: Int = 0,
        failures: Int = 0, bytes: Int, sha256: String, code: String? = nil, message: String? = nil, day: String,
        at: Instant, path: String? = nil
    ) {
        self.claim = claim
        self.name = name
        self.state = state
        self.members = members
        self.lines = lines
        self.duplicates = duplicates
        self.failures = failures
        self.bytes = bytes
        self.sha256 = sha256
        self.code = code
        self.message = message
        self.day = day
        self.at = at
        self.path = path
    }
}

/// What is kept of one article besides its entry in the story book.
public struct ArticleRow: Hashable, Sendable {
    public var id: ArticleID
    public var at: Instant
    public var text: [UInt8]

    public init(id: ArticleID, at: Instant, text: [UInt8]) {
        self.id = id
        self.at = at
        self.text = text
    }
}

/// How far one digest file has been planned: the next byte, the next sequence number, the hash chain's head.
public struct DigestFile: Hashable, Sendable {
    /// Relative to the digest folder.
    public var path: String
    public var day: String
    /// The file's length once every outbox row is written.
    public var plannedLength: Int64
    /// The `seq` of the last line.
    public var sequence: Int
    /// SHA-256 of the last line with its newline; of the day before's last line when there is none yet.
    public var previousHash: String
    public var isClosed: Bool

    public init(
        path: String, day: String, plannedLength: Int64 = 0, sequence: Int = 0, previousHash: String = "",
        isClosed: Bool = false
    ) {
        self.path = path
        self.day = day
        self.plannedLength = plannedLength
        self.sequence = sequence
        self.previousHash = previousHash
        self.isClosed = isClosed
    }
}

/// Rendered bytes and the offset where they belong: writing them again changes nothing.
public struct OutboxRow: Hashable, Sendable {
    public var sequence: Int64
    public var path: String
    public var offset: Int64
    public var bytes: [UInt8]

    public init(sequence: Int64 = 0, path: String, offset: Int64, bytes: [UInt8]) {
        self.sequence = sequence
        self.path = path
        self.offset = offset
        self.bytes = bytes
    }
}

/// An entry of a feed that has been taken, and its content's hash.
public struct EntryRow: Hashable, Sendable {
    public var feed: String
    public var key: String
    public var hash: String
    public var at: Instant

    public init(feed: String, key: String, hash: String, at: Instant) {
        self.feed = feed
        self.key = key
        self.hash = hash
        self.at = at
    }
}

/// Everything that one decision changes; it is committed whole or not at all.
public struct Decision: Sendable {
    public var articles: [ArticleRow] = []
    /// Entries of the story book, in filing order.
    public var memories: [(at: Instant, bytes: [UInt8])] = []
    public var ledger: [LedgerRow] = []
    public var addresses: [AddressRow] = []
    public var files: [DigestFile] = []
    public var outbox: [OutboxRow] = []
    public var entries: [EntryRow] = []
    /// Feed states by address, in a form that only the writer reads.
    public var feeds: [(url: String, state: [UInt8])] = []
    public var values: [(name: String, value: String)] = []
    /// Alert keys and when they last fired.
    public var alerts: [(key: String, at: Instant)] = []

    public init() {}

    public var isEmpty: Bool {
        articles.isEmpty && memories.isEmpty && ledger.isEmpty && addresses.isEmpty && files.isEmpty && outbox.isEmpty
            && entries.isEmpty && feeds.isEmpty && values.isEmpty && alerts.isEmpty
    }
}
