// What words of the lists may stand for in facts; the facts themselves are further down.

/// What befell people, as a toll counts them.
public enum TollOutcome: String, Hashable, Sendable, CaseIterable {
    case killed, wounded, missing, detained, displaced, abducted
}

/// How a source stands to what it says.
public enum AttributionStance: String, Hashable, Sendable { case says, reports, claims, denies, warns, alleges }
