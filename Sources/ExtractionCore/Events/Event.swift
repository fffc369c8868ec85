/// Something that happened, is said to have happened, or is planned.
public struct Event: Hashable, Sendable {
    public enum Modality: String, Hashable, Sendable { case happened, planned, hypothetical, denied }

    /// The clause that tells it.
    public let range: TextRange
    public let trigger: TextRange
    /// A type of the tree in the documentation, such as `attack.air_strike` or `offensive`.
    public let type: String
    public let actors: [String]
    public let targets: [String]
    public let victims: [String]
    public let weapons: [String]
    /// `Entity.id` of the place.
    public let place: Int?
    /// A TIMEX3 value.
    public let time: String?
    public let modality: Modality
    public let attribution: Attribution?

    public init(
        range: TextRange, trigger: TextRange, type: String, actors: [String] = [], targets: [String] = [],
        victims: [String] = [], weapons: [String] = [], place: Int? = nil, time: String? = nil,
        modality: Modality = .happened, attribution: Attribution? = nil
    ) {
        self.range = range
        self.trigger = trigger
        self.type = type
        self.actors = actors
        self.targets = targets
        self.victims = victims
        self.weapons = weapons
        self.place = place
        self.time = time
        self.modality = modality
        self.attribution = attribution
    }
}
