internal import ExtractionCore
internal import Logging
internal import Wire

// Containers too large for one decision. Each part is read on all cores while the desk decides on the one before, so
// two parts are in memory, however large the container is. The ledger says how many members are in the digest: a
// daemon that is killed goes on after them.

extension Readers {
    /// Members of one container that are decided together at most.
    static let partSize = 128
    /// Bytes of members after which a part ends.
    private static let partBytes = 4 << 20
    /// A container with more bytes of members is decided on its own, so that a batch of them stays small.
    static let smallContainer = 512 << 10

    /// A claimed container, open.
    struct Container: Sendable {
        let claim: ClaimedFile
        let file: OpenFile
        /// What is known of it from outside, without bytes.
        let document: Document
    }

    /// Files a container part by part, from where an earlier run stopped. False when the daemon must stop.
    func file(_ container: Container, _ reader: DocumentReader, _ desk: Desk) async -> Bool {
        guard let filed = await membersFiled(of: container.claim, desk) else { return false }
        guard let sha256 = try? container.file.hash(beat: { pulse.beat() }).hex,
            let members = reader.members(
                of: BeatingSource(source: container.file, pulse: pulse), as: container.document)
        else { return left(container) }
        let source = Intake.FileSource(
            claim: container.claim, bytes: container.file.count, sha256: sha256, state: container.file.state)
        var parts = MemberParts(members, from: filed)
        var ready: Intake?
        repeat {
            let part = parts.next(members: Readers.partSize, bytes: Readers.partBytes)
            async let isFiled = file(ready, desk)
            let next = await intake(part, of: container, source, reader)
            if await !isFiled { return false }
            if container.file.fault != nil { return left(container) }
            guard let next else { return false }
            ready = next
        } while ready.map { !$0.isLast } == true
        return await file(ready, desk)
    }

    private func file(_ part: Intake?, _ desk: Desk) async -> Bool {
        guard let part else { return true }
        return await desk.file([part])
    }

    /// A part, analysed; nil when the daemon must stop before it is.
    private func intake(
        _ part: MemberParts.Part, of container: Container, _ source: Intake.FileSource, _ reader: DocumentReader
    ) async -> Intake? {
        let read = await readAll(part.members) { self.analysed($0, reader) }.compactMap { $0 }
        guard read.count == part.members.count else { return nil }
        var source = source
        source.first = part.first
        source.isLast = part.isLast
        if container.file.isUnchanged { return Intake(source: .file(source), members: read) }
        // It goes back into the drop folder when it is settled, and is read again as a new file.
        source.isLast = true
        let error = DocumentError.refused(code: "changed", message: "written to while it was read; it is read again")
        return Intake(source: .file(source), members: [ReadMember(name: nil, result: .failure(error))])
    }

    private func membersFiled(of claim: ClaimedFile, _ desk: Desk) async -> Int? {
        while !drain.isOver, !Task.isCancelled {
            do {
                return try await desk.membersFiled(of: claim)
            } catch {
                logger.error("ledger not readable, trying again", metadata: ["error": "\(Desk.words(error))"])
                try? await Task.sleep(for: .seconds(1))
            }
        }
        return nil
    }

    /// A fault of the disk says nothing about the file: it keeps its claim, and the others go on.
    private func left(_ container: Container) -> Bool {
        logger.error(
            "container stays claimed until the next start",
            metadata: [
                "file": "\(container.claim.name.string)", "error": "\(container.file.fault?.message ?? "not readable")",
            ])
        return true
    }
}

/// Tells the watchdog that there is progress: an archive may have nothing to read for a long time.
struct BeatingSource: ByteSource {
    let source: any ByteSource
    let pulse: Pulse

    var count: Int { source.count }

    func bytes(at offset: Int, count: Int) throws(ByteSourceError) -> [UInt8] {
        pulse.beat()
        return try source.bytes(at: offset, count: count)
    }
}
