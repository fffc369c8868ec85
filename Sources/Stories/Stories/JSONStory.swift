import ExtractionCore

extension JSONWriter {
    /// Writes a timeline's happenings; `name` says how an article is called and `clock` how a moment is written.
    mutating func timeline(
        _ happenings: [Happening], name: (ArticleID) -> String?, clock: (Instant) -> String
    ) {
        guard !happenings.isEmpty else { return }
        objects("timeline", happenings) { json, happening in
            json.member("kind", happening.kind.rawValue)
            json.member("time", happening.time)
            json.member("told", clock(happening.told))
            json.member("article", name(happening.article))
            json.member("start", happening.sentence?.lower)
            json.member("end", happening.sentence?.upper)
            json.member("text", happening.words)
        }
    }

    /// Writes how a story grows, once there is something to compare.
    mutating func growth(_ growth: Growth) {
        guard growth.articles + growth.articlesBefore >= 3 else { return }
        object("growth") { json in
            json.member("articles", growth.articles)
            json.member("articles_before", growth.articlesBefore)
            json.member("sources", growth.sources)
            json.member("sources_before", growth.sourcesBefore)
            json.member("rising", growth.isRising)
        }
    }
}

/// `2017-06-06T09:12:00Z`.
func zuluTime(_ moment: Instant) -> String { ZonedTime(moment, offsetMinutes: 0).iso8601 }
