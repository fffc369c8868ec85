/// One article's clean text and what its document says about itself.
public struct Article: Hashable, Sendable {
    public var id: ArticleID
    public var origin: Document.Origin
    public var url: String?
    public var canonicalURL: String?
    /// The publication's name.
    public var site: String?
    public var headline: String?
    public var standfirst: String?
    public var bylines: [String]
    public var dateline: Dateline?
    public var published: ZonedTime?
    /// A day the text itself gives for its content (a caption's date, say) when no publication date is known.
    public var contentDate: CivilDate?
    /// How `contentDate` is known, such as `caption`.
    public var contentDateBasis: String?
    /// BCP 47, such as `en`; nil when unknown.
    public var language: String?
    public var text: Text
    /// In text order, without overlaps; white space between blocks belongs to none.
    public var blocks: [Block]
    /// Captions and their credits that stand outside the text (HTML), or copies of the caption blocks (plain text).
    public var captions: [String]
    public var repairs: [Repair]
    public var notes: [String]
    public var details: ArticleDetails

    public init(
        id: ArticleID, origin: Document.Origin, url: String? = nil, canonicalURL: String? = nil, site: String? = nil,
        headline: String? = nil, standfirst: String? = nil, bylines: [String] = [], dateline: Dateline? = nil,
        published: ZonedTime? = nil, contentDate: CivilDate? = nil, contentDateBasis: String? = nil,
        language: String? = nil, text: Text, blocks: [Block], captions: [String] = [], repairs: [Repair] = [],
        notes: [String] = [], details: ArticleDetails = ArticleDetails()
    ) {
        self.id = id
        self.origin = origin
        self.url = url
        self.canonicalURL = canonicalURL
        self.site = site
        self.headline = headline
        self.standfirst = standfirst
        self.bylines = bylines
        self.dateline = dateline
        self.published = published
        self.contentDate = contentDate
        self.contentDateBasis = contentDateBasis
        self.language = language
        self.text = text
        self.blocks = blocks
        self.captions = captions
        self.repairs = repairs
        self.notes = notes
        self.details = details
    }

    /// Whether it is in English, or says nothing of its language. Templates name a wrong language often enough that the
    /// words have the last word.
    public var isEnglish: Bool {
        guard let language, !language.lowercased().hasPrefix("en") else { return true }
        return LanguageGuess.language(of: text.bytes) == "en"
    }

    /// The day that "yesterday" is counted from: the dateline's, the publication's, else the content's.
    public var referenceDay: CivilDate? { dateline?.date ?? published?.day ?? contentDate }
}

/// A stretch of the text with one role.
public struct Block: Hashable, Sendable {
    public enum Kind: String, Sendable { case heading, paragraph, caption, quote, listItem = "list_item" }

    public let range: TextRange
    public let kind: Kind

    public init(range: TextRange, kind: Kind) {
        self.range = range
        self.kind = kind
    }

    /// Whether sentences of the story stand here: headings and captions are furniture.
    public var isRunningText: Bool { kind == .paragraph || kind == .quote || kind == .listItem }
}

/// The place, day and agency that open a wire story: "CAIRO, June 5 (Agency) -".
public struct Dateline: Hashable, Sendable {
    public let range: TextRange
    public let place: String?
    public let date: CivilDate?
    public let agency: String?

    public init(range: TextRange, place: String? = nil, date: CivilDate? = nil, agency: String? = nil) {
        self.range = range
        self.place = place
        self.date = date
        self.agency = agency
    }
}

/// What a reader should see in place of a range: "The The" is shown as "The". The text itself stays as it is.
public struct Repair: Hashable, Sendable {
    public let range: TextRange
    public let replacement: String

    public init(range: TextRange, replacement: String) {
        self.range = range
        self.replacement = replacement
    }
}

extension Article {
    /// The words at a range as a reader should see them: repairs applied, white space folded to single blanks.
    public func shown(_ range: TextRange) -> String {
        var out: [UInt8] = []
        var offset = range.lower
        func append(_ bytes: some Sequence<UInt8>) {
            for byte in bytes {
                let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
                if !isSpace { out.append(byte) } else if let last = out.last, last != 0x20 { out.append(0x20) }
            }
        }
        for repair in repairs where range.contains(repair.range) {
            if repair.range.lower < offset { continue }
            append(text.bytes[offset..<repair.range.lower])
            append(repair.replacement.utf8)
            offset = repair.range.upper
        }
        append(text.bytes[min(offset, text.count)..<min(max(offset, range.upper), text.count)])
        if out.last == 0x20 { out.removeLast() }
        return String(decoding: out, as: UTF8.self)
    }
}
