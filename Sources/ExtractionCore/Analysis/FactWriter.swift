/// Writes facts as JSON objects with their article, range and words, as `copytaster extract` and the digests have them.
public struct FactWriter: Sendable {
    let article: Article
    let analysis: Analysis
    let offsets: ScalarOffsets

    public init(article: Article, analysis: Analysis) {
        self.article = article
        self.analysis = analysis
        offsets = ScalarOffsets(article.text)
    }

    /// A figure; `id` names it within a story.
    public func toll(_ toll: Toll, id: String? = nil, to json: inout JSONWriter) {
        json.object {
            $0.member("id", id)
            tollMembers(toll, to: &$0)
            $0.member("place", analysis.entity(toll.place)?.name)
            location(toll.range, to: &$0)
        }
    }

    public func quotation(_ quotation: Quotation, to json: inout JSONWriter) {
        json.object {
            location(quotation.range, to: &$0)
            quotationMembers(quotation, to: &$0)
        }
    }

    public func claim(_ claim: Claim, to json: inout JSONWriter) {
        json.object {
            location(claim.range, to: &$0)
            claimMembers(claim, to: &$0)
        }
    }

    public func event(_ event: Event, to json: inout JSONWriter) {
        json.object {
            location(event.range, to: &$0)
            eventMembers(event, to: &$0)
        }
    }

    public func quantity(_ quantity: Quantity, to json: inout JSONWriter) {
        json.object {
            location(quantity.range, to: &$0)
            quantityMembers(quantity, to: &$0)
        }
    }

    /// A stretch of the article, such as a summary sentence.
    public func sentence(_ range: TextRange, to json: inout JSONWriter) {
        json.object { location(range, to: &$0) }
    }

    // MARK: Members, for objects that say more than the fact

    /// The article, the range in Unicode scalars, and the words as a reader sees them.
    public func location(_ range: TextRange, to json: inout JSONWriter) {
        json.member("article", article.id.hex)
        span(range, to: &json)
    }

    func span(_ range: TextRange, to json: inout JSONWriter) {
        offsetMembers(range, to: &json)
        json.member("text", article.shown(range))
    }

    public func offsetMembers(_ range: TextRange, to json: inout JSONWriter) {
        json.member("start", offsets.scalar(range.lower))
        json.member("end", offsets.scalar(range.upper))
    }

    public func tollMembers(_ toll: Toll, to json: inout JSONWriter) {
        json.member("outcome", toll.outcome.rawValue)
        json.member("low", toll.low)
        json.member("high", toll.high == Int.max ? nil : toll.high)
        json.member("precision", toll.precision.rawValue)
        json.member("who", toll.victims)
        json.member("cause", toll.cause)
        json.member("blamed", toll.blamed)
        json.member("time", toll.time)
        json.member("time_basis", toll.timeBasis)
        attribution(toll.attribution, to: &json)
    }

    public func quotationMembers(_ quotation: Quotation, to json: inout JSONWriter) {
        if let speaker = quotation.speaker {
            json.object("speaker") {
                $0.member("entity", speaker.entity)
                $0.member("name", speaker.name)
                $0.member("role", speaker.role)
            }
        }
        json.member("cue", quotation.cue)
        json.member("direct", quotation.isDirect)
    }

    public func claimMembers(_ claim: Claim, to json: inout JSONWriter) {
        attribution(claim.attribution, to: &json)
        if claim.attribution == nil, let hedge = claim.hedge { json.member("stance", stance(ofHedge: hedge)) }
        json.member("hedge", claim.hedge)
        numbers("tolls", claim.tolls, to: &json)
        numbers("events", claim.events, to: &json)
    }

    private func stance(ofHedge hedge: String) -> String? {
        if hedge.hasPrefix("alleged") || hedge.hasPrefix("purported") || hedge.hasSuffix("alleged to") {
            return "alleges"
        }
        return "reports"
    }

    public func eventMembers(_ event: Event, to json: inout JSONWriter) {
        json.member("type", event.type)
        json.strings("actors", event.actors)
        json.strings("targets", event.targets)
        json.strings("victims", event.victims)
        json.strings("weapons", event.weapons)
        if let place = analysis.entity(event.place) {
            json.object("place") {
                $0.member("name", place.name)
                $0.member("entity", place.id)
            }
        }
        json.member("date", event.time)
        json.member("modality", event.modality.rawValue)
        attribution(event.attribution, to: &json)
    }

    public func quantityMembers(_ quantity: Quantity, to json: inout JSONWriter) {
        json.member("low", quantity.low)
        json.member("high", quantity.high.isFinite ? quantity.high : nil)
        json.member("unit", quantity.unit)
        json.member("precision", quantity.precision.rawValue)
        attribution(quantity.attribution, to: &json)
    }

    private func attribution(_ source: Attribution?, to json: inout JSONWriter) {
        guard let source else { return }
        json.object("source") {
            $0.member("entity", source.entity)
            $0.member("name", source.name)
            $0.member("kind", source.kind)
        }
        json.member("stance", source.stance.rawValue)
        json.member("cue", source.cue)
    }

    private func numbers(_ name: StaticString, _ values: [Int], to json: inout JSONWriter) {
        guard !values.isEmpty else { return }
        json.array(name) { for value in values { $0.value(value) } }
    }
}
