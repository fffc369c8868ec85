/// How often a feed says that it wants to be asked; everything in it is a wish and may be absurd.
public struct PublishingPace: Hashable, Sendable {
    /// RSS `ttl`, in seconds.
    public var timeToLive: Int?
    /// RDF `sy:updatePeriod` divided by `sy:updateFrequency`, in seconds.
    public var updateInterval: Int?
    /// RSS `skipHours`: hours of the day in UTC, 0 to 23, bit by bit.
    public var skippedHours: UInt32
    /// RSS `skipDays`: days of the week in UTC, bit 1 Monday to bit 7 Sunday, as `CivilDate.weekday` counts them.
    public var skippedDays: UInt8

    public init(
        timeToLive: Int? = nil, updateInterval: Int? = nil, skippedHours: UInt32 = 0, skippedDays: UInt8 = 0
    ) {
        self.timeToLive = timeToLive
        self.updateInterval = updateInterval
        self.skippedHours = skippedHours
        self.skippedDays = skippedDays
    }
}
