import ExtractionCore

// An article of another language joins a story by the names, places and numbers they have in common. That is strict on
// purpose: a story that misses a report is better than one with another event in it.

extension StoryBook {
    /// A name that so many stories of the last days have tells none of them from the others.
    private static let mostStories = 4

    /// Two letters of an article's language; 0 for English, and where it cannot be told.
    func language(of article: Article, _ words: TextWords) -> UInt16 {
        if let tag = article.language { return StoryBook.code(tag) }
        guard words.words.count >= options.fewestWords else { return 0 }
        // Every seventh word of an English text is a little one; most texts need no closer look.
        let sample = words.words.prefix(120)
        let little = sample.count { $0.isStop }
        if little * 7 >= sample.count { return 0 }
        return article.likelyLanguage.map(StoryBook.code) ?? 0
    }

    private static func code(_ tag: String) -> UInt16 {
        let root = Array(tag.lowercased().utf8.prefix { $0 != 0x2D && $0 != 0x5F })
        guard root.count >= 2, root != Array("en".utf8), root != Array("und".utf8) else { return 0 }
        return UInt16(root[0]) << 8 | UInt16(root[1])
    }

    /// The one story of another language that tells of what an article tells of.
    func translated(_ memory: Memory, _ keys: NameKeys, apart: Set<UInt32>) -> StoryID? {
        guard memory.language != 0 || ring.foreign > 0 else { return nil }
        let day = StoryBook.day(memory)
        var common: [UInt32: Set<Int>] = [:]
        for (index, key) in keys.hashes.enumerated() {
            var holders: Set<UInt32> = []
            var foreign: Set<UInt32> = []
            ring.each(key) { entry in
                guard abs(Int(entry.day) - Int(day)) <= NameRing.days else { return }
                let story = living(entry.story)
                holders.insert(story)
                if entry.language != memory.language { foreign.insert(story) }
            }
            guard holders.count <= StoryBook.mostStories else { continue }
            for story in foreign where !apart.contains(story) { common[story, default: []].insert(index) }
        }
        let found = common.filter { isOpen($0.key, memory.at) }
            .map { (story: $0.key, points: keys.points(of: $0.value)) }.filter { $0.points > 0 }
            .sorted { ($1.points, $0.story) < ($0.points, $1.story) }
        guard let best = found.first, let state = stories[best.story] else { return nil }
        // Two that are nearly as likely: neither.
        if found.count > 1, found[1].points * 5 >= best.points * 4 { return nil }
        return state.story.id
    }

    /// Makes a text findable for other languages.
    mutating func noteNames(of memory: Memory, story: UInt32) {
        ring.insert(memory.names, story: story, language: memory.language, day: StoryBook.day(memory))
    }

    private static func day(_ memory: Memory) -> UInt16 {
        UInt16(clamping: CivilDate(memory.dated, offsetMinutes: 0).dayNumber)
    }
}
