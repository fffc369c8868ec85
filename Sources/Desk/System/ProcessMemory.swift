internal import CLinux

/// How a program that runs for long treats its memory.
public enum ProcessMemory {
    /// Gives large pieces that are freed back to the system; called before any thread is started.
    public static func settle() { copytaster_settle_memory() }
}
