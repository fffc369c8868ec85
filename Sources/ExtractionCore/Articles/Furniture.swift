/// What of a page is not the article, by tag, role, class and label.
enum Furniture {
    /// Tags that are furniture nearly always.
    static func isHard(_ tag: HTMLTag) -> Bool {
        switch tag {
        case .nav, .footer, .form, .dialog, .menu: true
        default: false
        }
    }

    static func isFurniture(_ tree: MarkupTree, _ index: Int) -> Bool {
        let tag = tree.nodes[index].tag
        if isHard(tag) || tag == .aside || tag == .header { return true }
        guard tag != .body, tag != .html, tag != .article, tag != .main, tree.nodes[index].attributeCount > 0 else {
            return false
        }
        if let role = tree.rawAttribute("role", of: index) {
            let name = ASCII.lowered(tree.bytes[role])
            if ["navigation", "complementary", "contentinfo", "banner", "search", "dialog", "alertdialog", "menu"]
                .contains(name)
            {
                return true
            }
        }
        for name in ["class", "id"] as [StaticString] {
            guard let value = tree.rawAttribute(name, of: index) else { continue }
            if hasWord(tree.bytes, value, words) { return true }
        }
        return false
    }

    /// Whether markup says that the article's body is here.
    static func isBody(_ tree: MarkupTree, _ index: Int) -> Bool {
        guard tree.nodes[index].attributeCount > 0, !tree.nodes[index].tag.isInline else { return false }
        if let value = tree.rawAttribute("itemprop", of: index), tree.bytes[value].elementsEqual("articleBody".utf8) {
            return true
        }
        guard let value = tree.rawAttribute("class", of: index), value.count >= 8 else { return false }
        for name in tree.bytes[value].split(whereSeparator: ASCII.isSpace) where name.count >= 8 && name.count <= 24 {
            if bodyClasses.contains(ASCII.lowered(name)) { return true }
        }
        return false
    }

    private static let bodyClasses: Set<String> = [
        "entry-content", "body-content", "article-body", "article__body", "articlebody", "post-content", "content-body",
        "article-content",
        "article__content", "post-body", "story-body", "entry-body", "post__content", "article-text", "story-content",
        "article_body",
        "single-content", "blog-content", "post_content", "td-post-content", "elementor-widget-theme-post-content",
    ]

    /// Words of class names and ids, cut at hyphens, underscores, blanks and capitals.
    private static func hasWord(_ bytes: [UInt8], _ range: Range<Int>, _ words: Set<UInt64>) -> Bool {
        var hash = seed
        var count = 0
        var wasLower = false
        for index in range {
            let byte = bytes[index]
            let isLetter = ASCII.isLetter(byte)
            let startsWord = ASCII.isUpper(byte) && wasLower
            if !isLetter || startsWord {
                if count >= 3, words.contains(hash) { return true }
                hash = seed
                count = 0
            }
            if isLetter {
                hash = step(hash, ASCII.lower(byte))
                count += 1
            }
            wasLower = ASCII.isLower(byte)
        }
        return count >= 3 && words.contains(hash)
    }

    private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325
    private static func step(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

    private static let words = Set(
        """
        share sharing sharedaddy social follow newsletter subscribe subscription signup promo promotion advert advertisement ads adslot \
        sponsor sponsored outbrain taboola related recommended recommendations recommendation trending popular comment comments disqus \
        respond cookie cookies consent gdpr breadcrumb breadcrumbs menu nav navbar navigation sidebar widget bio byline tags tag \
        categories toolbar pagination pager paywall login modal popup disclosure disclaimer toc footer masthead author authors meta \
        postmeta readmore carousel teaser teasers cta banner print copyright timestamp dateline hidden \
        screenreader
        """.split(separator: " ").map { $0.utf8.reduce(seed, step) })

    /// Labels that stand alone between paragraphs.
    static func isLabel(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        let folded = ASCII.lowered(text[range])
        return labels.contains(where: folded.hasPrefix)
    }

    private static let labels = [
        "share this", "share on", "follow us", "advertisement", "subscribe", "sign up", "sign in", "log in",
        "read more", "read also",
        "also read", "see also", "skip to", "back to top", "all rights reserved", "©", "copyright ", "tags:", "tag:",
        "filed under",
        "posted in", "categories:", "print this", "email this", "leave a comment", "leave a reply", "click here",
        "table of contents",
        "related:", "photo:", "image:", "credit:", "image credit", "photo credit", "published ", "updated ",
        "posted on", "last updated",
        "written by", "reading time", "estimated reading", "source:", "by ", "continue reading", "story continues",
        "loading",
    ]

    /// Headings under which other matter follows.
    static func opensTail(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        let folded = ASCII.lowered(text[range])
        return tails.contains(where: folded.hasPrefix)
    }

    private static let tails = [
        "related", "read next", "read more", "more from", "more on this", "more stories", "more news", "you may also",
        "you might also",
        "recommended", "about the author", "about author", "comments", "leave a comment", "leave a reply", "sign up",
        "subscribe", "share this",
        "most read", "most popular", "trending", "popular posts", "recent posts", "latest news", "latest posts",
        "latest stories", "join the",
        "see also", "further reading", "up next", "don't miss", "what to read", "keep reading", "editor's picks",
        "follow us", "tags",
        "filed under", "topics", "share your", "post navigation", "previous post", "next post", "about us",
        "contact us", "copyright", "©",
    ]
}
