import ExtractionCore

extension Story {
    func write(to image: inout ImageWriter) {
        image.string(id.value)
        image.string(headline)
        for moment in [opened, last, lastNews] { image.instant(moment) }
        image.value(UInt32(clamping: articles))
        image.value(UInt32(clamping: duplicates))
        for texts in [sites, people, places, (merged + splits).map(\.value)] { image.list(texts) { $0.string($1) } }
        image.value(UInt32(clamping: merged.count))
        image.string(status.rawValue)
        image.optional(splitFrom) { $0.string($1.value) }
        image.optional(first) { $0.id($1) }
        image.memory { writer in
            writer.list(tolls) { $0.toll($1) }
            writer.list(happenings) { $0.happening($1) }
        }
        image.values(eventKeys)
        image.values(days.map(\.day))
        image.values(days.map(\.articles))
        image.values(days.map(\.owners))
        image.values(owners)
    }

    init(_ image: inout ImageReader) {
        let id = StoryID(image.string())
        let headline = image.string()
        let (opened, last, lastNews) = (image.instant(), image.instant(), image.instant())
        self.init(id: id, headline: headline, opened: opened, last: last)
        self.lastNews = lastNews
        articles = Int(image.value(UInt32.self))
        duplicates = Int(image.value(UInt32.self))
        sites = image.list { $0.string() }
        people = image.list { $0.string() }
        places = image.list { $0.string() }
        let others = image.list { StoryID($0.string()) }
        let mergedCount = Int(image.value(UInt32.self))
        (merged, splits) = (Array(others.prefix(mergedCount)), Array(others.dropFirst(mergedCount)))
        status = Status(rawValue: image.string()) ?? .new
        splitFrom = image.optional { StoryID($0.string()) }
        first = image.optional { $0.id() }
        (tolls, happenings) = image.memory { reader in
            let tolls = reader.list { $0.toll() }
            return (tolls, reader.list { $0.happening() })
        }
        eventKeys = image.values()
        let (dates, counts, bits) = (image.values(Int32.self), image.values(UInt16.self), image.values(UInt32.self))
        days = zip(dates, zip(counts, bits)).map { DayCount(day: $0, articles: $1.0, owners: $1.1) }
        owners = image.values()
    }
}

extension StoryBook {
    /// Writes all that is remembered.
    public func write(to image: inout ImageWriter) {
        image.value(nextLineage)
        image.value(nextStory)
        image.list(lineages.ascending) { image, place in
            image.value(lineages.numbers[place])
            lineages.values[place].write(to: &image)
        }
        image.list(stories.ascending) { image, place in
            image.value(stories.numbers[place])
            stories.values[place].write(to: &image)
        }
        storyIDs.write(to: &image)
        image.list(mergedInto) { image, entry in
            image.value(entry.key)
            image.value(entry.value)
        }
        exact.write(to: &image)
        index.write(to: &image)
        storyIndex.write(to: &image)
        owners.write(to: &image)
        ring.write(to: &image)
        writeSweep(to: &image)
    }

    /// Reads what `write` wrote, under these options; the reader tells whether that could be read.
    public init(_ image: inout ImageReader, options: Options) {
        self.init(options: options)
        nextLineage = image.value()
        nextStory = image.value()
        for _ in 0..<image.value(UInt32.self) where !image.isBroken {
            let number = image.value(UInt32.self)
            lineages[number] = Lineage(&image)
        }
        for _ in 0..<image.value(UInt32.self) where !image.isBroken {
            let number = image.value(UInt32.self)
            let state = StoryState(&image)
            stories[number] = state
            for id in [state.story.id] + state.story.merged { storyNumbers[id] = number }
        }
        storyIDs = StoryIDs(&image)
        for _ in 0..<image.value(UInt32.self) where !image.isBroken {
            let number = image.value(UInt32.self)
            mergedInto[number] = image.value()
        }
        exact = ExactTable(&image)
        index = LineageIndex(&image)
        storyIndex = StoryIndex(&image)
        owners = OwnerTable(&image)
        ring = NameRing(&image)
        readSweep(&image)
    }
}

extension StoryBook.Lineage {
    func write(to image: inout ImageWriter) {
        image.value(story)
        image.instant(last)
        image.list(versions) { image, version in
            image.id(version.article)
            image.instant(version.dated)
        }
    }

    init(_ image: inout ImageReader) {
        let story = image.value(UInt32.self)
        let last = image.instant()
        let versions = image.list { image in
            let article = image.id()
            return StoryBook.Version(article: article, dated: image.instant())
        }
        let none = StoryBook.Version(article: ArticleID(high: 0, low: 0), dated: last)
        self.init(story: story, versions.first ?? none, at: last)
        for version in versions.dropFirst() { append(version) }
    }
}
