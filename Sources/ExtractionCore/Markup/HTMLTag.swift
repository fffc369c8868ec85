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
    init(name: some Collection<UInt8>) {
        let hash = HTMLTag.hash(name)
        var slot = Int(hash & 511)
        while true {
            let entry = HTMLTag.slots[slot]
            guard entry.tag != .unknown else {
                self = .unknown
                return
            }
            if entry.hash == hash {
                self = entry.tag
                return
            }
            slot = (slot + 1) & 511
        }
    }

    /// FNV-1a over the folded name; the table's names have no collision in 64 bits.
    private static func hash(_ name: some Collection<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name { hash = (hash ^ UInt64(ASCII.lower(byte))) &* 0x100_0000_01B3 }
        return hash
    }

    private static let slots: [(hash: UInt64, tag: HTMLTag)] = {
        var table = [(hash: UInt64, tag: HTMLTag)](repeating: (0, .unknown), count: 512)
        for (name, tag) in zip(names.split(separator: " "), allCases.dropFirst()) {
            let hash = hash(name.utf8)
            var slot = Int(hash & 511)
            while table[slot].tag != .unknown { slot = (slot + 1) & 511 }
            table[slot] = (hash, tag)
        }
        return table
    }()

    private static let names = """
        a abbr address article aside audio b blockquote body br button canvas caption center cite code col \
        colgroup dd del details dialog div dl dt em embed fieldset figcaption figure font footer form frame \
        frameset h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link main \
        map mark math menu meta nav noscript object ol optgroup option p param picture pre q s samp script \
        section select small source span strike strong style sub summary sup svg table tbody td template \
        textarea tfoot th thead time title tr track tt u ul var video wbr area base dir marquee hgroup amp- \
        img bdi bdo big
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

    var isHeading: Bool {
        switch self {
        case .h1, .h2, .h3, .h4, .h5, .h6: true
        default: false
        }
    }
}
