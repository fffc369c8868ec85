import ExtractionCore
import Glibc
import Store
import Stories

// storefill STATE COUNT: a daemon's store with so many remembered articles of the last 13 days, without reading them. Their
// words are made up here from a fixed seed: one in twelve is an earlier text with two words changed. The size of the
// texts (110 words) and the share of repeats are those of a news wire.

struct Generator {
    private var state: UInt64 = 7
    private let words: [String]
    private var last: [String] = []

    init() {
        let syllables = "bar bel cor dan del dor fen gar hal kar lan mar nor ost pel quin ral sen tar ul var wen yor"
            .split(separator: " ")
        var words: [String] = []
        for first in syllables {
            for second in syllables {
                words.append("\(first)\(second)")
                for third in syllables { words.append("\(first)\(second)\(third)") }
            }
        }
        self.words = words
    }

    private mutating func next(_ limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(truncatingIfNeeded: (state >> 33) % UInt64(limit))
    }

    /// Rare words are rarer.
    private mutating func word() -> String {
        let bound = 1 << (4 + next(10))
        return words[next(min(bound, words.count))]
    }

    mutating func text() -> String {
        if next(12) == 0, !last.isEmpty {
            var words = last[next(last.count)].split(separator: " ").map(String.init)
            for _ in 0..<2 { words[next(words.count)] = word() }
            return words.joined(separator: " ")
        }
        var sentence = 0
        let words = (0..<110).map { place in
            let word = next(12) == 0 || place == sentence ? word().capitalised : word()
            guard place - sentence > 8, next(9) == 0 else { return word }
            sentence = place + 1
            return word + "."
        }
        let text = words.joined(separator: " ")
        if last.count < 5000 { last.append(text) } else { last[next(5000)] = text }
        return text
    }
}

extension String {
    fileprivate var capitalised: String { prefix(1).uppercased() + dropFirst() }
}

func line(_ number: Int, _ text: String, at: Instant) -> [UInt8] {
    let day = CivilDate(dayNumber: Int(at.seconds / 86_400)).iso8601
    let clock = [at.seconds / 3600 % 24, at.seconds / 60 % 60, at.seconds % 60]
    let digits = clock.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    var json = JSONWriter()
    json.object { json in
        json.member("id", "made\(number)")
        json.member("title", text.split(separator: " ").prefix(8).joined(separator: " "))
        json.member("text", text)
        json.member("date", "\(day)T\(digits)Z")
        json.member("url", "https://s\(number % 40).example/\(number)")
    }
    return json.bytes
}

guard CommandLine.arguments.count == 3, let count = Int(CommandLine.arguments[2]) else {
    print("storefill STATE COUNT")
    exit(2)
}
let store = try Store(path: CommandLine.arguments[1] + "/copytaster.sqlite")
var generator = Generator()
var stream = StoryStream { _ in Analysis() }
let start = Int64(time(nil)) - 13 * 86_400
var decision = Decision()
for number in 0..<count {
    let at = Instant(seconds: start + Int64(number) * 13 * 86_400 / Int64(count))
    let text = generator.text()
    _ = stream.line(line(number, text, at: at))
    if let memory = stream.memory {
        decision.memories.append((at: at, bytes: memory.bytes()))
        if memory.kind != .duplicate {
            decision.articles.append(ArticleRow(id: memory.article, at: at, text: Array(text.utf8)))
        }
    }
    if decision.memories.count == 4096 || number == count - 1 {
        try store.commit(decision)
        decision = Decision()
    }
}
print("\(count) articles, \(stream.book.allStories.count) stories")
