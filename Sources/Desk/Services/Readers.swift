internal import ExtractionCore
internal import Logging
internal import Synchronization
internal import Wire

/// Reads documents with all cores. The reader can be exchanged while it runs.
final class Readers: Sendable {
    private let reader: Mutex<DocumentReader>
    let width: Int
    let limits: Limits
    let logger: Logger
    let pulse: Pulse
    let drain: Drain
    private let held: HeldFiles
    private let now: @Sendable () -> Instant

    /// Bytes beyond which a file is refused unread.
    struct Limits {
        var document = 64 << 20
        /// Containers are read member by member, so they may be much larger.
        var container = 4 << 30
    }

    init(
        reader: DocumentReader, width: Int, limits: Limits = Limits(), held: HeldFiles, pulse: Pulse,
        drain: Drain = Drain(), logger: Logger, now: @escaping @Sendable () -> Instant
    ) {
        self.reader = Mutex(reader)
        self.width = max(1, width)
        self.limits = limits
        self.held = held
        self.pulse = pulse
        self.drain = drain
        self.logger = logger
        self.now = now
    }

    var current: DocumentReader { reader.withLock { $0 } }

    /// Reads claimed files, in the order of the claims. Large containers are handed to the desk part by part.
    func read(_ claims: ArraySlice<ClaimedFile>, from folder: DropFolder, desk: Desk) async -> [Intake] {
        let claims = Array(claims)
        let reader = current
        let outcomes = await readAll(claims) { self.read($0, from: folder, reader) }
        var intakes: [Intake] = []
        for outcome in outcomes.compactMap({ $0 }) {
            switch outcome {
            case .ready(let intake): intakes.append(intake)
            case .container(let container):
                if !intakes.isEmpty, !(await desk.file(intakes)) { return [] }
                intakes = []
                if await !file(container, reader, desk) { return [] }
            case .putBack: break
            }
        }
        return intakes
    }

    /// On all cores, until the daemon must stop; nil for what is left.
    func readAll<Element: Sendable, Value: Sendable>(
        _ elements: [Element], _ body: @escaping @Sendable (Element) -> Value
    ) async -> [Value?] {
        await onAllCores(elements, width: width, while: { !self.drain.isOver }) { element in
            defer { self.pulse.beat() }
            return body(element)
        }
    }

    private enum Outcome: Sendable {
        case ready(Intake)
        case container(Container)
        /// Not ours now; it is found again by a scan or at the next start.
        case putBack
    }

    private func read(_ claim: ClaimedFile, from folder: DropFolder, _ reader: DocumentReader) -> Outcome {
        do throws(DropError) {
            let file = try folder.open(claim)
            let document = Document(
                bytes: [], origin: .file(name: claim.name.string), receivedAt: file.modified)
            let outcome: Outcome
            if let members = reader.members(of: BeatingSource(source: file, pulse: pulse), as: document) {
                outcome = try read(members, of: Container(claim: claim, file: file, document: document), reader)
            } else {
                outcome = try read(document, in: file, claim, reader)
            }
            if let fault = file.fault { throw fault }
            held.release(claim.name)
            return outcome
        } catch {
            switch error {
            case .refused(let code, let message):
                held.release(claim.name)
                return failed(claim, bytes: 0, .refused(code: code, message: message))
            case .vanished: return .putBack
            case .unstable, .retry: return postponed(claim, folder, error)
            }
        }
    }

    private func read(
        _ document: Document, in file: OpenFile, _ claim: ClaimedFile, _ reader: DocumentReader
    ) throws(DropError) -> Outcome {
        guard file.count <= limits.document else {
            return failed(claim, bytes: file.count, .tooLarge(bytes: file.count, limit: limits.document))
        }
        var document = document
        document.bytes = try file.content()
        let sha256 = ContentHash(of: document.bytes).hex
        do {
            let content = try read(document, reader)
            let source = Intake.FileSource(claim: claim, bytes: file.count, sha256: sha256, state: file.state)
            return .ready(Intake(source: .file(source), members: [ReadMember(name: nil, result: .success(content))]))
        } catch {
            return failed(claim, bytes: file.count, sha256: sha256, error)
        }
    }

    /// A small container is read at once; a large one is only found to be large.
    private func read(
        _ members: MemberReader, of container: Container, _ reader: DocumentReader
    ) throws(DropError) -> Outcome {
        let (claim, file) = (container.claim, container.file)
        guard file.count <= limits.container else {
            return failed(claim, bytes: file.count, .tooLarge(bytes: file.count, limit: limits.container))
        }
        var parts = MemberParts(members)
        let part = parts.next(members: Readers.partSize, bytes: Readers.smallContainer)
        guard file.isUnchanged else { throw .unstable }
        guard part.isLast else { return .container(container) }
        let sha256 = try file.hash { pulse.beat() }.hex
        if part.members.isEmpty { return failed(claim, bytes: file.count, sha256: sha256, .empty) }
        let source = Intake.FileSource(claim: claim, bytes: file.count, sha256: sha256, state: file.state)
        return .ready(Intake(source: .file(source), members: part.members.map { analysed($0, reader) }))
    }

    private func postponed(_ claim: ClaimedFile, _ folder: DropFolder, _ error: DropError) -> Outcome {
        guard held.hold(claim.name, at: now()) else {
            return failed(claim, bytes: 0, .refused(code: "unreadable", message: error.message))
        }
        logger.warning(
            "claimed file not readable, trying again",
            metadata: ["file": "\(claim.name.string)", "error": "\(error.message)"])
        do {
            try folder.putBack(claim)
        } catch {
            logger.warning(
                "file stays claimed until the next start",
                metadata: ["file": "\(claim.name.string)", "error": "\(error.message)"])
        }
        return .putBack
    }

    private func failed(_ claim: ClaimedFile, bytes: Int, sha256: String = "", _ error: DocumentError) -> Outcome {
        let source = Intake.FileSource(claim: claim, bytes: bytes, sha256: sha256, state: nil)
        return .ready(Intake(source: .file(source), members: [ReadMember(name: nil, result: .failure(error))]))
    }

    func analysed(_ member: MemberParts.Found, _ reader: DocumentReader) -> ReadMember {
        do throws(DocumentError) {
            return ReadMember(name: member.name, result: .success(try read(try member.result.get(), reader)))
        } catch {
            return ReadMember(name: member.name, result: .failure(error))
        }
    }

    /// What stands in a document that is no container.
    private func read(_ document: Document, _ reader: DocumentReader) throws(DocumentError) -> ReadMember.Content {
        if let addresses = reader.core.addresses(in: document.inUTF8) {
            if addresses.isEmpty { throw .empty }
            return .addresses(addresses)
        }
        return .article(analysed(try reader.article(in: document), reader))
    }

    private func analysed(_ article: Article, _ reader: DocumentReader) -> ReadMember.Reading {
        ReadMember.Reading(article: article, analysis: reader.core.analysis(of: article))
    }

    /// Analyses feed entries for the desk.
    func read(_ articles: [(name: String, result: Result<Article, DocumentError>)]) -> [ReadMember] {
        let reader = current
        return articles.map { ReadMember(name: $0.name, result: $0.result.map { .article(analysed($0, reader)) }) }
    }

    /// Reads a fetched document whole: its members, or the one thing that it is.
    func read(_ document: Document) -> [ReadMember] {
        let reader = current
        var empty = document
        empty.bytes = []
        let name = document.url ?? ""
        guard var members = reader.members(of: BytesInMemory(document.bytes), as: empty) else {
            return [analysed((name, .success(document)), reader)]
        }
        var read: [ReadMember] = []
        while let member = members.next() {
            pulse.beat()
            read.append(analysed((name + "#" + member.name, member.result), reader))
        }
        return read.isEmpty ? [ReadMember(name: name, result: .failure(.empty))] : read
    }
}
