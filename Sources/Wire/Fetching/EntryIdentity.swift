public import ExtractionCore

/// What names an entry within its feed: its id, else its link, else its title and date.
public func key(of entry: Entry) -> String {
    if let id = entry.id, !id.isEmpty { return id }
    if let link = entry.link, !link.isEmpty { return link }
    let date = (entry.published ?? entry.updated)?.iso8601 ?? ""
    return "title:" + (entry.title ?? "") + "|" + date
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

/// Entries with keys of their own.
///
/// Some feeds give several entries one id; there the link and the title join it, else each poll would take the second
/// for an edit of the first. An entry that stands twice in the document is kept once.
func distinct(_ entries: [Entry]) -> [Entry] {
    var counts: [String: Int] = [:]
    for entry in entries { counts[key(of: entry), default: 0] += 1 }
    var seen: Set<String> = []
    return entries.compactMap { entry in
        var entry = entry
        let shared = key(of: entry)
        if let count = counts[shared], count > 1 {
            guard seen.insert(shared + " " + fingerprint(of: entry).hex).inserted else { return nil }
            let own = [shared, entry.link, entry.title].compactMap { $0 }.joined(separator: " ")
            // A third text under one link and title can only be told apart by its place.
            entry.id = seen.insert(own).inserted ? own : "\(own) \(seen.count)"
        }
        return entry
    }
}
