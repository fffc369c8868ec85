/// What is wrong with a configuration, every fault at once.
public struct ConfigurationError: Error, Equatable, Sendable {
    public struct Fault: Hashable, Sendable {
        public let file: String
        /// From 1; nil when the fault belongs to no line.
        public let line: Int?
        public let message: String

        /// `copytaster.yaml:12: feed has no url`
        public var description: String { file + (line.map { ":\($0)" } ?? "") + ": " + message }
    }

    public let faults: [Fault]
    public var description: String { faults.map(\.description).joined(separator: "\n") }
}
