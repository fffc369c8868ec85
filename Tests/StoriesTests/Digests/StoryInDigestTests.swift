import ExtractionCore
import Testing

@testable import Stories

/// A story, its update and a report that adds a figure of another source.
@Suite struct StoryInDigestTests {
    private struct Line {
        let type: String
        let clock: String
        let sentences: [String]
        let toll: (low: Int, source: String)
    }

    private static let lines = [
        Line(type: "story", clock: "06:10", sentences: ["A ferry sank."], toll: (9, "coast guard")),
        Line(
            type: "update", clock: "08:40", sentences: ["A ferry sank.", "The captain was held."],
            toll: (9, "coast guard")),
        Line(type: "article", clock: "09:00", sentences: [], toll: (14, "union of seamen")),
    ]

    private var day: [UInt8] {
        var chain = DigestChain(day: "2031-03-08", previousHash: "ab")
        return Self.lines.flatMap { line in
            chain.line(line.type, at: "2031-03-08T\(line.clock):00+00:00") { json in
                json.member("story", "s-1")
                json.object("headline") { $0.member("text", "Ferry sinks") }
                json.object("article") { $0.member("id", line.clock) }
                json.objects("summary", line.sentences) { $0.member("text", $1) }
                json.objects("tolls", [line.toll]) { json, toll in
                    json.member("id", "t-1-\(toll.low)")
                    json.member("outcome", "killed")
                    json.member("low", toll.low)
                    json.member("high", toll.low)
                    json.object("source") { $0.member("name", toll.source) }
                }
                if line.type == "article" {
                    json.member("rivals", JSONValue(parsing: Array(#"[["t-1-9","t-1-14"]]"#.utf8)))
                }
                json.objects("quotations", ["We still hope"]) { json, words in
                    json.member("text", words)
                    json.object("speaker") { $0.member("name", "Ada Quist") }
                }
            }
        }
    }

    private func count(_ words: String, in page: String) -> Int { page.ranges(of: words).count }

    @Test func `a page says each sentence, quotation and figure of a story once`() {
        let page = String(decoding: HTMLDigest.page(of: day), as: UTF8.self)
        for words in ["A ferry sank.", "The captain was held.", "We still hope", "<b>9</b></td>", "<b>14</b></td>"] {
            #expect(count(words, in: page) == 1, "\(words)")
        }
    }

    @Test func `a page says where sources of two records disagree`() {
        let page = String(decoding: HTMLDigest.page(of: day), as: UTF8.self)
        #expect(page.contains("Sources disagree on killed: <b>9</b> (coast guard), <b>14</b> (union of seamen)."))
    }

    @Test func `a report that adds a figure shows it`() {
        let page = String(decoding: MarkdownDigest.page(of: day), as: UTF8.self)
        #expect(page.contains("Also on: Ferry sinks"))
        #expect(page.contains("| killed | no time given | **14** | union of seamen"))
    }
}
