public import ExtractionCore

/// What readers are to be told of a feed.
public enum FeedNews: Hashable, Sendable {
    /// It is in this state now; see the feed's status and reason.
    case trouble
    /// Readers were told of this, and it is over.
    case recovered(from: FeedState.Status)
}

extension FeedState {
    /// What is to be told now, noted as told: one line for a trouble that lasts, one for its end, however often it is
    /// asked. What the server said for good, and what is late by its own habit, need no time to prove themselves.
    public mutating func news(at now: Instant, graceSeconds: Int64) -> FeedNews? {
        let isWell = status.isInOrder && status != .late
        if isWell || reason == FeedState.mutedByUser {
            guard let before = told, status != .pending else { return nil }
            told = nil
            return status == .muted ? nil : .recovered(from: before)
        }
        guard told != status else { return nil }
        let start = told == nil || told == .late ? troubledSince ?? since : since
        let isFinal = status == .gone || status == .muted || status == .late
        guard isFinal || now >= start.adding(seconds: graceSeconds) else { return nil }
        told = status
        return .trouble
    }
}
