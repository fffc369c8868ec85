internal import ExtractionCore
internal import Logging
internal import Synchronization
internal import Wire

/// Reads documents with all cores. The reader can be exchanged while it runs.
final class Readers: Sendable {
    private let reader: Mutex<NewsReader>
    private let width: Int
    private let logger: Logger
    private let held: HeldFiles
    private let pulse: Pulse
    private let drain: Drain
    private let now: @Sendable () -> Instant
    /// Members of one container that are decided together.
    private static let partSize = 128

    init(
        reader: NewsReader, width: Int, held: HeldFiles, pulse: Pulse, drain: Drain = Drain(), logger: Logger,
        now: @escaping @Sendable () -> Instant
    ) {
        self.reader = Mutex(reader)
        self.width = max(1, width)
        self.held = held
        self.pulse = pulse
        self.drain = drain
        self.logger = logger
        self.now = now
    }

    var current: NewsReader { reader.withLock { $0 } }

    /// Reads claimed files, in the order of the claims. Containers are handed to the desk part by part.
    func read(_ claims: ArraySlice<ClaimedFile>, from folder: DropFolder, desk: Desk) async -> [Intake] {
        let claims = Array(claims)
        let next = Atomic<Int>.Counter()
        let reader = current
        let results = await withTaskGroup(of: [(Int, Outcome)].self) { group in
            for _ in 0..<min(width, claims.count) {
                group.addTask {
                    var own: [(Int, Outcome)] = []
                    while true {
                        let index = next.next()
                        guard index < claims.count, !self.drain.isOver else { return own }
                        own.append((index, self.read(claims[index], from: folder, reader)))
                        // Other services get their turn between two files.
                        await Task.yield()
                    }
                }
            }
            var all: [Outcome?] = Array(repeating: nil, count: claims.count)
            for await own in group { for (index, outcome) in own { all[index] = outcome } }
            return all.compactMap { $0 }
        }
        var intakes: [Intake] = []
        for outcome in results {
            switch outcome {
            case .ready(let intake): intakes.append(intake)
            case .container(let source, let members):
                if await !file(members, of: source, after: intakes, reader, desk) { return [] }
                intakes = []
            case .putBack: break
            }
        }
        return intakes
    }

    private enum Outcome: Sendable {
        case ready(Intake)
        case container(Intake.FileSource, [Member])
        /// Not ours now; it is found again by a scan or at the next start.
        case putBack
    }

    private func read(_ claim: ClaimedFile, from folder: DropFolder, _ reader: NewsReader) -> Outcome {
        let reading: DropFolder.Reading
        do {
            reading = try folder.read(claim)
        } catch .refused(let code, let message) {
            return failed(claim, bytes: 0, sha256: "", .refused(code: code, message: message))
        } catch .vanished {
            return .putBack
        } catch {
            if held.hold(claim.name, at: now()) {
                logger.warning(
                    "claimed file not readable, trying again",
                    metadata: ["file": "\(claim.name.string)", "error": "\(error.message)"])
                return putBack(claim, folder)
            }
            return failed(claim, bytes: 0, sha256: "", .refused(code: "unreadable", message: error.message))
        }
        held.release(claim.name)
        let source = Intake.FileSource(
            claim: claim, bytes: reading.bytes.count, sha256: ContentHash(of: reading.bytes).hex, state: reading.state)
        let document = Document(
            bytes: reading.bytes, origin: .file(name: claim.name.string), receivedAt: reading.modified)
        do throws(DocumentError) {
            switch try reader.contents(of: document) {
            case .article(let article):
                let member = ReadMember(name: nil, result: .success(analysed(article, reader)))
                return .ready(Intake(source: .file(source), members: [member]))
            case .members(let members):
                if members.isEmpty { throw DocumentError.empty }
                if members.count > Readers.partSize { return .container(source, members) }
                return .ready(Intake(source: .file(source), members: members.map { analysed($0, reader) }))
            }
        } catch {
            return failed(claim, bytes: reading.bytes.count, sha256: source.sha256, error)
        }
    }

    private func putBack(_ claim: ClaimedFile, _ folder: DropFolder) -> Outcome {
        do {
            try folder.putBack(claim)
        } catch {
            logger.warning(
                "file stays claimed until the next start",
                metadata: ["file": "\(claim.name.string)", "error": "\(error.message)"])
        }
        return .putBack
    }

    private func failed(_ claim: ClaimedFile, bytes: Int, sha256: String, _ error: DocumentError) -> Outcome {
        let source = Intake.FileSource(claim: claim, bytes: bytes, sha256: sha256, state: nil)
        return .ready(Intake(source: .file(source), members: [ReadMember(name: nil, result: .failure(error))]))
    }

    private func analysed(_ member: Member, _ reader: NewsReader) -> ReadMember {
        ReadMember(name: member.name, result: member.result.map { analysed($0, reader) })
    }

    private func analysed(_ article: Article, _ reader: NewsReader) -> ReadMember.Reading {
        ReadMember.Reading(article: article, analysis: reader.analysis(of: article))
    }

    /// Analyses feed entries for the desk.
    func read(_ articles: [(name: String, result: Result<Article, DocumentError>)]) -> [ReadMember] {
        let reader = current
        return articles.map { ReadMember(name: $0.name, result: $0.result.map { analysed($0, reader) }) }
    }

    /// Files a large container in parts, each its own decision, from where an earlier run stopped.
    private func file(
        _ members: [Member], of source: Intake.FileSource, after intakes: [Intake],
        _ reader: NewsReader, _ desk: Desk
    ) async -> Bool {
        if !intakes.isEmpty, !(await desk.file(intakes)) { return false }
        guard var index = try? await desk.membersFiled(of: source.claim) else { return false }
        while index < members.count {
            let end = min(index + Readers.partSize, members.count)
            let read = members[index..<end].map { analysed($0, reader) }
            var part = source
            part.first = index
            part.isLast = end == members.count
            pulse.beat()
            if drain.isOver { return false }
            if await !desk.file([Intake(source: .file(part), members: read)]) { return false }
            index = end
        }
        return true
    }
}

extension Atomic where Value == Int {
    final class Counter: Sendable {
        private let value = Atomic<Int>(0)
        func next() -> Int { value.wrappingAdd(1, ordering: .relaxed).oldValue }
    }
}
