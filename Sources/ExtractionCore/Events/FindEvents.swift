// Events are found from trigger words ("shelling", "arrested", "truce"); the type is the word's place in the tree
// of `Config/lexicon/facts-events.tsv`. Precision first: one event of a type and place an article, no default type.

/// Finds what happened, is planned or denied, in text order; at most `limit` events.
func findEvents(in marked: MarkedReading, isQuoted: [Bool], limit: Int = 12) -> [Event] {
    var found: [Event] = []
    var seen: [String: Int] = [:]
    for sentence in marked.reading.sentences.indices where marked.isRunningText(sentence) {
        let finder = EventFinder(marked: marked, sentence: sentence, isQuoted: isQuoted)
        for event in finder.events() {
            let key = event.type + "@" + (event.place.map { String($0) } ?? "") + "/" + event.modality.rawValue
            if let earlier = seen[key] {
                // A bare mention gives way to the sentence that says who did what.
                if found[earlier].isBare, !event.isBare { found[earlier] = event }
            } else if found.count < limit {
                seen[key] = found.count
                found.append(event)
            }
        }
    }
    return found.sorted { $0.trigger < $1.trigger }
}

extension Event {
    /// Whether people come to harm in what happens: a vote has no victims.
    fileprivate static func harms(_ type: String) -> Bool {
        ["attack", "accident", "disaster", "protest", "abduction", "offensive"].contains {
            type == $0 || type.hasPrefix($0 + ".")
        }
    }

    fileprivate var isBare: Bool { actors.isEmpty && targets.isEmpty && victims.isEmpty }
}

private struct EventFinder {
    let marked: MarkedReading
    let sentence: Int
    let view: PieceView
    let isQuoted: [Bool]

    init(marked: MarkedReading, sentence: Int, isQuoted: [Bool]) {
        self.marked = marked
        self.sentence = sentence
        self.isQuoted = isQuoted
        view = marked.view(sentence)
    }

    /// The sentence's triggers, the more exact type first where one type contains another; two at most.
    func events() -> [Event] {
        var triggers: [(piece: Int, type: String)] = []
        for index in view.range {
            let event = view.meaning(index).event
            guard event > 0, !(isQuoted.indices.contains(index) && isQuoted[index]), !isNamePart(index),
                !isHyphenated(index)
            else { continue }
            triggers.append((index, marked.reading.words.name(event)))
        }
        var kept: [(piece: Int, type: String)] = []
        for trigger in triggers {
            if kept.contains(where: { $0.type == trigger.type || $0.type.hasPrefix(trigger.type + ".") }) { continue }
            kept.removeAll { trigger.type.hasPrefix($0.type + ".") }
            kept.append(trigger)
        }
        return kept.prefix(2).map { event($0.piece, $0.type) }
    }

    private func isNamePart(_ index: Int) -> Bool {
        guard let mention = marked.mention(at: index) else { return false }
        return mention.form == .name && mention.range.count > view[index].count
    }

    /// "US-backed attack" is one; "anti-protest" and "post-election" are none.
    private func isHyphenated(_ index: Int) -> Bool { view.isHyphen(index - 1) && view.isWord(index - 2) }

    private func event(_ trigger: Int, _ type: String) -> Event {
        let isVerb = isVerb(trigger)
        let passive = isVerb && TollFinder(marked: marked, sentence: sentence).isPassive(trigger)
        var actors: [String] = []
        var targets: [String] = []
        if let agent = byAgent(after: trigger) { actors.append(agent) }
        if isVerb {
            if let subject = subject(trigger) {
                if passive { targets.append(subject) } else if actors.isEmpty { actors.append(subject) }
            }
            if !passive, let object = party(marked.phrase(from: trigger + 1, in: view)) { targets.append(object) }
        } else {
            if actors.isEmpty, let before = party(marked.phrase(to: trigger, in: view, limit: 6)) {
                actors.append(before)
            }
            if let target = prepositionTarget(trigger) { targets.append(target) }
        }
        return Event(
            range: clause(trigger), trigger: view[trigger].range, type: type, actors: actors, targets: targets,
            victims: Event.harms(type) ? victims() : [], weapons: weapons(),
            place: marked.ownPlace(sentence, near: trigger),
            time: marked.timeAround(sentence, near: trigger)?.value, modality: modality(trigger))
    }

    /// A trigger in "-ed", or one with an auxiliary before it.
    private func isVerb(_ index: Int) -> Bool {
        let range = view[index].range
        let bytes = marked.text.text.bytes
        if range.count > 3, bytes[range.upper - 1] == UInt8(ascii: "d"), bytes[range.upper - 2] == UInt8(ascii: "e") {
            return true
        }
        return view.function(index - 1).map { MarkedReading.auxiliaries.contains($0) && $0 != .all && $0 != .both }
            ?? false
    }

    private func byAgent(after trigger: Int) -> String? {
        for index in trigger + 1..<min(trigger + 8, max(view.range.upperBound, trigger + 1)) {
            if view.function(index) == .by, let phrase = marked.phrase(from: index + 1, in: view) {
                return party(phrase)
            }
            if view[index].kind == .mark { return nil }
        }
        return nil
    }

    private func subject(_ verb: Int) -> String? {
        let end = marked.beforeAuxiliaries(verb, in: view)
        guard let phrase = marked.phrase(to: end, in: view), !marked.isBehindPreposition(phrase, in: view) else {
            return nil
        }
        return party(phrase)
    }

    private func prepositionTarget(_ trigger: Int) -> String? {
        switch view.function(trigger + 1) {
        case .on, .against, .at: return party(marked.phrase(from: trigger + 2, in: view), allowsThings: true)
        default: return nil
        }
    }

    /// Somebody or something that can act or be acted upon: a name or a noun for people.
    private func party(_ phrase: Range<Int>?, allowsThings: Bool = false) -> String? {
        guard let phrase else { return nil }
        let head = phrase.upperBound - 1
        if let mention = marked.mention(at: head), let entity = marked.entity(of: mention), mention.form != .demonym {
            if mention.form == .pronoun || marked.start(of: mention, from: head) <= phrase.lowerBound {
                return entity.name
            }
            return marked.words(phrase, in: view)
        }
        let tags: Meaning.Tags = allowsThings ? [.people, .speakerNoun, .thing] : [.people, .speakerNoun]
        return view.has(head, tags) || view.has(head, .thing) && allowsThings ? marked.words(phrase, in: view) : nil
    }

    /// Who came to harm in this sentence.
    private func victims() -> [String] {
        var found: [String] = []
        for toll in TollFinder(marked: marked, sentence: sentence).victimPhrases() where !found.contains(toll) {
            found.append(toll)
        }
        return found
    }

    private func weapons() -> [String] {
        var found: [String] = []
        for index in view.range where view.has(index, .weapon) && !isNamePart(index) {
            let word = marked.words(view[index].range).lowercased()
            if !found.contains(word), found.count < 4 { found.append(word) }
        }
        return found
    }

    private func modality(_ trigger: Int) -> Event.Modality {
        var isPlanned = false
        var index = trigger - 1
        var steps = 0
        while index >= view.range.lowerBound, steps < 7 {
            let piece = view[index]
            if piece.kind == .mark, piece.mark == UInt8(ascii: ",") || piece.mark == UInt8(ascii: ";") { break }
            if piece.meaning.tags.contains(.negation) || piece.function == .no { return .denied }
            if piece.function == .if_ || piece.function == .could || piece.function == .might || piece.function == .may
                || piece.function == .would
            {
                return .hypothetical
            }
            if piece.meaning.tags.contains(.plan), piece.function != .to || steps == 0 { isPlanned = true }
            index -= 1
            steps += 1
        }
        return isPlanned ? .planned : .happened
    }

    /// From the clause's first to its last word: between the marks around the trigger.
    private func clause(_ trigger: Int) -> TextRange {
        var first = trigger
        while first > view.range.lowerBound, !isBoundary(first - 1) { first -= 1 }
        var last = trigger
        while last + 1 < view.range.upperBound, !isBoundary(last + 1) { last += 1 }
        return view.textRange(first, through: last)
    }

    private func isBoundary(_ index: Int) -> Bool {
        let piece = view[index]
        if piece.kind == .mark {
            return !(view.isHyphen(index) || piece.mark == 0 || piece.mark == 0x27 || piece.mark == 0x24)
        }
        return piece.meaning.stance != nil && piece.meaning.tags.contains(.strongCue)
    }
}

extension TollFinder {
    /// The words for those whom the sentence's verbs of harm befell.
    func victimPhrases() -> [String] {
        guard hasOutcome else { return [] }
        var found: [String] = []
        for index in view.range {
            guard let outcome = view.meaning(index).outcome,
                outcome == .killed || outcome == .wounded || outcome == .abducted
            else { continue }
            let phrase: Range<Int>?
            if view.meaning(index).outcomeForm == UInt8(ascii: "v"), !isPassive(index) {
                phrase = marked.phrase(from: index + 1, in: view)
            } else {
                phrase = marked.phrase(to: marked.beforeAuxiliaries(index, in: view), in: view)
            }
            guard let phrase else { continue }
            let head = phrase.upperBound - 1
            if let mention = marked.mention(at: head), let entity = marked.entity(of: mention), mention.form != .demonym
            {
                if entity.kind != .place { found.append(entity.name) }
            } else if view.has(head, .people) {
                found.append(marked.words(phrase, in: view))
            }
        }
        return found
    }
}
