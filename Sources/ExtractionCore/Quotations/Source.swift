// Who speaks: the noun phrase beside a verb of saying, followed to the article's entity.

/// Somebody or something that says something.
struct Source: Hashable, Sendable {
    let entity: Int?
    let name: String
    let role: String?
    let kind: String?
    let isPerson: Bool
    /// Its pieces, for telling what is left of the sentence.
    let pieces: Range<Int>
}

/// A verb of saying with its source.
struct Cue: Sendable {
    let sentence: Int
    /// The verb's piece.
    let verb: Int
    let source: Source?
    let stance: Attribution.Stance
    /// From the first to after the last piece of source and verb.
    let region: Range<Int>
    /// The source stands after the verb: "said X".
    let isInverted: Bool
}

/// Finds sources; it remembers who spoke, so that "he said" and "it said" have somebody to mean.
struct SourceFinder {
    let marked: MarkedReading
    /// Pieces between quotation marks.
    let isQuoted: [Bool]
    private var lastPerson: Source?
    private var lastBody: Source?

    init(marked: MarkedReading, isQuoted: [Bool]) {
        self.marked = marked
        self.isQuoted = isQuoted
    }

    /// The cues of a sentence that stand outside quotation marks, in text order.
    mutating func cues(_ sentence: Int) -> [Cue] {
        let view = marked.view(sentence)
        var found: [Cue] = []
        var index = view.range.lowerBound
        var free = view.range.lowerBound
        while index < view.range.upperBound {
            defer { index += 1 }
            if isQuoted.indices.contains(index), isQuoted[index] { continue }
            guard let cue = cue(at: index, view, sentence, notBefore: free) else { continue }
            // "cited X as saying": the citing verb is no cue of its own.
            if view.function(cue.verb) == .saying, let last = found.last, cue.region.contains(last.verb) {
                found.removeLast()
            }
            found.append(cue)
            free = index + 1
            if let source = cue.source { remember(source) }
        }
        rememberNames(view)
        return found
    }

    private mutating func remember(_ source: Source) {
        guard source.isPerson else {
            // "It" is never the residents or the police officers.
            if source.entity != nil || !source.name.hasSuffix("s") { lastBody = source }
            return
        }
        // A description does not push out a name: "he" after "an aide said" is mostly the person the story is about.
        if source.entity != nil || lastPerson?.entity == nil { lastPerson = source }
    }

    /// A person named as a subject may be the "he" of the next sentence.
    private mutating func rememberNames(_ view: PieceView) {
        var last: Source?
        for index in view.range {
            guard !(isQuoted.indices.contains(index) && isQuoted[index]), let mention = marked.mention(at: index),
                mention.form == .name, let entity = marked.entity(of: mention), entity.kind == .person
            else { continue }
            if last == nil { last = source(of: entity, pieces: index..<index + 1) }
        }
        rememberBody(view)
        if let last, lastPerson == nil || !view.range.contains(lastPerson?.pieces.lowerBound ?? -1) {
            lastPerson = last
        }
    }

    /// An organisation that opens a sentence may be the "it" of the next one.
    private mutating func rememberBody(_ view: PieceView) {
        var index = view.range.lowerBound
        while let word = view.function(index), [.the, .a, .an].contains(word) { index += 1 }
        guard !(lastBody.map { view.range.contains($0.pieces.lowerBound) } ?? false),
            let mention = marked.mention(at: index),
            mention.form != .pronoun, let entity = marked.entity(of: mention),
            entity.kind == .organisation || entity.kind == .group,
            let phrase = marked.phrase(from: index, in: view)
        else { return }
        lastBody = source(of: phrase, view) ?? source(of: entity, pieces: index..<index + 1)
    }

    private func cue(at index: Int, _ view: PieceView, _ sentence: Int, notBefore: Int) -> Cue? {
        if view.function(index) == .according, view.function(index + 1) == .to {
            return according(index, view, sentence)
        }
        if isPuttingToll(index, view), let source = subject(before: index, view, notBefore: notBefore) {
            return Cue(
                sentence: sentence, verb: index, source: source, stance: .says,
                region: source.pieces.lowerBound..<index + 1, isInverted: false)
        }
        guard let stance = view.meaning(index).stance, marked.mention(at: index) == nil, !isNoun(index, view) else {
            return nil
        }
        if let cited = cited(index, view, sentence, stance) { return cited }
        if let source = subject(before: index, view, notBefore: notBefore) {
            return Cue(
                sentence: sentence, verb: index, source: source, stance: stance,
                region: source.pieces.lowerBound..<index + 1, isInverted: false)
        }
        if let source = inverted(after: index, view) {
            return Cue(
                sentence: sentence, verb: index, source: source, stance: stance,
                region: index..<source.pieces.upperBound,
                isInverted: true)
        }
        return nil
    }

    /// "put the death toll at 61".
    private func isPuttingToll(_ index: Int, _ view: PieceView) -> Bool {
        guard [.the, .a, .its, .their].contains(view.function(index + 1)),
            (index + 2..<index + 5).contains(where: {
                view.meaning($0).tags.contains(.tollNoun) || view.has($0, .casualties)
            })
        else { return false }
        return ["put", "puts", "putting"].contains(marked.text.text.string(view[index].range))
    }

    /// "a May report", "the claim", "increasing reports": a noun, not a verb.
    private func isNoun(_ index: Int, _ view: PieceView) -> Bool {
        if view.isHyphen(index - 1) || view.isHyphen(index + 1) { return true }
        // "the governor of Kogi state said": the noun before the verb.
        if view.meaning(index + 1).stance != nil, view.has(index + 1, .strongCue), view.function(index) != .said {
            return true
        }
        switch view.function(index - 1) {
        case .the, .a, .an, .his, .her, .their, .its, .this, .to, .of, .in, .for: return true
        case .that where view.function(index) != .said: return true
        default: break
        }
        if view.function(index + 1) == .of || view.function(index) == .report && !view[index - 1].isCapitalised {
            return view.function(index) != .said
        }
        return false
    }

    // MARK: Before the verb

    private func subject(before verb: Int, _ view: PieceView, notBefore: Int) -> Source? {
        var end = marked.beforeAuxiliaries(verb, in: view)
        if view.function(end - 1) == .who || view.function(end - 1) == .which || view.function(end - 1) == .that {
            end -= 1
        }
        // "Talal X, a spokesman for Y, told": the name stands before the commas.
        if view.isMark(end - 1, ",") || view.isMark(end - 1, ")") {
            if let name = beforeAside(end - 1, view) { return name }
            return nil
        }
        guard end > notBefore, end > view.range.lowerBound else { return nil }
        if let pronoun = pronoun(at: end - 1, view) { return pronoun }
        guard var phrase = marked.phrase(to: end, in: view) else { return nil }
        if isQuoted.indices.contains(end - 1), isQuoted[end - 1] { return nil }
        phrase = extended(phrase, view)
        return isPlaceBehindPreposition(phrase, view) ? nil : source(of: phrase, view)
    }

    /// "the mission in Mali said": Mali does not speak.
    private func isPlaceBehindPreposition(_ phrase: Range<Int>, _ view: PieceView) -> Bool {
        guard let mention = marked.mention(at: phrase.lowerBound), marked.entity(of: mention)?.kind == .place,
            marked.end(of: mention, from: phrase.lowerBound) >= phrase.upperBound
        else { return false }
        var before = phrase.lowerBound - 1
        if view.function(before) == .the { before -= 1 }
        return [.in, .at, .from, .of, .near, .for].contains(view.function(before))
    }

    /// "a spokesman for the ministry", "the head of X", "residents of Y in Z": back over prepositions to the noun.
    private func extended(_ phrase: Range<Int>, _ view: PieceView) -> Range<Int> {
        var first = phrase.lowerBound
        var rounds = 0
        while rounds < 3, first > view.range.lowerBound + 1 {
            var before = first - 1
            while before > view.range.lowerBound,
                [.the, .a, .an, .its, .their, .his, .her].contains(view.function(before))
            { before -= 1 }
            guard let word = view.function(before), [.of, .for, .at, .in, .from, .and, .with].contains(word),
                let outer = marked.phrase(to: before, in: view, limit: 6)
            else { break }
            let head = outer.upperBound - 1
            let isTitle = view.has(head, [.speakerNoun, .people]) || marked.mention(at: head) != nil && word != .in
            guard isTitle else { break }
            if word == .and, marked.mention(at: phrase.lowerBound)?.form == .name { break }
            first = outer.lowerBound
            rounds += 1
        }
        return first..<phrase.upperBound
    }

    private func beforeAside(_ comma: Int, _ view: PieceView) -> Source? {
        var index = comma - 1
        let opens: Unicode.Scalar = view.isMark(comma, ")") ? "(" : ","
        var steps = 0
        while index > view.range.lowerBound, steps < 24 {
            if view.isMark(index, opens) {
                if let pronoun = pronoun(at: index - 1, view) { return pronoun }
                if let named = namedInAside(index, comma, view) { return named }
                guard let phrase = marked.phrase(to: beforeBracket(index, view), in: view) else { return nil }
                let wide = extended(phrase, view)
                let found = isPlaceBehindPreposition(wide, view) ? nil : source(of: wide, view)
                // "X, a spokesman for Y," gives the role when the entity has none.
                guard let found, found.role == nil, found.isPerson,
                    let role = marked.phrase(from: index + 1, in: view, limit: 12)
                else { return found }
                let words = marked.words(view.textRange(role.lowerBound, through: comma - 1))
                return Source(
                    entity: found.entity, name: found.name, role: words, kind: found.kind, isPerson: true,
                    pieces: found.pieces)
            }
            if isQuoted.indices.contains(index), isQuoted[index] { return nil }
            if view.isMark(index, ".") && !view[index + 1].isGlued && view[index - 1].count > 3
                || view.isMark(index, ";")
            {
                return nil
            }
            index -= 1
            steps += 1
        }
        return nil
    }

    /// "The club (TKC), a charity, said": the index before a bracket that ends there.
    private func beforeBracket(_ end: Int, _ view: PieceView) -> Int {
        guard view.isMark(end - 1, ")") else { return end }
        var index = end - 2
        while index > view.range.lowerBound, end - index < 8 {
            if view.isMark(index, "(") { return index }
            index -= 1
        }
        return end
    }

    /// "His lawyer, Milan R., said", "the mission, MONUSCO, said": the aside is the name of what stands before it.
    private func namedInAside(_ open: Int, _ comma: Int, _ view: PieceView) -> Source? {
        guard view.isMark(open, ","), let mention = marked.mention(at: comma - 1),
            let entity = marked.entity(of: mention), entity.kind != .place, mention.form != .demonym,
            mention.form != .pronoun, !view[open - 1].isCapitalised || marked.mention(at: open - 1)?.entity != entity.id
        else { return nil }
        let start = marked.start(of: mention, from: comma - 1)
        let named = source(of: entity, pieces: open + 1..<comma)
        if entity.kind != .person { return start == open + 1 ? named : nil }
        // Before it stands a noun for a person, not another's name; in the aside nothing but an office.
        guard marked.mention(at: open - 1).flatMap({ marked.entity(of: $0) })?.kind != .person,
            !(open + 1..<start).contains(where: { [.of, .for, .at, .from, .a, .an].contains(view.function($0)) }),
            let outer = marked.phrase(to: open, in: view)
        else { return nil }
        let wide = extended(outer, view)
        return Source(
            entity: entity.id, name: entity.name, role: entity.role, kind: nil, isPerson: true,
            pieces: wide.lowerBound..<comma)
    }

    private func pronoun(at index: Int, _ view: PieceView) -> Source? {
        guard let word = view.function(index) else { return nil }
        let known: Source?
        switch word {
        case .he, .she:
            known = resolvedMention(index) ?? lastPerson
        case .it:
            known = resolvedMention(index) ?? lastBody
        case .they: known = resolvedMention(index) ?? lastBody ?? lastPerson
        case .i, .we: known = nil
        default: return nil
        }
        if let known {
            return Source(
                entity: known.entity, name: known.name, role: known.role, kind: known.kind, isPerson: known.isPerson,
                pieces: index..<index + 1)
        }
        guard word != .it else { return nil }
        return Source(
            entity: nil, name: marked.text.text.string(view[index].range), role: nil, kind: nil,
            isPerson: word != .they, pieces: index..<index + 1)
    }

    private func resolvedMention(_ index: Int) -> Source? {
        guard let mention = marked.mention(at: index), mention.form == .pronoun, let entity = marked.entity(of: mention)
        else { return nil }
        return source(of: entity, pieces: index..<index + 1)
    }

    // MARK: After the verb

    /// "said Okafor", "said a spokesman for Y"; only where something said stands before.
    private func inverted(after verb: Int, _ view: PieceView) -> Source? {
        let before = view[verb - 1]
        let afterSpeech =
            verb == view.range.lowerBound
            || before.kind == .mark && [0x2C, 0x22, 0x27, 0x3F, 0x21].contains(before.mark)
        guard afterSpeech || isQuoted.indices.contains(verb - 1) && isQuoted[verb - 1] else { return nil }
        if let pronoun = pronoun(at: verb + 1, view) { return pronoun }
        guard let phrase = marked.phrase(from: verb + 1, in: view, limit: 8), !isSubject(phrase, view) else {
            return nil
        }
        // A title leads to the name in or right after it: "said the mayor, Ana Ruiz".
        if let name = namedAfter(phrase, view) { return name }
        let wide = prolonged(phrase, view)
        return source(of: wide, view)
            ?? Source(
                entity: nil, name: marked.words(wide, in: view), role: nil, kind: nil, isPerson: false, pieces: wide)
    }

    /// "…, said 12 patients had died": what stands behind the verb has a verb of its own.
    private func isSubject(_ phrase: Range<Int>, _ view: PieceView) -> Bool {
        let next = phrase.upperBound
        if [.was, .were, .has, .have, .had, .is, .are, .will, .would, .could, .may, .might].contains(
            view.function(next))
        {
            return true
        }
        return view.isWord(next) && marked.isVerb(view, next) && view.meaning(next).stance == nil
            && view.function(next) == nil
    }

    private func namedAfter(_ phrase: Range<Int>, _ view: PieceView) -> Source? {
        guard view.has(phrase.upperBound - 1, [.speakerNoun, .people]), view.isMark(phrase.upperBound, ","),
            let mention = marked.mention(at: phrase.upperBound + 1), let entity = marked.entity(of: mention),
            entity.kind == .person
        else { return nil }
        let end = marked.end(of: mention, from: phrase.upperBound + 1)
        return source(of: entity, pieces: phrase.lowerBound..<end)
    }

    /// "a spokesman for the ministry": on over prepositions.
    private func prolonged(_ phrase: Range<Int>, _ view: PieceView) -> Range<Int> {
        guard let word = view.function(phrase.upperBound), [.of, .for, .at, .from].contains(word),
            marked.mention(at: phrase.upperBound - 1)?.form != .name || view.has(phrase.upperBound - 1, .speakerNoun),
            let inner = marked.phrase(from: phrase.upperBound + 1, in: view, limit: 5)
        else { return phrase }
        return phrase.lowerBound..<inner.upperBound
    }

    private func according(_ index: Int, _ view: PieceView, _ sentence: Int) -> Cue? {
        guard let phrase = marked.phrase(from: index + 2, in: view, limit: 9),
            let source = source(of: prolonged(phrase, view), view)
        else { return nil }
        return Cue(
            sentence: sentence, verb: index, source: source, stance: .says, region: index..<source.pieces.upperBound,
            isInverted: true)
    }

    /// "a statement cited X, the commander, as saying", "X was quoted as saying".
    private func cited(_ index: Int, _ view: PieceView, _ sentence: Int, _ stance: Attribution.Stance) -> Cue? {
        guard view.function(index) == .saying, view.function(index - 1) == .as else { return nil }
        var verb = index - 2
        while verb >= view.range.lowerBound, index - verb < 24 {
            if view.function(verb) == .quoted || view.function(verb) == .cited || view.function(verb) == .citing {
                if let phrase = marked.phrase(from: verb + 1, in: view, limit: 8), phrase.upperBound <= index - 1,
                    let source = citedSource(phrase, view, until: index - 1)
                {
                    return Cue(
                        sentence: sentence, verb: index, source: source, stance: .says,
                        region: citingStart(verb, view)..<index + 1, isInverted: false)
                }
                guard let source = subject(before: verb, view, notBefore: view.range.lowerBound) else { return nil }
                return Cue(
                    sentence: sentence, verb: index, source: source, stance: .says,
                    region: source.pieces.lowerBound..<index + 1, isInverted: false)
            }
            verb -= 1
        }
        return nil
    }

    private func citingStart(_ verb: Int, _ view: PieceView) -> Int {
        marked.phrase(to: marked.beforeAuxiliaries(verb, in: view), in: view)?.lowerBound ?? verb
    }

    private func citedSource(_ phrase: Range<Int>, _ view: PieceView, until end: Int) -> Source? {
        guard let found = source(of: phrase, view) else { return nil }
        guard found.role == nil, view.isMark(phrase.upperBound, ","),
            let role = marked.phrase(from: phrase.upperBound + 1, in: view, limit: 12), role.upperBound <= end
        else { return found }
        return Source(
            entity: found.entity, name: found.name, role: marked.words(role, in: view), kind: found.kind,
            isPerson: found.isPerson, pieces: found.pieces)
    }

    // MARK: From words to an entity

    private func source(of entity: Entity, pieces: Range<Int>, kind: String? = nil) -> Source {
        Source(
            entity: entity.id, name: entity.name, role: entity.role, kind: kind, isPerson: entity.kind == .person,
            pieces: pieces)
    }

    /// The source that a phrase names: its last name when that is the head, else the words as they stand.
    private func source(of phrase: Range<Int>, _ view: PieceView) -> Source? {
        let head = phrase.upperBound - 1
        let kind = sourceKind(phrase, view)
        if let mention = marked.mention(at: head), let entity = marked.entity(of: mention), mention.form != .demonym {
            let start = marked.start(of: mention, from: head)
            let joined =
                start > phrase.lowerBound
                && (phrase.lowerBound..<start).contains { [.of, .for, .at, .from, .in].contains(view.function($0)) }
            if !joined || entity.kind == .person && mention.form == .name && !joined {
                return source(of: entity, pieces: phrase, kind: kind)
            }
            // "X of the ministry said": a person before the preposition.
            if let named = personIn(phrase, view) { return source(of: named, pieces: phrase) }
            if mention.form == .pronoun || mention.form == .description, start <= phrase.lowerBound {
                return source(of: entity, pieces: phrase, kind: kind)
            }
        } else if let named = personIn(phrase, view), !view.has(head, [.speakerNoun, .people]) {
            return source(of: named, pieces: phrase)
        }
        guard view.has(phrase.lowerBound, [.speakerNoun, .people]) || phrase.contains(where: { isSpeaker($0, view) })
        else { return nil }
        if phrase.count == 1, view[head].isCapitalised, let named = bySurname(view[head].range) {
            return source(of: named, pieces: phrase)
        }
        let isPlural = marked.text.text.bytes[view[head].range.upper - 1] == UInt8(ascii: "s")
        let isPerson = phrase.contains { view.has($0, [.people, .speakerNoun]) } && !isPlural && kind == nil
        return Source(
            entity: nil, name: marked.words(phrase, in: view), role: nil, kind: kind, isPerson: isPerson, pieces: phrase
        )
    }

    /// The person whose name ends in these words, where no mention was marked.
    private func bySurname(_ range: TextRange) -> Entity? {
        let word = marked.text.text.string(range)
        return marked.entities.prefix(300).first { $0.kind == .person && $0.name.hasSuffix(" " + word) }
    }

    private func isSpeaker(_ index: Int, _ view: PieceView) -> Bool {
        view.has(index, [.speakerNoun, .people]) || marked.mention(at: index) != nil || view[index].isCapitalised
    }

    private func personIn(_ phrase: Range<Int>, _ view: PieceView) -> Entity? {
        for index in phrase {
            if let mention = marked.mention(at: index), mention.form == .name, let entity = marked.entity(of: mention),
                entity.kind == .person
            {
                return entity
            }
        }
        return nil
    }

    private func sourceKind(_ phrase: Range<Int>, _ view: PieceView) -> String? {
        var best: String?
        for index in phrase where view.meaning(index).sourceKind > 0 {
            let kind = marked.reading.words.name(view.meaning(index).sourceKind)
            if best == nil || kind.utf8.count > best?.utf8.count ?? 0 { best = kind }
        }
        return best
    }
}

/// Every verb of saying with its source, in text order.
func findCues(in marked: MarkedReading, isQuoted: [Bool]) -> [Cue] {
    var finder = SourceFinder(marked: marked, isQuoted: isQuoted)
    var found: [Cue] = []
    for sentence in marked.reading.sentences.indices where marked.isRunningText(sentence) {
        found.append(contentsOf: finder.cues(sentence))
    }
    return found
}
