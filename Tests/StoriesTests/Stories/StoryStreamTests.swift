import ExtractionCore
import Stories
import Testing

@Suite struct StoryStreamTests {
    private func answer(_ stream: inout StoryStream, _ id: String, _ text: String, date: String = "2017-06-06") throws
        -> JSONValue
    {
        var writer = JSONWriter()
        writer.object { json in
            json.member("id", id)
            json.member("title", "Ferry fire")
            json.member("text", text)
            json.member("date", date)
        }
        return try #require(JSONValue(parsing: stream.line(writer.bytes)))
    }

    @Test func `each line is answered with its verdict`() throws {
        var stream = StoryStream { _ in Analysis() }
        let first = try answer(&stream, "a", Copy.ferry)
        #expect(first["id"]?.string == "a" && first["duplicate_of"] == nil && first["story"]?.string != nil)
        let copy = try answer(&stream, "b", Copy.ferry + "\n\nRead more")
        #expect(copy["duplicate_of"]?.string == "a" && copy["story"] == first["story"])
        let update = try answer(&stream, "c", Copy.ferry.replacing("12", with: "21"), date: "2017-06-06T12:00:00+02:00")
        #expect(update["update_of"]?.string == "a" && update["duplicate_of"] == nil)
        #expect(update["changes"]?.array.first?["to"]?.int == 21)
    }

    @Test func `a changed figure is named by what the analysis says it counts`() throws {
        var stream = StoryStream { tolls([("21 people", .killed, 21, "coast guard")], in: $0.text) }
        _ = try answer(&stream, "a", Copy.ferry)
        let change = try answer(&stream, "b", Copy.ferry.replacing("12", with: "21"))["changes"]?.array.first
        #expect(change?["kind"]?.string == "toll" && change?["outcome"]?.string == "killed")
        #expect(change?["from"]?.int == 12 && change?["to"]?.int == 21)
    }

    @Test func `bad lines get an error and headlines alone a story`() throws {
        var stream = StoryStream { _ in Analysis() }
        for bad in ["", "[1]", "{", "{\"text\":\"x\"}"] {
            #expect(JSONValue(parsing: stream.line(Array(bad.utf8)))?["error"] != nil)
        }
        #expect(try answer(&stream, "h", "")["story"]?.string != nil)
        #expect(try answer(&stream, "i", "", date: "no date")["duplicate_of"] == nil)
    }

    @Test func `a text is recognised within its window, and one wrong date forgets nothing`() throws {
        for (days, isKnown) in [(20, true), (120, false)] {
            var stream = StoryStream { _ in Analysis() }
            _ = try answer(&stream, "a", Copy.ferry, date: "2031-01-01")
            _ = try answer(&stream, "wrong", Copy.strike, date: "2099-01-01")
            for number in 0..<90 {
                let day = number < 45 ? 0 : days
                let month = 1 + day / 30
                let date = "2031-\(month < 10 ? "0" : "")\(month)-\(10 + day % 30 / 2)"
                _ = try answer(&stream, "f\(number)", Copy.filler(number), date: date)
            }
            let copy = try answer(&stream, "b", Copy.ferry + " Read more", date: "2031-0\(1 + days / 30)-20")
            #expect((copy["duplicate_of"]?.string == "a") == isKnown, "\(days)")
        }
    }
}
