import ExtractionCore
import Foundation
import Stories
import Testing

@testable import Desk
@testable import Store

@Suite struct BookImageTests {
    private static let days = 12

    /// What comes on a day: a report, which is repeated on the next day and twice when it has been forgotten, revised on the
    /// day after it came, and a line too short to be known by anything but its hash, which comes and goes likewise.
    private func news(day: Int) -> [(name: String, content: String)] {
        func report(_ number: Int, toll: String) -> String {
            let words = (0..<40).map { "kelvo\(number)x\(($0 * 7 + number) % 40)" }.joined(separator: " ")
            return "\(toll) people died in a gale near Velmora\(number) on Monday, the coastguard said.\n\n\(words)."
        }
        func brief(_ number: Int) -> String { "Ferry \(number) to Tesk\(number) is back at sea." }
        var texts = [report(day, toll: "Four"), brief(day)]
        for age in [1, 7, 8] where day >= age { texts += [report(day - age, toll: "Four"), brief(day - age)] }
        if day >= 2 { texts.append(report(day - 2, toll: "Nine")) }
        return texts.enumerated().map { ("d\(day)n\($0.offset).txt", $0.element) }
    }

    private func scratch() throws -> Scratch {
        let scratch = try Scratch()
        scratch.configuration.memoryDays = 3
        scratch.configuration.imageArticles = 1
        return scratch
    }

    /// Files the news of some days, each on its day.
    private func file(_ days: Range<Int>, in scratch: Scratch, on desk: Desk) async throws {
        for day in days {
            try await scratch.file(news(day: day), from: Int64(day * 20 + 1), on: desk)
            scratch.clock.advance(seconds: 86_400)
        }
    }

    private func records(_ scratch: Scratch) -> String {
        (6...17).map { scratch.digest("2017-06-\($0 < 10 ? "0" : "")\($0).jsonl") }.joined()
    }

    private func undisturbed(days: Int = BookImageTests.days) async throws -> String {
        let scratch = try scratch()
        try await file(0..<days, in: scratch, on: scratch.desk())
        return records(scratch)
    }

    private func image(_ scratch: Scratch) -> URL { URL(fileURLWithPath: scratch.root + "/state/copytaster.image") }

    /// Never longer apart than the window: the entry that an image names must still be there.
    @Test(arguments: [Array(0..<days), [0, 3, 6, 9], [1, 4, 7, 10], [2, 5, 8, 11]])
    func `from an image the desk goes on as if it had never stopped`(imaged: [Int]) async throws {
        let whole = try await undisturbed()
        for kind in ["\"story\"", "\"update\"", "\"duplicate_count\""] { #expect(whole.contains("\"type\":\(kind)")) }
        let scratch = try scratch()
        let first = try #require(imaged.first)
        do {
            let desk = try await scratch.desk()
            try await file(0..<first, in: scratch, on: desk)
        }
        for day in first..<BookImageTests.days {
            let desk = try await scratch.desk()
            try await file(day..<day + 1, in: scratch, on: desk)
            if imaged.contains(day) { await desk.saveLastImage() }
        }
        #expect(records(scratch) == whole)
    }

    @Test func `a start reads the image and applies only what came after`() async throws {
        let scratch = try scratch()
        do {
            let desk = try await scratch.desk()
            try await file(0..<2, in: scratch, on: desk)
            try await desk.close()
            #expect(await desk.schedule.pending == 0)
        }
        do {
            let desk = try await scratch.desk()
            // The day that begins is an entry too.
            #expect(await desk.schedule.pending == 1)
            try await file(2..<3, in: scratch, on: desk)
        }
        let desk = try await scratch.desk()
        #expect(await desk.schedule.pending == 2 + news(day: 2).count)
    }

    @Test func `an image that is torn, changed or of another version counts for nothing`() async throws {
        let scratch = try scratch()
        do {
            let desk = try await scratch.desk()
            try await file(0..<2, in: scratch, on: desk)
            try await desk.close()
        }
        let image = try Data(contentsOf: image(scratch))
        var others: [Data] = [Data(), image.prefix(image.count / 2), image.dropLast(), image + [0]]
        for place in stride(from: 0, to: image.count, by: image.count / 12) {
            var changed = image
            changed[place] ^= 1
            others.append(changed)
        }
        // The same with a right sum: the version is the last byte of the mark.
        let mark = Array("copytaster image".utf8)
        let version = try #require(image.firstRange(of: mark)).upperBound
        #expect(image[version] == Image.version)
        var older = [UInt8](image.dropLast(32))
        older[version] &-= 1
        others.append(Data(older + ContentHash(of: older).bytes))
        let entries = news(day: 0).count + news(day: 1).count + 1
        for other in others {
            try other.write(to: self.image(scratch))
            let desk = try await scratch.desk()
            try await desk.reload()
            #expect(await desk.schedule.pending > entries)
        }
        try image.write(to: self.image(scratch))
        let desk = try await scratch.desk()
        #expect(await desk.schedule.pending < entries)
    }

    @Test func `an image of another store counts for nothing, however alike the two are`() async throws {
        let (one, other) = (try scratch(), try scratch())
        for scratch in [one, other] {
            let desk = try await scratch.desk()
            try await file(0..<2, in: scratch, on: desk)
            try await desk.close()
        }
        try Data(contentsOf: image(one)).write(to: image(other))
        let desk = try await other.desk()
        #expect(await desk.schedule.pending > news(day: 0).count + news(day: 1).count)
    }

    @Test func `an image that is newer than a store from a backup counts for nothing, then and later`() async throws {
        let scratch = try scratch()
        let store = URL(fileURLWithPath: scratch.root + "/state/copytaster.sqlite")
        do { try await file(0..<2, in: scratch, on: scratch.desk()) }
        #expect(!scratch.exists("state/copytaster.sqlite-wal"))
        let backup = try Data(contentsOf: store)
        let entries = news(day: 0).count + news(day: 1).count
        do {
            let desk = try await scratch.desk()
            try await file(2..<3, in: scratch, on: desk)
            try await desk.close()
        }
        try backup.write(to: store)
        do {
            let desk = try await scratch.desk()
            #expect(await desk.schedule.pending > entries)
            // Other news takes the numbers that the image's had.
            try await file(3..<5, in: scratch, on: desk)
        }
        let desk = try await scratch.desk()
        #expect(await desk.schedule.pending > entries + news(day: 3).count + news(day: 4).count)
        try await scratch.file([("again.txt", news(day: 4)[0].content)], from: 900, on: desk)
        #expect(scratch.types("2017-06-11").last == "duplicate_count")
    }

    @Test(arguments: ["full disk", "folder in the way", "folder in its place", "pipe in its place"])
    func `an image that cannot be written or read harms nothing`(fault: String) async throws {
        // So few days that nothing is forgotten: a book that was rebuilt without an image lacks what that had taught it.
        let whole = try await undisturbed(days: 4)
        let scratch = try scratch()
        let (path, fresh) = (image(scratch).path, image(scratch).path + ".new")
        do {
            let desk = try await scratch.desk()
            let files = FileManager.default
            switch fault {
            case "full disk": try files.createSymbolicLink(atPath: fresh, withDestinationPath: "/dev/full")
            case "folder in the way": try files.createDirectory(atPath: fresh, withIntermediateDirectories: true)
            case "folder in its place": try files.createDirectory(atPath: path, withIntermediateDirectories: true)
            default: #expect(mkfifo(path, 0o600) == 0)
            }
            try await file(0..<1, in: scratch, on: desk)
            let pending = await desk.schedule.pending
            await desk.saveLastImage()
            #expect(await desk.schedule.pending == (fault == "pipe in its place" ? 0 : pending))
            try await file(1..<2, in: scratch, on: desk)
            try await desk.close()
        }
        for day in 2..<4 {
            let desk = try await scratch.desk()
            try await file(day..<day + 1, in: scratch, on: desk)
            try await desk.close()
        }
        #expect(records(scratch) == whole)
    }

    @Test func `what a killed writer left is taken away at the start`() async throws {
        let scratch = try scratch()
        try scratch.write("state/copytaster.image.new", [1, 2, 3])
        _ = try await scratch.desk()
        #expect(!scratch.exists("state/copytaster.image.new"))
    }

    @Test func `after a failed commit the desk goes on from the image and what came after`() async throws {
        let whole = try await undisturbed()
        let scratch = try scratch()
        let desk = try await scratch.desk()
        for day in 0..<BookImageTests.days {
            if day % 3 == 1 { await desk.saveLastImage() }
            await #expect(throws: StoreError.self) {
                try await desk.commitNothing(after: "Nine boats sank near Velmora\(day) and four near Tesk\(day).")
            }
            #expect(await desk.isStale)
            // The book is not the store's now.
            #expect(await desk.draftImage() == nil)
            try await file(day..<day + 1, in: scratch, on: desk)
        }
        #expect(records(scratch) == whole)
    }

    @Test func `an earlier version takes a retirement for nothing it knows`() {
        let moment = Instant(milliseconds: -1_496_743_200_123)
        let bytes = BookEntry.retired(before: moment).bytes
        #expect(StoryBook.Memory(bytes: bytes) == nil)
        guard case .retired(moment)? = BookEntry(bytes: bytes) else {
            Issue.record("a retirement is not read back")
            return
        }
        #expect(BookEntry(bytes: Array(bytes.dropLast())) == nil)
        #expect(BookEntry(bytes: []) == nil)
    }
}

@Suite struct ImageScheduleTests {
    private let start = ContinuousClock.now

    @Test func `an image is due after so many entries, and rests twenty times as long as it took`() {
        var schedule = ImageSchedule(every: 100)
        schedule.restored(applying: 60)
        schedule.add(entries: 39)
        #expect(!schedule.isDue(at: start, atEnd: false))
        schedule.add(entries: 1)
        #expect(schedule.isDue(at: start, atEnd: false))
        schedule.drafted(from: start, to: start + .seconds(1))
        schedule.add(entries: 150)
        #expect(!schedule.isDue(at: start + .seconds(60), atEnd: false))
        schedule.settled(true)
        #expect(schedule.pending == 150)
        #expect(!schedule.isDue(at: start + .seconds(19), atEnd: false))
        #expect(schedule.isDue(at: start + .seconds(20), atEnd: false))
    }

    @Test func `what failed is tried again later`() {
        var schedule = ImageSchedule(every: 100)
        schedule.add(entries: 100)
        schedule.drafted(from: start, to: start)
        #expect(!schedule.isDue(at: start + .seconds(60), atEnd: false))
        schedule.settled(false, at: start)
        #expect(schedule.pending == 100)
        #expect(!schedule.isDue(at: start + .seconds(599), atEnd: false))
        #expect(schedule.isDue(at: start + .seconds(600), atEnd: false))
    }

    @Test func `a new day has its image, however few entries it brought`() {
        var schedule = ImageSchedule(every: 100)
        schedule.add(entries: 1)
        schedule.beginDay()
        #expect(schedule.isDue(at: start, atEnd: false))
        schedule.drafted(from: start, to: start)
        schedule.settled(true)
        schedule.add(entries: 1)
        #expect(!schedule.isDue(at: start, atEnd: false))
    }

    @Test func `at the end a few entries need no image`() {
        var schedule = ImageSchedule(every: 160)
        schedule.add(entries: 9)
        #expect(!schedule.isDue(at: start, atEnd: true))
        schedule.add(entries: 1)
        #expect(schedule.isDue(at: start, atEnd: true))
    }
}

extension Desk {
    /// A decision that reaches the book but not the store.
    fileprivate func commitNothing(after text: String) throws {
        let body = Text(text)
        let article = Article(
            id: ArticleID(of: body.bytes), origin: .standardInput, published: nil, text: body,
            blocks: [Block(range: body.range, kind: .paragraph)])
        let reading = ReadMember.Reading(article: article, analysis: Analysis())
        try commit { filer, decision in
            let member = ReadMember(name: nil, result: .success(.article(reading)))
            _ = try filer.add(member, of: .feed("https://alpha.example/feed"), to: &decision)
            throw StoreError.unavailable("no room")
        }
    }
}
