// Says of each fact who stands behind it: the source of the claim or quotation that it lies in.

/// Facts found without their sources, and the claims and quotations that may hold them.
struct Attributed {
    var tolls: [Toll]
    var quantities: [Quantity]
    var events: [Event]
    var claims: [Claim]

    init(tolls: [Toll], quantities: [Quantity], events: [Event], claims: [Claim], quotations: [Quotation]) {
        self.tolls = tolls
        self.quantities = quantities
        self.events = events
        self.claims = claims
        let sources = Sources(claims: claims, quotations: quotations)
        self.tolls = tolls.map { $0.attributed(to: sources.source(of: $0.range)) }
        self.quantities = quantities.map { $0.attributed(to: sources.source(of: $0.range)) }
        self.events = events.map { $0.attributed(to: sources.source(of: $0.trigger)) }
        link(claims: sources)
    }

    private mutating func link(claims sources: Sources) {
        for (index, toll) in tolls.enumerated() {
            if let claim = sources.claim(of: toll.range) { claims[claim].tolls.append(index) }
        }
        for (index, event) in events.enumerated() {
            if let claim = sources.claim(of: event.trigger) { claims[claim].events.append(index) }
        }
    }
}

/// Finds the claim or quotation that a range lies in; all are in text order, so a search by halves will do.
private struct Sources {
    let claims: [Claim]
    let quotations: [Quotation]

    func claim(of range: TextRange) -> Int? { last(claims, \.range, holding: range) }

    func source(of range: TextRange) -> Attribution? {
        if let claim = claim(of: range), let attribution = claims[claim].attribution { return attribution }
        guard let index = last(quotations, \.range, holding: range), let speaker = quotations[index].speaker else {
            return nil
        }
        return Attribution(
            entity: speaker.entity, name: speaker.name, cue: quotations[index].cue ?? "said", stance: .says)
    }

    /// The last element that begins at or before the range and reaches into it.
    private func last<Element>(_ elements: [Element], _ range: KeyPath<Element, TextRange>, holding inner: TextRange)
        -> Int?
    {
        var low = 0
        var high = elements.count
        while low < high {
            let middle = (low + high) / 2
            if elements[middle][keyPath: range].start <= inner.start { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return nil }
        return elements[low - 1][keyPath: range].overlaps(inner) ? low - 1 : nil
    }
}

extension Toll {
    fileprivate func attributed(to source: Attribution?) -> Toll {
        Toll(
            range: range, outcome: outcome, low: low, high: high, precision: precision, victims: victims, cause: cause,
            blamed: blamed, place: place, time: time, timeBasis: timeBasis, attribution: source)
    }
}

extension Quantity {
    fileprivate func attributed(to source: Attribution?) -> Quantity {
        Quantity(range: range, low: low, high: high, unit: unit, precision: precision, attribution: source)
    }
}

extension Event {
    fileprivate func attributed(to source: Attribution?) -> Event {
        Event(
            range: range, trigger: trigger, type: type, actors: actors, targets: targets, victims: victims,
            weapons: weapons, place: place, time: time, modality: modality, attribution: source)
    }
}
