/// The attributes of HTML that something here asks about; a page's tree keeps no others.
enum AttributeName: UInt8, Sendable {
    case `class`, id, href, rel, role, itemprop, style, hidden, ariaHidden, content, name, property, type, datetime
    case lang, shadowRoot

    /// Nil for a name of no interest.
    init?(_ bytes: [UInt8], _ range: Range<Int>) {
        switch range.count {
        case 2: self.init(bytes, range, "id", .id)
        case 3: self.init(bytes, range, "rel", .rel)
        case 4:
            switch ASCII.lower(bytes[range.lowerBound]) {
            case 0x68: self.init(bytes, range, "href", .href)
            case 0x6C: self.init(bytes, range, "lang", .lang)
            case 0x6E: self.init(bytes, range, "name", .name)
            case 0x72: self.init(bytes, range, "role", .role)
            case 0x74: self.init(bytes, range, "type", .type)
            default: return nil
            }
        case 5:
            switch ASCII.lower(bytes[range.lowerBound]) {
            case 0x63: self.init(bytes, range, "class", .class)
            case 0x73: self.init(bytes, range, "style", .style)
            default: return nil
            }
        case 6: self.init(bytes, range, "hidden", .hidden)
        case 7: self.init(bytes, range, "content", .content)
        case 8:
            switch ASCII.lower(bytes[range.lowerBound]) {
            case 0x64: self.init(bytes, range, "datetime", .datetime)
            case 0x69: self.init(bytes, range, "itemprop", .itemprop)
            case 0x70: self.init(bytes, range, "property", .property)
            default: return nil
            }
        case 10: self.init(bytes, range, "shadowroot", .shadowRoot)
        case 11: self.init(bytes, range, "aria-hidden", .ariaHidden)
        case 14: self.init(bytes, range, "shadowrootmode", .shadowRoot)
        default: return nil
        }
    }

    private init?(_ bytes: [UInt8], _ range: Range<Int>, _ word: StaticString, _ name: AttributeName) {
        guard ASCII.matches(word, in: bytes, range) else { return nil }
        self = name
    }

    /// Its place in a node's mask.
    var bit: UInt16 { 1 << UInt16(rawValue) }
}
