// All word lists in one hash table over their bytes: a word is hashed once and tells every list it stands in.
// FNV-1a is used because it streams: the hash of "ministry of" goes on from that of "ministry".

/// A table from words and phrases to the lists they stand in and their values there.
struct WordTable: Sendable {
    private struct Entry: Sendable {
        let start: UInt32
        let end: UInt32
        let list: UInt8
    }

    private var bytes: [UInt8] = []
    private var entries: [Entry] = []
    /// Index of an entry plus one; 0 is free.
    private var slots: [UInt32] = []
    /// The most words that a phrase of a list has.
    private(set) var longest = [Int](repeating: 1, count: 64)

    init(_ lists: [(list: WordList, bytes: [UInt8])]) {
        for (list, bytes) in lists { read(list, bytes) }
        var size = 16
        while size < entries.count * 2 { size *= 2 }
        slots = [UInt32](repeating: 0, count: size)
        for index in entries.indices { insert(index) }
    }

    /// One entry a line: the form, a tab, the value. `#` begins a comment line; a form's last full stop is left out.
    private mutating func read(_ list: WordList, _ source: [UInt8]) {
        let base = bytes.count
        bytes += source
        bytes.append(0x0A)
        var line = base
        var words = 1
        var end = -1
        for index in base..<bytes.count {
            let byte = bytes[index]
            if byte == 0x09, end < 0 { end = index }
            if byte == 0x20, end < 0 { words += 1 }
            guard byte == 0x0A else { continue }
            if end < 0 { end = index }
            if end > line + 1, bytes[end - 1] == 0x2E { end -= 1 }
            if end > line, bytes[line] != 0x23 {
                entries.append(Entry(start: UInt32(line), end: UInt32(end), list: list.rawValue))
                longest[Int(list.rawValue & 63)] = max(longest[Int(list.rawValue & 63)], words)
            }
            line = index + 1
            words = 1
            end = -1
        }
    }

    private mutating func insert(_ index: Int) {
        var hash = FNV.start
        for offset in Int(entries[index].start)..<Int(entries[index].end) {
            hash = FNV.next(hash, folded(bytes[offset]))
        }
        var slot = place(hash)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = UInt32(index + 1)
    }

    private func place(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash ^ (hash >> 29)) & (slots.count - 1) }

    /// The lists that a word, already in lower case, stands in.
    func lists(of word: String) -> WordLists {
        var found: WordLists = []
        _ = first(word) { list, _ in
            found.formUnion(WordLists(rawValue: 1 << UInt64(list & 63)))
            return false
        }
        return found
    }

    /// The second column of a word's line in a list: "" when the line has none, nil when the word is not in it.
    func value(_ word: String, in list: WordList) -> String? {
        first(word) { found, _ in found == list.rawValue }.map(value(of:))
    }

    /// How many words from an index on are the longest phrase of a list, and its value; nil when none is.
    func longestPhrase(at index: Int, in words: [String], list: WordList) -> (count: Int, value: String)? {
        var hash = FNV.start
        var best: (count: Int, entry: Int)?
        let limit = min(words.count, index + longest[Int(list.rawValue & 63)])
        var next = index
        while next < limit {
            if next > index { hash = FNV.next(hash, 0x20) }
            let stripped = FNV.hash(words[next], from: hash)
            if let entry = phrase(stripped, words, index, next, list) { best = (next - index + 1, entry) }
            hash = stripped
            next += 1
        }
        return best.map { ($0.count, value(of: $0.entry)) }
    }

    private func phrase(_ hash: UInt64, _ words: [String], _ from: Int, _ through: Int, _ list: WordList) -> Int? {
        var slot = place(hash)
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if entries[index].list == list.rawValue, equals(entries[index], words, from, through) { return index }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    private func first(_ word: String, where accept: (UInt8, Int) -> Bool) -> Int? {
        var slot = place(FNV.hash(word, from: FNV.start))
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if end(of: word, from: Int(entries[index].start), in: entries[index]) == Int(entries[index].end),
                accept(entries[index].list, index)
            {
                return index
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    private func equals(_ entry: Entry, _ words: [String], _ from: Int, _ through: Int) -> Bool {
        var offset = Int(entry.start)
        for index in from...through {
            if index > from {
                guard offset < Int(entry.end), bytes[offset] == 0x20 else { return false }
                offset += 1
            }
            guard let next = end(of: words[index], from: offset, in: entry) else { return false }
            offset = next
        }
        return offset == Int(entry.end)
    }

    /// Where a word ends that stands in an entry's form at an offset; the form may lack the word's full stop.
    private func end(of word: String, from start: Int, in entry: Entry) -> Int? {
        var offset = start
        let end = Int(entry.end)
        var left = word.utf8.count
        for byte in word.utf8 {
            left -= 1
            if offset < end, folded(bytes[offset]) == byte {
                offset += 1
            } else {
                return left == 0 && byte == 0x2E && offset > start ? offset : nil
            }
        }
        return offset
    }

    private func value(of index: Int) -> String {
        var start = Int(entries[index].end)
        while bytes[start] != 0x09, bytes[start] != 0x0A { start += 1 }
        guard bytes[start] == 0x09 else { return "" }
        var end = start + 1
        while bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
        return String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
    }
}

/// An ASCII capital as its small letter, any other byte as it is.
@inline(__always) func folded(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
