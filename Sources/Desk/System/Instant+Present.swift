internal import ExtractionCore
internal import Foundation

extension Instant {
    /// What the wall clock says. Whoever decides by time takes a clock as an argument; this is the one it is given.
    static var present: Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}
