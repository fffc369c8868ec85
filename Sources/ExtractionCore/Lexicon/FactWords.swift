// What the fact finders know about words: one look-up a word gives everything, so the finders compare small
// integers and never strings.

/// What a word or phrase may mean; a word such as "may" or "second" means several things at once.
struct Meaning: Hashable, Sendable {
    var tags: Tags = []
    /// 1 for January.
    var month: UInt8 = 0
    /// 1 for Monday.
    var weekday: UInt8 = 0
    var unit: TimeUnit?
    var season: UInt8 = 0
    var dayPart: UInt8 = 0
    var ordinal: UInt8 = 0
    var decade: UInt8 = 0
    var frequency: TimeUnit?
    var clock: UInt8 = 0
    /// 1 for the hours before noon.
    var dayHalf: UInt8 = 0
    /// 1 for years before Christ.
    var era: UInt8 = 0
    /// Month and day of a fixed holiday, as 1225.
    var holiday: UInt16 = 0
    var reference: UInt8 = 0
    var dayOffset: Int8 = 0
    var number: Int16 = -1
    /// "hundred", "thousands": what a number before it is multiplied with.
    var multiplier: Int64 = 0
    var stance: AttributionStance?
    var hedgeStance: AttributionStance?
    var outcome: TollOutcome?
    var outcomeForm: UInt8 = 0
    /// Indices into `FactWords.names`: how a cause and a kind of source are called; 0 for none.
    var cause: UInt16 = 0
    var sourceKind: UInt16 = 0
    var event: UInt16 = 0

    struct Tags: OptionSet, Hashable, Sendable {
        let rawValue: UInt64
        static let plural = Tags(rawValue: 1 << 0)
        static let dayOffset = Tags(rawValue: 1 << 1)
        static let tonight = Tags(rawValue: 1 << 2)
        static let adjective = Tags(rawValue: 1 << 3)
        static let early = Tags(rawValue: 1 << 4)
        static let edge = Tags(rawValue: 1 << 5)
        static let last = Tags(rawValue: 1 << 6)
        static let this = Tags(rawValue: 1 << 7)
        static let next = Tags(rawValue: 1 << 8)
        static let approx = Tags(rawValue: 1 << 9)
        static let every = Tags(rawValue: 1 << 10)
        static let zone = Tags(rawValue: 1 << 11)
        static let future = Tags(rawValue: 1 << 12)
        static let few = Tags(rawValue: 1 << 13)
        static let multiple = Tags(rawValue: 1 << 14)
        static let dozen = Tags(rawValue: 1 << 15)
        static let dozens = Tags(rawValue: 1 << 16)
        static let scores = Tags(rawValue: 1 << 17)
        static let atLeast = Tags(rawValue: 1 << 18)
        static let moreThan = Tags(rawValue: 1 << 19)
        static let atMost = Tags(rawValue: 1 << 20)
        static let about = Tags(rawValue: 1 << 21)
        static let strongCue = Tags(rawValue: 1 << 22)
        static let hearer = Tags(rawValue: 1 << 23)
        static let hedge = Tags(rawValue: 1 << 24)
        static let negation = Tags(rawValue: 1 << 25)
        static let maybe = Tags(rawValue: 1 << 26)
        static let plan = Tags(rawValue: 1 << 27)
        static let people = Tags(rawValue: 1 << 28)
        static let tollNoun = Tags(rawValue: 1 << 29)
        static let casualties = Tags(rawValue: 1 << 30)
        static let background = Tags(rawValue: 1 << 31)
        static let speakerNoun = Tags(rawValue: 1 << 32)
        static let phraseStart = Tags(rawValue: 1 << 33)
        static let time = Tags(rawValue: 1 << 34)
        static let thing = Tags(rawValue: 1 << 35)
        static let damage = Tags(rawValue: 1 << 36)
        static let place = Tags(rawValue: 1 << 37)
        static let weapon = Tags(rawValue: 1 << 38)
        static let elsewhere = Tags(rawValue: 1 << 39)
        static let told = Tags(rawValue: 1 << 40)
        static let latest = Tags(rawValue: 1 << 41)
        static let historic = Tags(rawValue: 1 << 42)
    }

    static let none = Meaning()

    /// Adds what a line of a list says of a word that other lines tell of, too.
    mutating func formUnion(_ other: Meaning) {
        tags.formUnion(other.tags)
        month = other.month > 0 ? other.month : month
        weekday = other.weekday > 0 ? other.weekday : weekday
        unit = other.unit ?? unit
        season = other.season > 0 ? other.season : season
        dayPart = other.dayPart > 0 ? other.dayPart : dayPart
        ordinal = other.ordinal > 0 ? other.ordinal : ordinal
        decade = other.decade > 0 ? other.decade : decade
        frequency = other.frequency ?? frequency
        clock = other.clock > 0 ? other.clock : clock
        dayHalf = other.dayHalf > 0 ? other.dayHalf : dayHalf
        era = other.era > 0 ? other.era : era
        holiday = other.holiday > 0 ? other.holiday : holiday
        reference = other.reference > 0 ? other.reference : reference
        dayOffset = other.dayOffset != 0 ? other.dayOffset : dayOffset
        number = other.number >= 0 ? other.number : number
        multiplier = other.multiplier > 0 ? other.multiplier : multiplier
        stance = other.stance ?? stance
        hedgeStance = other.hedgeStance ?? hedgeStance
        outcome = other.outcome ?? outcome
        outcomeForm = other.outcomeForm > 0 ? other.outcomeForm : outcomeForm
        cause = other.cause > 0 ? other.cause : cause
        sourceKind = other.sourceKind > 0 ? other.sourceKind : sourceKind
        event = other.event > 0 ? other.event : event
    }

    /// Whether it says anything but that a phrase may begin or go on here.
    var isMore: Bool {
        var bare = Meaning.none
        bare.tags = tags.intersection(.phraseStart)
        return self != bare
    }
}

/// The units that time is told in.
enum TimeUnit: UInt8, Sendable {
    case second = 1, minute, hour, day, week, fortnight, month, quarter, year, decade, century

    /// The duration's value for a count that is written already, such as "3" or "X".
    func duration(_ count: Int?) -> String {
        func times(_ factor: Int) -> String { count.map { String($0 &* factor) } ?? "X" }
        return switch self {
        case .second: "PT" + times(1) + "S"
        case .minute: "PT" + times(1) + "M"
        case .hour: "PT" + times(1) + "H"
        case .day: "P" + times(1) + "D"
        case .week: "P" + times(1) + "W"
        case .fortnight: "P" + times(2) + "W"
        case .month: "P" + times(1) + "M"
        case .quarter: "P" + times(1) + "Q"
        case .year: "P" + times(1) + "Y"
        case .decade: count == nil ? "PXE" : "P" + times(10) + "Y"
        case .century: count == nil ? "PXC" : "P" + times(100) + "Y"
        }
    }
}

/// The words of the fact lists by their hash.
struct FactWords: Sendable {
    private(set) var meanings: [UInt64: Meaning] = [:]
    /// What `cause`, `sourceKind` and `event` count in; the first is empty.
    private(set) var names: [String] = [""]
    private var indices: [String: UInt16] = [:]
    /// The first words of all that says what befell people.
    private(set) var outcomeStarts: Set<UInt64> = []
    /// The most words that a phrase has.
    static let longestPhrase = 5

    init() {}

    /// Reads lists of lines `class TAB value TAB form|form|…`; a line that is none is left out.
    init(lists: [[UInt8]]) {
        meanings.reserveCapacity(4096)
        for list in lists {
            for line in list.split(separator: 0x0A) where line.first != 0x23 {
                let columns = line.split(separator: 0x09, omittingEmptySubsequences: false)
                guard columns.count >= 3 else { continue }
                let kind = String(decoding: columns[0], as: UTF8.self)
                let value = String(decoding: columns[1], as: UTF8.self)
                var meaning = Meaning.none
                set(&meaning, kind, value, nameIndex(value))
                for form in columns[2].split(separator: 0x7C) { add(form, meaning) }
            }
        }
        indices = [:]
    }

    func name(_ index: UInt16) -> String { Int(index) < names.count ? names[Int(index)] : "" }

    private mutating func add(_ form: ArraySlice<UInt8>, _ meaning: Meaning) {
        var hash = FNV.start
        if meaning.outcome != nil || meaning.tags.contains(.casualties) {
            let first = form.prefix { $0 != 0x20 && $0 != 0x2D }
            outcomeStarts.insert(first.reduce(FNV.start) { FNV.next($0, $1) })
        }
        for byte in form {
            if byte == 0x20 || byte == 0x2D {
                meanings[hash, default: .none].tags.insert(.phraseStart)
                hash = FNV.next(hash, 0x20)
            } else {
                hash = FNV.next(hash, byte)
            }
        }
        meanings[hash, default: .none].formUnion(meaning)
    }

    private mutating func nameIndex(_ name: String) -> UInt16 {
        if let index = indices[name] { return index }
        guard names.count < Int(UInt16.max) else { return 0 }
        let index = UInt16(names.count)
        names.append(name)
        indices[name] = index
        return index
    }

    private func set(_ meaning: inout Meaning, _ kind: String, _ value: String, _ index: UInt16) {
        if let tag = FactWords.tags[kind] { meaning.tags.insert(tag) }
        if FactWords.timeKinds.contains(kind) { meaning.tags.insert(.time) }
        let number = Int(value) ?? 0
        switch kind {
        case "month": meaning.month = UInt8(clamping: number)
        case "weekday": meaning.weekday = UInt8(clamping: number)
        case "unit": meaning.unit = TimeUnit(rawValue: UInt8(clamping: number))
        case "season": meaning.season = UInt8(clamping: number)
        case "daypart": meaning.dayPart = UInt8(clamping: number)
        case "ordinal": meaning.ordinal = UInt8(clamping: number)
        case "decade": meaning.decade = UInt8(clamping: number)
        case "frequency": meaning.frequency = TimeUnit(rawValue: UInt8(clamping: number))
        case "clock": meaning.clock = UInt8(clamping: number)
        case "halfday": meaning.dayHalf = UInt8(clamping: number)
        case "era": meaning.era = UInt8(clamping: number)
        case "holiday": meaning.holiday = UInt16(clamping: number)
        case "reference", "adjective": meaning.reference = UInt8(clamping: number)
        case "dayoffset": meaning.dayOffset = Int8(clamping: number)
        case "number": meaning.number = Int16(clamping: number)
        case "multiplier", "multiple": meaning.multiplier = Int64(number)
        case "say": meaning.stance = AttributionStance(rawValue: value)
        case "hedgesource": meaning.hedgeStance = AttributionStance(rawValue: value)
        case "cause": meaning.cause = index
        case "sourcekind": meaning.sourceKind = index
        case "event": meaning.event = index
        case "dozens": meaning.tags.insert(value.hasPrefix("40") ? .scores : .dozens)
        default: setOutcome(&meaning, kind, value)
        }
    }

    private func setOutcome(_ meaning: inout Meaning, _ kind: String, _ value: String) {
        if kind == "toll" {
            meaning.outcome = TollOutcome(rawValue: value)
            meaning.tags.insert(.tollNoun)
        } else if let outcome = FactWords.outcomes[kind] {
            meaning.outcome = outcome
            meaning.outcomeForm = value.utf8.first ?? 0
        }
    }

    private static let outcomes: [String: TollOutcome] = [
        "kill": .killed, "wound": .wounded, "miss": .missing, "detain": .detained, "displace": .displaced,
        "abduct": .abducted,
    ]

    private static let tags: [String: Meaning.Tags] = [
        "plural": .plural, "dayoffset": .dayOffset, "tonight": .tonight, "adjective": .adjective, "early": .early,
        "edge": .edge, "last": .last, "this": .this, "next": .next, "approx": .approx, "every": .every, "zone": .zone,
        "future": .future, "few": .few, "multiple": .multiple, "dozen": .dozen, "atleast": .atLeast,
        "morethan": .moreThan, "atmost": .atMost, "about": .about, "saystrong": .strongCue, "reader": .hearer,
        "hedge": .hedge, "negation": .negation, "maybe": .maybe, "plan": .plan, "people": .people,
        "casualties": .casualties, "background": .background, "sourcenoun": .speakerNoun, "thing": .thing,
        "damage": .damage, "placenoun": .place, "weapon": .weapon, "elsewhere": .elsewhere,
        "told": .told, "latest": .latest, "historic": .historic,
    ]

    private static let timeKinds: Set<String> = [
        "month", "weekday", "unit", "season", "daypart", "dayoffset", "tonight", "reference", "adjective", "early",
        "edge", "last", "this", "next", "approx", "every", "frequency", "clock", "decade", "number", "ordinal", "few",
        "told", "latest", "historic", "holiday", "era",
    ]
}
