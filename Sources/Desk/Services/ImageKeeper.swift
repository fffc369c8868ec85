internal import ServiceLifecycle

/// Has images of the story book written while the daemon runs. The desk waits only while the bytes are handed to the system;
/// they become durable on a thread of their own.
struct ImageKeeper: Service {
    let desk: Desk

    func run() async throws {
        let disk = ImageDisk()
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                if let draft = await desk.draftImage() { await desk.noteImage(isSettled: disk.settle(draft)) }
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }
}

/// Waits for the disk, so that nobody else does.
private actor ImageDisk {
    private let executor = ThreadExecutor(label: "image")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    func settle(_ draft: StoryImage.Draft) -> Bool { draft.settle() }
}
