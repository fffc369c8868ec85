internal import Synchronization

/// Applies `body` to each element, on so many cores, and gives the values in their order.
///
/// When `isWanted` turns false, what is not begun is left out: its value is nil.
public func onAllCores<Element: Sendable, Value: Sendable>(
    _ elements: [Element], width: Int, while isWanted: @escaping @Sendable () -> Bool = { true },
    _ body: @escaping @Sendable (Element) -> Value
) async -> [Value?] {
    let next = Counter()
    return await withTaskGroup(of: [(Int, Value)].self) { group in
        for _ in 0..<min(max(1, width), elements.count) {
            group.addTask {
                var own: [(Int, Value)] = []
                while true {
                    let index = next.next()
                    guard index < elements.count, isWanted() else { return own }
                    own.append((index, body(elements[index])))
                    // Others get their turn between two.
                    await Task.yield()
                }
            }
        }
        var all: [Value?] = Array(repeating: nil, count: elements.count)
        for await own in group { for (index, value) in own { all[index] = value } }
        return all
    }
}

/// Gives each number once.
private final class Counter: Sendable {
    private let value = Atomic<Int>(0)
    func next() -> Int { value.wrappingAdd(1, ordering: .relaxed).oldValue }
}
