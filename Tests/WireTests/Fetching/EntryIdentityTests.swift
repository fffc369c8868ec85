import ExtractionCore
import Testing

@testable import Wire

@Suite struct EntryIdentityTests {
    @Test func `an entry is named by its id, else its link, else its title and date`() {
        let time = ZonedTime(Instant(seconds: 0))
        #expect(key(of: Entry(id: "7", link: "https://a.example/")) == "7")
        #expect(key(of: Entry(id: "", link: "https://a.example/")) == "https://a.example/")
        #expect(key(of: Entry(title: "Flood", published: time)) == "title:Flood|1970-01-01T00:00:00+00:00")
        #expect(key(of: Entry()) == "title:|")
    }

    @Test func `an edit changes the fingerprint and a new date does not`() {
        let entry = Entry(id: "7", title: "Flood", contentHTML: "<p>12 homes</p>")
        var edited = entry
        edited.contentHTML = "<p>21 homes</p>"
        var stamped = entry
        stamped.updated = ZonedTime(Instant(seconds: 5))
        #expect(fingerprint(of: edited) != fingerprint(of: entry))
        #expect(fingerprint(of: stamped) == fingerprint(of: entry))
        let bare = Entry(id: "7", title: "Flood")
        var updated = bare
        updated.updated = ZonedTime(Instant(seconds: 5))
        #expect(fingerprint(of: updated) != fingerprint(of: bare))
        #expect(fingerprint(of: Entry(title: "a")) != fingerprint(of: Entry(link: "a")))
    }

    @Test func `entries that share an id are kept apart, and the same entry twice is one`() {
        let entries = [
            Entry(id: "x", link: "https://a.example/1", title: "One"),
            Entry(id: "x", link: "https://a.example/2", title: "Two"),
            Entry(id: "x", link: "https://a.example/2", title: "Two"),
            Entry(id: "x", link: "https://a.example/2", title: "Two", contentHTML: "other"),
            Entry(id: "y", link: "https://a.example/3", title: "Three"),
        ]
        let kept = distinct(entries)
        #expect(kept.count == 4)
        #expect(Set(kept.map { key(of: $0) }).count == 4)
        #expect(kept.last?.id == "y")
        #expect(distinct(entries) == kept)
        #expect(distinct([]).isEmpty)
    }
}
