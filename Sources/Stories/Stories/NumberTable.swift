/// Values by numbers that are given in ascending order and mostly taken back so: the values lie side by side, and a number
/// costs four bytes more. What a value can tell is asked in place, by `values[place]`, since a copy of a story is dear.
struct NumberTable<Value: Sendable>: Sendable {
    private(set) var values: [Value] = []
    private(set) var numbers: [UInt32] = []
    /// The place of each number from `base` on, from 1; 0 for none.
    private var places: [UInt32] = []
    private var base: UInt32 = 0

    var count: Int { values.count }

    func place(of number: UInt32) -> Int? {
        guard number >= base, Int(number - base) < places.count else { return nil }
        let place = places[Int(number - base)]
        return place > 0 ? Int(place) - 1 : nil
    }

    func contains(_ number: UInt32) -> Bool { place(of: number) != nil }

    /// A copy; nil takes the value back.
    subscript(number: UInt32) -> Value? {
        get { place(of: number).map { values[$0] } }
        set {
            if let newValue { set(number, newValue) } else { _ = remove(number) }
        }
    }

    private mutating func set(_ number: UInt32, _ value: Value) {
        if let place = place(of: number) {
            values[place] = value
            return
        }
        // By a quarter, where an array would double itself.
        if values.count == values.capacity {
            values.reserveCapacity(values.count + values.count / 4 + 16)
            numbers.reserveCapacity(values.count + values.count / 4 + 16)
        }
        values.append(value)
        numbers.append(number)
        note(number, at: UInt32(clamping: values.count))
    }

    private mutating func note(_ number: UInt32, at place: UInt32) {
        if places.isEmpty { base = number }
        if number < base {
            places.insert(contentsOf: repeatElement(0, count: Int(base - number)), at: 0)
            base = number
        }
        while Int(number - base) >= places.count { places.append(0) }
        places[Int(number - base)] = place
    }

    mutating func update(_ number: UInt32, _ change: (inout Value) -> Void) {
        if let place = place(of: number) { change(&values[place]) }
    }

    mutating func remove(_ number: UInt32) -> Value? {
        guard let place = place(of: number) else { return nil }
        places[Int(number - base)] = 0
        let last = values.count - 1
        if place < last {
            swap(place, last)
            numbers.swapAt(place, last)
            places[Int(numbers[place] - base)] = UInt32(clamping: place + 1)
        }
        numbers.removeLast()
        return values.removeLast()
    }

    /// Moves two values, where `swapAt` copies and releases them.
    private mutating func swap(_ one: Int, _ other: Int) {
        values.withUnsafeMutableBufferPointer { $0.swapAt(one, other) }
    }

    /// Takes back what is gone, in one pass, with the room for its numbers.
    mutating func removeAll(where isGone: (UInt32) -> Bool) {
        var kept = 0
        for place in numbers.indices where !isGone(numbers[place]) {
            if kept < place {
                swap(kept, place)
                numbers.swapAt(kept, place)
            }
            kept += 1
        }
        values.removeSubrange(kept...)
        numbers.removeSubrange(kept...)
        if values.count * 3 < values.capacity * 2 { shrink() }
        places = []
        base = numbers.min() ?? 0
        let highest = numbers.max() ?? 0
        if kept > 0 { places = [UInt32](repeating: 0, count: Int(highest - base) + 1) }
        for place in numbers.indices { places[Int(numbers[place] - base)] = UInt32(clamping: place + 1) }
    }

    /// Moves the values to an array with room for a quarter more: one that only shrinks keeps its room.
    private mutating func shrink() {
        var moved: [Value] = []
        moved.reserveCapacity(values.count + values.count / 4 + 16)
        moved.append(contentsOf: values)
        values = moved
    }

    /// The places of all values, by ascending number.
    var ascending: [Int] {
        let isAscending = zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
        return isAscending ? Array(values.indices) : values.indices.sorted { numbers[$0] < numbers[$1] }
    }
}
