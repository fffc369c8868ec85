/// The elements of HTML that something here asks about.
enum HTMLTag: UInt8, Sendable, CaseIterable {
    case unknown
    case a, abbr, address, article, aside, audio, b, blockquote, body, br, button, canvas, caption, center, cite
    case code, col, colgroup, dd, del, details, dialog, div, dl, dt, em, embed, fieldset, figcaption, figure
    case font, footer, form, frame, frameset, h1, h2, h3, h4, h5, h6, head, header, hr, html, i, iframe, img
    case input, ins, kbd, label, legend, li, link, main, map, mark, math, menu, meta, nav, noscript, object, ol
    case optgroup, option, p, param, picture, pre, q, s, samp, script, section, select, small, source, span
    case strike, strong, style, sub, summary, sup, svg, table, tbody, td, template, textarea, tfoot, th, thead
    case time, title, tr, track, tt, u, ul, `var`, video, wbr, area, base, dir, marquee, hgroup, ampimg, bdi, bdo
    case big
}

extension HTMLTag {
    /// The tag of a name in any case.
    init(_ bytes: [UInt8], _ name: Range<Int>) {
        guard name.count <= HTMLTag.longest else {
            self = .unknown
            return
        }
        self = HTMLTag.named(NameKey.of(bytes, name))
    }

    init(name: some Collection<UInt8>) {
        self = name.count <= HTMLTag.longest ? HTMLTag.named(NameKey.of(name)) : .unknown
    }

    private static let longest = 10

    private static func slot(_ key: UInt64) -> Int { Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 55) }

    private static func named(_ key: UInt64) -> HTMLTag {
        let slots = HTMLTag.slots
        var slot = slot(key)
        while slots[slot].tag != .unknown {
            if slots[slot].key == key { return slots[slot].tag }
            slot = (slot + 1) & 511
        }
        return .unknown
    }

    private static let slots: [(key: UInt64, tag: HTMLTag)] = {
        var table = [(key: UInt64, tag: HTMLTag)](repeating: (0, .unknown), count: 512)
        for (name, tag) in zip(names.split(separator: " "), allCases.dropFirst()) {
            let key = NameKey.of(name.utf8)
            var slot = slot(key)
            while table[slot].tag != .unknown { slot = (slot + 1) & 511 }
            table[slot] = (key, tag)
        }
        return table
    }()

    private static let names = """
        a abbr address article aside audio b blockquote body br button canvas caption center cite code col \
        colgroup dd del details dialog div dl dt em embed fieldset figcaption figure font footer form frame \
        frameset h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link main \
        map mark math menu meta nav noscript object ol optgroup option p param picture pre q s samp script \
        section select small source span strike strong style sub summary sup svg table tbody td template \
        textarea tfoot th thead time title tr track tt u ul var video wbr area base dir marquee hgroup amp-img \
        bdi bdo big
        """

    /// Has no content and no end tag.
    var isVoid: Bool {
        switch self {
        case .area, .base, .br, .col, .embed, .frame, .hr, .img, .input, .link, .meta, .param, .source, .track, .wbr:
            true
        default: false
        }
    }

    /// Flows inside a line: no white space is meant at its borders.
    var isInline: Bool {
        switch self {
        case .a, .abbr, .b, .bdi, .bdo, .big, .cite, .code, .del, .em, .font, .i, .ins, .kbd, .label, .mark, .q, .s,
            .samp, .small,
            .span, .strike, .strong, .sub, .sup, .time, .tt, .u, .`var`, .wbr, .unknown, .img, .ampimg:
            true
        default: false
        }
    }

    /// Ends an open paragraph.
    var closesParagraph: Bool {
        switch self {
        case .address, .article, .aside, .blockquote, .center, .details, .dialog, .dir, .div, .dl, .fieldset,
            .figcaption, .figure,
            .footer, .form, .h1, .h2, .h3, .h4, .h5, .h6, .header, .hgroup, .hr, .main, .menu, .nav, .ol, .p, .pre,
            .section,
            .table, .ul, .li, .dd, .dt:
            true
        default: false
        }
    }

    /// May stand in a page's head.
    var standsInHead: Bool {
        switch self {
        case .base, .link, .meta, .title, .noscript, .script, .style, .template, .head, .html, .object, .unknown: true
        default: false
        }
    }

    var isHeading: Bool {
        switch self {
        case .h1, .h2, .h3, .h4, .h5, .h6: true
        default: false
        }
    }
}
