// Bodies that have no name of their own ("the US-led coalition") and what stands for a name later ("the coalition", "he").

/// Finds descriptions and pronouns.
struct Descriptions {
    let reading: Reading

    /// What a body is for, between the nationality and the noun: "foreign ministry", "human rights office".
    private static let fields: Set<String> = [
        "military", "international", "armed", "ruling", "security", "foreign", "defence", "defense", "interior",
        "human", "rights", "health", "finance", "justice", "refugee", "food", "space", "intelligence", "nuclear",
        "election", "electoral", "central", "supreme", "state", "news", "energy", "education", "oil", "home", "weather",
    ]

    private var words: [String] { reading.text.words }

    /// "US-led coalition", "Syrian army": a modifier with a capital and a small-letter noun for a body.
    func bodies(besides names: [Name]) -> [Name] {
        var found: [Name] = []
        let taken = Set(names.filter { $0.kind != .group && $0.count > 1 }.map(\.last))
        for (index, sentence) in reading.text.sentences.enumerated() where !reading.isShouted[index] {
            for token in sentence.tokens where !reading.isCapital[token] && reading.lists[token].contains(.collectives)
            {
                guard let strength = reading.lexicon.value(words[token], in: .collectives),
                    let first = bodyStart(token, isStrong: strength.hasPrefix("strong"), sentence),
                    strength != "descriptor", !taken.contains(first)
                else { continue }
                var name = Name(
                    first: first, last: token, sentence: index, range: reading.text.range(first, through: token),
                    key: reading.key(first, token))
                name.kind = .organisation
                found.append(name)
            }
        }
        return found
    }

    /// The first modifier: a hyphenated one ("US-led") or a nationality, at most one small word between.
    private func bodyStart(_ noun: Int, isStrong: Bool, _ sentence: Sentence) -> Int? {
        var token = noun - 1
        while token > sentence.tokens.lowerBound, noun - token < 3, !reading.isCapital[token],
            Descriptions.fields.contains(words[token])
        {
            token -= 1
        }
        guard isStrong || token < noun - 1 else { return nil }
        guard token >= sentence.tokens.lowerBound, reading.isCapital[token] else { return nil }
        let isModifier = words[token].contains("-") && (words[token].hasSuffix("ed") || words[token].hasSuffix("-run"))
        let isNation =
            reading.lists[token].contains(.demonyms)
            || ["un", "eu", "nato"].contains(words[token])
            || reading.lexicon.gazetteer.entries(named: reading.text.string(token)).contains { $0.kind == .country }
        guard isModifier || isNation else { return nil }
        return token
    }

    /// "the coalition" for the only body whose name ends so.
    func shortForms(of bodies: [(last: String, entity: Int)], besides taken: Set<Int>) -> [Mention] {
        var owners: [String: Int] = [:]
        for body in bodies {
            owners[body.last] = owners[body.last] == nil || owners[body.last] == body.entity ? body.entity : 0
        }
        guard !owners.isEmpty else { return [] }
        var found: [Mention] = []
        for (index, sentence) in reading.text.sentences.enumerated() {
            for token in sentence.tokens.dropFirst() where words[token - 1] == "the" && !taken.contains(token) {
                guard let owner = owners[words[token]], owner > 0 else { continue }
                found.append(
                    Mention(range: reading.text.tokens[token].range, sentence: index, entity: owner, form: .description)
                )
            }
        }
        return found
    }

    /// Who "he" and "she" are: the nearest person before whose given name or title does not speak against it.
    func pronouns(persons: [(range: TextRange, entity: Int)], gender: [Int: Character]) -> [Mention] {
        guard !persons.isEmpty else { return [] }
        var found: [Mention] = []
        var seen = 0
        for (index, sentence) in reading.text.sentences.enumerated() {
            for token in sentence.tokens {
                let range = reading.text.tokens[token].range
                while seen < persons.count, persons[seen].range < range { seen += 1 }
                guard let wanted = pronounGender(words[token]) else { continue }
                let near = persons[max(0, seen - 12)..<seen].reversed()
                guard let person = near.first(where: { gender[$0.entity] ?? wanted == wanted }),
                    range.lower - person.range.upper < 1200
                else { continue }
                found.append(Mention(range: range, sentence: index, entity: person.entity, form: .pronoun))
            }
        }
        return found
    }

    private func pronounGender(_ word: String) -> Character? {
        switch word {
        case "he", "him", "his", "himself": "m"
        case "she", "her", "hers", "herself": "f"
        default: nil
        }
    }
}
