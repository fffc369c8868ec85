/// The immutable word lists. One value serves every thread.
public struct Lexicon: Sendable {
    public init() {}

    /// The lists inside the program.
    public static func embedded() -> Lexicon { Lexicon() }
}
