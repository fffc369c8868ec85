public import ExtractionCore

// A story's phase follows from the times in its records alone; the moment it is asked for comes from the caller.
//
//   new        nothing has been added to what opened it
//   updated    news came: a figure, a correction, an event
//   new phase  a text of its own came after a quiet time
//   quiet      nothing but copies came for a day
//   closed     nothing but copies came for a week, or the book's window

extension Story {
    /// A day without anything but copies is quiet.
    static let quietSeconds: Int64 = 86_400

    /// The phase at a moment: what the last news made of it, until silence does.
    public func phase(at moment: Instant, closedAfter seconds: Int64 = 7 * 86_400) -> Status {
        if Story.isClosed(status, lastNews, at: moment, after: seconds) { return .closed }
        return moment >= lastNews.adding(seconds: Story.quietSeconds) ? .quiet : status
    }

    /// Of a story's status and last news alone, since a copy of a story is dear.
    static func isClosed(_ status: Status, _ lastNews: Instant, at moment: Instant, after seconds: Int64) -> Bool {
        status == .closed || moment >= lastNews.adding(seconds: seconds)
    }

    /// Notes a text of the story's own; copies change no phase.
    mutating func noteNews(at moment: Instant, kind: Filing.Kind, hasNews: Bool) {
        defer { lastNews = max(lastNews, moment) }
        guard kind == .joined || kind == .update && hasNews else { return }
        if moment >= lastNews.adding(seconds: Story.quietSeconds) {
            status = .newPhase
        } else if hasNews {
            status = .updated
        }
    }
}

/// How a story grows from one day to the next.
public struct Growth: Hashable, Sendable {
    /// Articles without copies.
    public let articles: Int
    public let articlesBefore: Int
    /// Independent sources that reported on the day.
    public let sources: Int
    public let sourcesBefore: Int

    /// More articles than the day before, three at least, and no fewer sources; nothing rises on its first day.
    public var isRising: Bool {
        articlesBefore > 0 && articles >= 3 && articles > articlesBefore && sources >= sourcesBefore
    }
}

/// What came on one day.
struct DayCount: Hashable, Sendable {
    /// Since 1970, in UTC.
    let day: Int32
    var articles: UInt16 = 0
    /// A bit for each of the story's owners, in order of appearance; the last stands for all from the 32nd on.
    var owners: UInt32 = 0

    static let most = 14

    static func day(of moment: Instant) -> Int32 {
        Int32(clamping: CivilDate(moment, offsetMinutes: 0).dayNumber)
    }
}

extension Story {
    /// The day of a moment against the day before it; days are UTC's.
    public func growth(at moment: Instant) -> Growth {
        let today = DayCount.day(of: moment)
        let (now, before) = (days.first { $0.day == today }, days.first { $0.day == today - 1 })
        return Growth(
            articles: Int(now?.articles ?? 0), articlesBefore: Int(before?.articles ?? 0),
            sources: now?.owners.nonzeroBitCount ?? 0, sourcesBefore: before?.owners.nonzeroBitCount ?? 0)
    }

    mutating func count(articleAt moment: Instant, owner: UInt16?) {
        if let owner, !owners.contains(owner) { owners.append(owner) }
        let bit = owner.flatMap(owners.firstIndex).map { UInt32(1) << UInt32(min($0, 31)) } ?? 0
        let day = DayCount.day(of: moment)
        let place = days.firstIndex { $0.day >= day } ?? days.count
        if place == days.count || days[place].day != day { days.insert(DayCount(day: day), at: place) }
        days[place].articles = days[place].articles == .max ? .max : days[place].articles + 1
        days[place].owners |= bit
        if days.count > DayCount.most { days.removeFirst() }
    }

    /// Adds another story's days; its owners get this story's places.
    mutating func absorbDays(of other: Story) {
        for owner in other.owners where !owners.contains(owner) { owners.append(owner) }
        for count in other.days {
            var moved = DayCount(day: count.day, articles: count.articles)
            for (place, owner) in other.owners.enumerated() where count.owners & 1 << UInt32(min(place, 31)) != 0 {
                let mine = owners.firstIndex(of: owner) ?? 31
                moved.owners |= 1 << UInt32(min(mine, 31))
            }
            if let place = days.firstIndex(where: { $0.day == count.day }) {
                days[place].owners |= moved.owners
                days[place].articles = UInt16(clamping: Int(days[place].articles) + Int(moved.articles))
            } else {
                days.append(moved)
            }
        }
        days.sort { $0.day < $1.day }
        if days.count > DayCount.most { days.removeFirst(days.count - DayCount.most) }
    }
}
