/// The headline of a page: the `h1` that says what the page's title says, else the title without the site's name.
struct PageTitle {
    private(set) var title: String?
    /// The heading's node.
    private(set) var node: Int?
    private(set) var source = ArticleDetails.Provenance.dom

    init(
        headings: [(node: Int, text: String)], documentTitle: String?, openGraph: String?, schema: String?,
        site: String?
    ) {
        let named = [openGraph, documentTitle, schema].compactMap { $0 }
        let whole = named.map { Set(PageTitle.words($0)) }
        var best: (share: Double, heading: (node: Int, text: String))?
        for heading in headings where !PageTitle.isSite(heading.text, site: site, titles: named) {
            let own = Set(PageTitle.words(heading.text))
            guard !own.isEmpty else { continue }
            let share = whole.map { Double(2 * own.intersection($0).count) / Double(own.count + $0.count) }.max() ?? 0
            if share >= (own.count >= 2 ? 0.4 : 0.6), share > best?.share ?? 0 { best = (share, heading) }
        }
        if let best {
            title = best.heading.text
            node = best.heading.node
            return
        }
        title = named.first.map { PageTitle.withoutSite($0, site: site) }
        if title != nil {
            source = openGraph == nil && documentTitle == nil ? .jsonLD : openGraph == nil ? .dom : .meta
        }
        if title == nil, let first = headings.first { (node, title) = first }
    }

    private static func words(_ text: String) -> [String] {
        let bytes = Array(text.lowercased().utf8)
        var words: [String] = []
        var start = 0
        var index = 0
        func close() { if index > start { words.append(String(decoding: bytes[start..<index], as: UTF8.self)) } }
        while index < bytes.count {
            let mark = markLength(bytes, index)
            if mark > 0 {
                close()
                start = index + mark
            }
            index += max(1, mark)
        }
        close()
        return words
    }

    /// The length of a mark that ends a word; 0 for a letter or figure of any script.
    private static func markLength(_ bytes: [UInt8], _ index: Int) -> Int {
        guard bytes[index] >= 0x80 else { return ASCII.isAlphanumeric(bytes[index]) ? 0 : 1 }
        guard index + 1 < bytes.count else { return 0 }
        return switch (bytes[index], bytes[index + 1]) {
        case (0xC2, 0x80..<0xAA), (0xC2, 0xAB..<0xB5), (0xC2, 0xB6..<0xBA), (0xC2, 0xBB..<0xC0): 2
        // General punctuation, symbols, ideographic and full-width marks.
        case (0xE2, 0x80...0x81), (0xE2, 0x86...0xAF), (0xE3, 0x80), (0xEF, 0xBC): index + 2 < bytes.count ? 3 : 0
        default: 0
        }
    }

    /// Whether a heading is the site's name: the name it gives itself, or the shorter part of the page's title.
    private static func isSite(_ heading: String, site: String?, titles: [String]) -> Bool {
        let own = words(heading)
        if let site, words(site) == own { return titles.contains { words($0) != own } }
        return titles.contains { title in
            let parts = parts(of: title)
            guard parts.count >= 2, parts.contains(where: { words($0) == own }) else { return false }
            return parts.contains { words($0).count > max(2, own.count) }
        }
    }

    static let marks = [" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", " « "]

    private static func parts(of title: String) -> [String] {
        for mark in marks {
            let parts = split(title, mark)
            if parts.count > 1 { return parts }
        }
        return [title]
    }

    /// A last part of at most five words after a bar or dash is the site's name, and so is a first one that says so.
    static func withoutSite(_ title: String, site: String?) -> String {
        if let site, title.hasSuffix(site), title != site {
            let cut = ASCII.trimmed(String(title.dropLast(site.count)))
            let bare = cut.reversed().drop { "|-–—·•:» ".contains($0) }.reversed()
            if bare.count >= 8, bare.count < cut.count { return String(bare) }
        }
        for mark in marks {
            let parts = split(title, mark)
            guard parts.count > 1, let first = parts.first, let last = parts.last else { continue }
            if let site, words(first) == words(site) { return parts.dropFirst().joined(separator: mark) }
            let rest = parts.dropLast().joined(separator: mark)
            if words(last).count <= 5, words(rest).count >= 2 { return rest }
        }
        return title
    }

    static func split(_ text: String, _ mark: String) -> [String] {
        let bytes = Array(text.utf8)
        let wanted = Array(mark.utf8)
        var parts: [String] = []
        var start = 0
        var index = 0
        while index + wanted.count <= bytes.count {
            if bytes[index..<index + wanted.count].elementsEqual(wanted) {
                parts.append(String(decoding: bytes[start..<index], as: UTF8.self))
                index += wanted.count
                start = index
            } else {
                index += 1
            }
        }
        parts.append(String(decoding: bytes[start...], as: UTF8.self))
        return parts
    }
}
