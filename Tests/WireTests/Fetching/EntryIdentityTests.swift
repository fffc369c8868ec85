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
        #expect(Set(kept.map(\.key)).count == 4)
        #expect(kept.last?.key == "y")
        #expect(distinct(entries) == kept)
        #expect(distinct([]).isEmpty)
    }

    @Test func `schemes and counters make no new entry`() {
        let guid = EntryIdentity.guid
        #expect(guid.key(of: Entry(id: "http://a.example/7#3")) == guid.key(of: Entry(id: "https://a.example/7#12")))
        #expect(guid.key(of: Entry(id: "tag:7#3")) == "tag:7#3")
        #expect(guid.key(of: Entry(id: "https://a.example/#top")) == "https://a.example/#top")
        #expect(guid.key(of: Entry(id: "https://a.example/#")) == "https://a.example/#")
        #expect(EntryIdentity.wholeGuid.key(of: Entry(id: "http://a.example/7#3")) == "https://a.example/7#3")
        #expect(EntryIdentity.link.key(of: Entry(id: "7", link: "http://a.example/")) == "https://a.example/")
        #expect(EntryIdentity.title.key(of: Entry(id: "7", title: "Flood")) == "title:Flood|")
    }

    @Test func `the identity is the first that tells the entries apart`() {
        func entries(_ make: (Int) -> Entry) -> [Entry] { (0..<10).map(make) }
        let titled = { (number: Int, id: String?, link: String?) in Entry(id: id, link: link, title: "T\(number)") }
        #expect(EntryIdentity.choice(for: entries { titled($0, "\($0)", "l") }) == .guid)
        #expect(EntryIdentity.choice(for: entries { titled($0, "https://a/#\($0)", "l") }) == .wholeGuid)
        #expect(EntryIdentity.choice(for: entries { titled($0, "same", "https://a/\($0)") }) == .link)
        #expect(EntryIdentity.choice(for: entries { titled($0, "same", "https://a/") }) == .title)
        #expect(EntryIdentity.choice(for: []) == .guid)
        #expect(EntryIdentity.choice(for: entries { _ in Entry(id: "one") }) == .guid)
    }
}
