public import ExtractionCore

/// What names an entry within its feed. Chosen once for each feed and kept, since another name makes every entry new.
public enum EntryIdentity: String, Hashable, Sendable, CaseIterable {
    /// The id (guid). `http` and `https` are one, and a counter behind `#`, which some sites raise with every edit, is
    /// left out.
    case guid
    /// The id with its counter.
    case wholeGuid = "whole_guid"
    case link
    /// The title and the date.
    case title

    /// The name of an entry; the next best where the entry has none of the wanted kind.
    public func key(of entry: Entry) -> String {
        let id = entry.id.flatMap { $0.isEmpty ? nil : $0 }
        let link = entry.link.flatMap { $0.isEmpty ? nil : $0 }
        switch self {
        case .guid:
            if let name = id ?? link { return withoutCounter(withOneScheme(name)) }
        case .wholeGuid:
            if let name = id ?? link { return withOneScheme(name) }
        case .link:
            if let name = link ?? id { return withOneScheme(name) }
        case .title: break
        }
        return titleKey(of: entry)
    }

    /// The first that tells the entries of a document apart: nearly all, since one may stand there twice, edited.
    static func choice(for entries: [Entry]) -> EntryIdentity {
        let wanted = Set(entries.map { fingerprint(of: $0) }).count
        let found = allCases.map { identity in (identity, Set(entries.map { identity.key(of: $0) }).count) }
        if let good = found.first(where: { $0.1 * 10 >= wanted * 9 }) { return good.0 }
        return found.max { $0.1 < $1.1 }?.0 ?? .guid
    }
}

/// An entry and its name within the feed.
struct NamedEntry: Hashable, Sendable {
    var key: String
    var entry: Entry
}

/// What named an entry before feeds had an identity of their own; still looked up, and shown in the digest.
public func key(of entry: Entry) -> String {
    if let id = entry.id, !id.isEmpty { return id }
    if let link = entry.link, !link.isEmpty { return link }
    return titleKey(of: entry)
}

/// What an entry says: two entries of one key with different fingerprints are an edit.
///
/// Dates are left out, since many feeds stamp every entry anew with each answer; only where an entry has no text to
/// compare does the date of its update count.
public func fingerprint(of entry: Entry) -> ContentHash {
    var bytes: [UInt8] = []
    var parts = [entry.title, entry.link, entry.summaryHTML, entry.contentHTML]
    if entry.summaryHTML == nil, entry.contentHTML == nil { parts.append(entry.updated?.iso8601) }
    for part in parts {
        bytes += Array((part ?? "").utf8)
        bytes.append(0)
    }
    return ContentHash(of: bytes)
}

/// Entries with names of their own.
///
/// Where several entries of a document share a name the link and the title join it, else each poll would take the
/// second for an edit of the first. An entry that stands twice in the document is kept once.
func distinct(_ entries: [Entry], by identity: EntryIdentity = .guid) -> [NamedEntry] {
    var counts: [String: Int] = [:]
    for entry in entries { counts[identity.key(of: entry), default: 0] += 1 }
    var seen: Set<String> = []
    return entries.compactMap { entry in
        let shared = identity.key(of: entry)
        guard let count = counts[shared], count > 1 else { return NamedEntry(key: shared, entry: entry) }
        guard seen.insert(shared + " " + fingerprint(of: entry).hex).inserted else { return nil }
        var entry = entry
        let own = [shared, entry.link, entry.title].compactMap { $0 }.joined(separator: " ")
        // A third text under one link and title can only be told apart by its place.
        let name = seen.insert(own).inserted ? own : "\(own) \(seen.count)"
        entry.id = name
        return NamedEntry(key: name, entry: entry)
    }
}

private func titleKey(of entry: Entry) -> String {
    let date = (entry.published ?? entry.updated)?.iso8601 ?? ""
    return "title:" + (entry.title ?? "") + "|" + date
}

private func withOneScheme(_ name: String) -> String {
    name.utf8.prefix(7).elementsEqual("http://".utf8) ? "https://" + String(name.dropFirst(7)) : name
}

/// `https://news.example/story#3` without its `#3`.
private func withoutCounter(_ name: String) -> String {
    guard name.hasPrefix("https://"), let mark = name.utf8.lastIndex(of: UInt8(ascii: "#")) else { return name }
    let digits = name.utf8[mark...].dropFirst()
    guard (1...4).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return name }
    return String(name[..<mark])
}
