import ExtractionCore
import Testing

@testable import Desk
@testable import Wire

@Suite struct SubscriptionsTests {
    @Test func `an added feed is there after a restart, once`() throws {
        let scratch = try Scratch()
        let feed = OPML.Outline(title: "Ports & \"Ships\"", xmlURL: "https://a.example/rss?x=1&y=2")
        let (isRunning, first) = try #require(Subscriptions.apply(.init(added: [feed, feed]), scratch.configuration))
        #expect(!isRunning)
        #expect(first.map(\.words) == ["added", "there already"])
        let sources = FeedList(scratch.configuration).sources
        #expect(sources.map(\.url) == [feed.xmlURL])
        #expect(sources.first?.title == feed.title)
        #expect(Subscriptions.all(scratch.configuration) == [feed])
    }

    @Test func `removing takes away what was added and nothing else`() throws {
        let scratch = try Scratch()
        scratch.configuration.feeds = [.init(url: "https://c.example/feed")]
        let feeds = ["https://a.example/1", "https://a.example/2"].map { OPML.Outline(title: nil, xmlURL: $0) }
        _ = Subscriptions.apply(.init(added: feeds), scratch.configuration)
        let urls = ["https://a.example/1", "https://c.example/feed", "https://d.example"]
        let (_, outcomes) = try #require(Subscriptions.apply(.init(removed: urls), scratch.configuration))
        #expect(outcomes.map(\.isDone) == [true, false, false])
        #expect(
            FeedList(scratch.configuration).sources.map(\.url) == ["https://c.example/feed", "https://a.example/2"])
    }

    @Test func `what is no address of the web is refused`() throws {
        let scratch = try Scratch()
        for url in ["ftp://a.example/x", "file:///etc/passwd", "a.example", ""] {
            let change = Subscriptions.Change(added: [OPML.Outline(title: nil, xmlURL: url)])
            #expect(Subscriptions.apply(change, scratch.configuration)?.1.first?.isDone == false, "\(url)")
        }
        #expect(!scratch.exists("state/feeds.opml"))
    }
}
