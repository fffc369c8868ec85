/// What an element of a feed is for.
///
/// Several vocabularies say the same thing; of two elements for one purpose the lower rank has the word: plain RSS, then
/// Atom, Dublin Core, the rest.
enum FeedPurpose: UInt8, CaseIterable, Sendable {
    case title, summary, content, id, link, language, author, published, updated
    /// A date that may be either.
    case date
    case timeToLive, updatePeriod, updateFrequency, hour, day
    /// The newspaper a news sitemap's article is in.
    case publication

    /// Nil for an element that says nothing here.
    static func of(_ vocabulary: FeedVocabulary, _ name: FeedName) -> (purpose: FeedPurpose, rank: UInt8)? {
        switch vocabulary {
        case .plain: native(name, isAtom: false)
        case .atom: native(name, isAtom: true)
        case .dublinCore: dublinCore(name)
        case .content: name == .encoded ? (.content, 0) : nil
        case .itunes, .media: broadcast(name)
        case .syndication:
            name == .updateperiod ? (.updatePeriod, 0) : name == .updatefrequency ? (.updateFrequency, 0) : nil
        case .news: news(name)
        case .html: name == .body ? (.content, 4) : nil
        case .other: nil
        }
    }

    private static func native(_ name: FeedName, isAtom: Bool) -> (purpose: FeedPurpose, rank: UInt8)? {
        switch name {
        case .title: (.title, isAtom ? 1 : 0)
        case .description: (.summary, 0)
        case .summary, .subtitle: (.summary, isAtom ? 1 : 3)
        case .tagline, .abstract: (.summary, 2)
        case .content: (.content, isAtom ? 2 : 3)
        case .encoded: (.content, 1)
        case .body: (.content, 4)
        case .fullitem: (.content, 5)
        case .guid: (.id, 0)
        case .id: (.id, isAtom ? 1 : 2)
        case .identifier: (.id, 3)
        case .link: (.link, isAtom ? 1 : 0)
        case .loc: (.link, 0)
        case .language: (.language, 0)
        case .author: (.author, 0)
        case .managingeditor: (.author, 1)
        case .webmaster: (.author, 2)
        case .creator: (.author, 6)
        case .pubdate: (.published, 0)
        case .published: (.published, isAtom ? 1 : 3)
        case .issued: (.published, isAtom ? 2 : 4)
        case .created: (.published, 5)
        case .pubdatetime: (.published, 8)
        case .updated: (.updated, isAtom ? 0 : 2)
        case .modified: (.updated, isAtom ? 1 : 3)
        case .lastbuilddate, .lastmod: (.updated, 4)
        case .date: (.date, 1)
        case .ttl: (.timeToLive, 0)
        case .updateperiod: (.updatePeriod, 1)
        case .updatefrequency: (.updateFrequency, 1)
        case .hour: (.hour, 0)
        case .day: (.day, 0)
        default: nil
        }
    }

    private static func dublinCore(_ name: FeedName) -> (purpose: FeedPurpose, rank: UInt8)? {
        switch name {
        case .title: (.title, 2)
        case .description, .abstract: (.summary, 4)
        case .creator: (.author, 3)
        case .author: (.author, 4)
        case .language: (.language, 1)
        case .identifier: (.id, 4)
        case .created: (.published, 6)
        case .issued: (.published, 7)
        case .modified: (.updated, 5)
        case .date: (.date, 0)
        default: nil
        }
    }

    private static func broadcast(_ name: FeedName) -> (purpose: FeedPurpose, rank: UInt8)? {
        switch name {
        case .title: (.title, 4)
        case .summary: (.summary, 5)
        case .subtitle: (.summary, 6)
        case .description: (.summary, 7)
        case .author: (.author, 5)
        case .credit: (.author, 7)
        default: nil
        }
    }

    private static func news(_ name: FeedName) -> (purpose: FeedPurpose, rank: UInt8)? {
        switch name {
        case .title: (.title, 0)
        case .publicationDate: (.published, 0)
        case .name: (.publication, 0)
        case .language: (.language, 0)
        default: nil
        }
    }
}
