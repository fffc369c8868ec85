import ExtractionCore

/// Words whose exchange turns a report into another: "killed" and "wounded", "rose" and "fell".
///
/// Two words are opposites when they stand in different camps of one row. Negations are a list of their own.
struct Opposites: Sendable {
    static let shared = Opposites()

    private var camps: [UInt64: [Camp]] = [:]
    private var negations: Set<UInt64> = []

    private struct Camp { let row: Int, side: Int }

    func isNegation(_ hash: UInt64) -> Bool { negations.contains(hash) }

    func areOpposite(_ left: UInt64, _ right: UInt64) -> Bool {
        guard let ones = camps[left], let others = camps[right] else { return false }
        for one in ones { for other in others where one.row == other.row && one.side != other.side { return true } }
        return false
    }

    private init() {
        negations = Set(
            [
                "not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot", "cant",
                "dont",
                "doesnt", "didnt", "isnt", "arent", "wasnt", "werent", "hasnt", "havent", "hadnt", "wont", "wouldnt",
                "couldnt", "shouldnt", "hardly", "barely", "unlikely", "false", "falsely",
            ].map(NormalWord.hash))
        for (row, line) in Opposites.rows.enumerated() {
            for (side, camp) in line.split(separator: "|").enumerated() {
                for word in camp.split(separator: " ") {
                    camps[NormalWord.hash(String(word)), default: []].append(Camp(row: row, side: side))
                }
            }
        }
    }

    private static let rows = [
        "killed dead died dies killing deaths death fatalities | wounded injured hurt injuries hospitalised hospitalized"
            + " | missing | detained arrested held jailed imprisoned | abducted kidnapped | displaced | survived rescued"
            + " | freed released acquitted cleared",
        "rose rise rises rising risen up gained gain gains climbed climb jumped jump increased increase increases"
            + " increasing higher grew growth surged soared advanced upward added"
            + " | fell fall falls falling fallen down lost lose loses dropped drop decreased decrease decreases"
            + " decreasing lower shrank declined decline declines slid plunged slumped downward cut"
            + " | unchanged flat steady stable",
        "confirmed confirm confirms admitted admits acknowledged affirmed | denied deny denies rejected dismissed refuted",
        "accepted accept accepts agreed agree agrees approved approve approves backed back endorsed"
            + " | rejected reject rejects refused refuse refuses declined opposed oppose opposes vetoed blocked",
        "won win wins winning victory winner beat | lost lose loses losing defeat loser | drew draw tied",
        "guilty convicted conviction | innocent acquitted acquittal cleared",
        "profit profits profitable earned earnings surplus | loss losses unprofitable deficit shortfall",
        "more most above over | less fewer least below under",
        "before earlier | after later",
        "began begin begins start started starts starting opened resumed launched"
            + " | ended end ends stop stopped stops ending closed suspended halted cancelled canceled postponed",
        "open opens opening reopened | close closed closes closing shut",
        "first | last second third final",
        "increase raised raise raises hiked lifted | decrease cut cuts lowered reduced slashed",
        "buy bought buys buying purchase purchased acquire acquired | sell sold sells selling sale divested",
        "import imports imported importing | export exports exported exporting",
        "allow allowed allows permitted legal lawful permit lifted | ban banned bans barred prohibited illegal unlawful",
        "alive living survived | dead died deceased",
        "safe | unsafe dangerous", "possible | impossible", "able | unable", "true | false untrue",
        "with | without", "for | against", "likely | unlikely", "inside | outside",
        "north northern | south southern | east eastern | west western",
        "northeast northeastern | southeast southeastern | northwest northwestern | southwest southwestern",
        "morning | afternoon | evening | night",
        "men man boys boy male | women woman girls girl female | children child",
        "soldiers soldier troops | civilians civilian | rebels rebel militants | police policemen officers",
        "major strong strongly | minor weak weakly", "success successful succeeded | failure unsuccessful failed",
        "positive | negative", "public | private", "full | partial empty", "all | some none",
        "arrived arrive arriving entered | left leave leaving departed withdrew", "attack attacked | defend defended",
        "supporters support supported supports | opponents opponent criticised criticized",
        "captured seized took retook recaptured | surrendered abandoned ceded",
        "improved better improving | worsened worse worsening deteriorated", "hot warm warmer | cold cool cooler",
        "high highest | low lowest", "maximum | minimum", "majority | minority", "many | few",
        "old older oldest | young younger youngest new", "long longer | short shorter", "early | late",
        "hired appointed elected named | fired sacked dismissed ousted resigned",
        "resolved settled | unresolved disputed", "tighten tightened | ease eased loosened",
        "war fighting | peace ceasefire truce", "present | absent", "pass passed passes | fail failed fails",
        "include included including | exclude excluded excluding",
    ]
}
