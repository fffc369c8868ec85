import Testing

@testable import Stories

@Suite struct StoryPostingsTests {
    private func list(_ postings: StoryPostings, _ hash: UInt32) -> Set<UInt32> {
        var found: Set<UInt32> = []
        postings.each(of: hash) { found.insert($0) }
        return found
    }

    @Test func `lists are what a dictionary of sets would hold, through growth and removal`() {
        var postings = StoryPostings(most: 40)
        var model: [UInt32: Set<UInt32>] = [:]
        var state: UInt64 = 7
        func random(_ bound: UInt32) -> UInt32 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt32(truncatingIfNeeded: state >> 33) % bound
        }
        for step in 1...40_000 {
            // Few hashes are common, most are rare; 0 is a hash like any other.
            let hash = random(4) == 0 ? random(8) * 2 : (random(3000) + 1) &* 0x9E37_79B1
            let story = random(600) + 1
            if model[hash, default: []].count < 40 { model[hash, default: []].insert(story) }
            postings.insert(story, to: hash)
            if step % 97 == 0 {
                #expect(postings.remove(story, from: hash) == (model[hash]?.remove(story) != nil))
            }
            if step % 4001 == 0 {
                let gone = Set((0..<200).map { _ in random(600) + 1 })
                postings.remove(gone)
                for key in model.keys { model[key]?.subtract(gone) }
            }
        }
        for (hash, stories) in model { #expect(list(postings, hash) == (stories.count < 40 ? stories : [])) }
    }
}

@Suite struct CountTableTests {
    @Test func `counts are those of a dictionary, and singles can be forgotten`() {
        var table = CountTable()
        var model: [UInt32: UInt32] = [:]
        for step in 0..<20_000 {
            let key = UInt32(step * step % 6007)
            table.increment(key)
            model[key, default: 0] += 1
        }
        #expect(table.count == model.count && model.allSatisfy { table[$0.key] == $0.value })
        table.removeSingles()
        #expect(model.allSatisfy { table[$0.key] == ($0.value > 1 ? $0.value : 0) })
        #expect(table[7_000_001] == 0)
    }

    @Test func `the highest sums come first, and of equal ones the older story`() {
        var table = ScoreTable()
        for story in UInt32(1)...500 { table.add(Float(story % 100), to: story) }
        table.add(1000, to: 7)
        #expect(table.best(4) == [7, 99, 199, 299])
    }
}
