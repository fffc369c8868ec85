// What speaks for a person, an organisation or a place: the name's own words, and the words around each mention.

/// Weighs what kind of thing a name names.
struct NameEvidence {
    let reading: Reading

    /// What the name itself says.
    func ofWords(_ name: Name) -> Evidence {
        var evidence = Evidence()
        let last = reading.lists[name.last]
        if name.known != nil { evidence.organisation += 6 }
        addHeads(name, to: &evidence)
        let given = reading.lists[name.first].contains(.givenNames)
        if given { evidence.person += name.count > 1 ? 4 : 1.6 }
        if name.count > 1, name.count < 4, evidence.organisation < 1,
            last.subtracting(WordLists(.givenNames)).isEmpty
        {
            evidence.person += 1.2
        }
        if hasInitial(name) { evidence.person += 3 }
        if name.form == .acronym, name.count == 1 { evidence.organisation += 2.5 }
        if hasParticle(name) { evidence.person += 2 }
        addPlaces(name, to: &evidence)
        if name.count == 1, name.known == nil, name.form != .acronym {
            let isHead = last.contains(.organisationHeads)
            if last.contains(.everyday), !isHead, !given {
                evidence.organisation -= 1.5
                evidence.person -= 1
            } else if !isHead {
                evidence.person += reading.inside.contains(reading.text.tokens[name.first].hash) ? 0.5 : 0.25
            }
        }
        return evidence
    }

    private func addHeads(_ name: Name, to evidence: inout Evidence) {
        let lexicon = reading.lexicon
        if let head = lexicon.value(reading.words[name.last], in: .organisationHeads) {
            if name.count > 1 {
                evidence.organisation += head == "weak" ? 2.6 : 5
            } else if head != "weak" {
                evidence.organisation += 1.8
            }
        }
        if name.count > 1, !reading.lists[name.first].contains(.givenNames), opensWithCountry(name) {
            evidence.organisation += 1.5
            evidence.person -= 2
        }
        if name.count > 1, ["radio", "tv", "television", "channel"].contains(reading.words[name.first]) {
            evidence.organisation += 6
        }
        if name.count > 2, lexicon.contains(reading.words[name.first], in: .organisationHeads),
            (name.first...name.last).contains(where: { ["of", "for", "and"].contains(reading.words[$0]) })
        {
            evidence.organisation += 5
        } else if name.count > 2,
            (name.first..<name.last).contains(where: {
                reading.lists[$0].contains(.organisationHeads) && ["of", "for", "on"].contains(reading.words[$0 + 1])
            })
        {
            evidence.organisation += 4
        }
        let ends = [name.first, name.last]
        if name.count > 1, ends.contains(where: { lexicon.value(reading.words[$0], in: .placeKinds) == "place" }) {
            evidence.place += 4
        }
        if name.count > 1, lexicon.value(reading.words[name.last], in: .placeKinds) == "facility" {
            evidence.place += 4.5
        }
    }

    private func addPlaces(_ name: Name, to evidence: inout Evidence) {
        var best = 0.0
        for entry in reading.lexicon.gazetteer.entries(named: placeName(name)) {
            switch entry.kind {
            case .country: best = max(best, 7)
            case .region: best = max(best, 5)
            case .city:
                let weight =
                    entry.thousands >= 1000 ? 5 : entry.thousands >= 200 ? 3.5 : entry.thousands >= 80 ? 2.4 : 1.2
                best = max(best, weight)
            }
        }
        evidence.place += best
    }

    /// "Sudan Monitor", "Kenya Airways".
    private func opensWithCountry(_ name: Name) -> Bool {
        reading.lexicon.gazetteer.entries(named: reading.text.string(name.first)).contains { $0.kind == .country }
    }

    /// A name as the gazetteer writes it: "BEIRUT" is tried as "Beirut" too.
    func placeName(_ name: Name) -> String {
        let surface = reading.text.text.string(name.range)
        guard name.form == .acronym, name.range.count > 3, !reading.lexicon.gazetteer.contains(surface) else {
            return surface
        }
        return titled(surface)
    }

    private func hasInitial(_ name: Name) -> Bool {
        guard name.count > 1 else { return false }
        return (name.first..<name.last).contains {
            reading.text.tokens[$0].range.count == 2 && reading.words[$0].hasSuffix(".")
        }
    }

    private func hasParticle(_ name: Name) -> Bool {
        if name.count == 1 { return reading.words[name.first].hasPrefix("al-") }
        return (name.first...name.last).contains {
            ["bin", "ibn", "van", "von", "abu", "abdul", "abdel"].contains(reading.words[$0])
                || reading.words[$0].hasPrefix("al-")
        }
    }

    /// What the words around a mention say.
    func ofContext(_ name: Name) -> Evidence {
        var evidence = Evidence()
        let sentence = reading.text.sentences[name.sentence]
        if name.title != nil { evidence.person += 5 }
        let before = name.first - 1
        if before >= sentence.tokens.lowerBound { addBefore(before, sentence, name, to: &evidence) }
        let after = name.last + 1
        if after < sentence.tokens.upperBound { addAfter(after, sentence, to: &evidence) }
        return evidence
    }

    private func addBefore(_ token: Int, _ sentence: Sentence, _ name: Name, to evidence: inout Evidence) {
        let word = reading.words[token]
        switch word {
        case "in": evidence.place += 1.6
        case "near", "off", "outside", "across", "into", "around", "towards", "toward": evidence.place += 1.4
        case "from", "to", "at": evidence.place += 0.5
        case "the":
            evidence.organisation += 0.8
            evidence.person -= 2
        case "of" where token - 1 >= sentence.tokens.lowerBound:
            let noun = reading.words[token - 1]
            if ["noun", "place"].contains(reading.lexicon.value(noun, in: .placeKinds)), !reading.isCapital[token - 1] {
                evidence.place += 3.5
            }
            if ["members", "member", "leader", "head", "director", "ranks"].contains(noun) {
                evidence.organisation += 1
            }
        case "for" where token - 1 >= sentence.tokens.lowerBound:
            if reading.lists[token - 1].contains(.roles) { evidence.organisation += 1.5 }
        case "mr", "mrs", "ms", "dr": evidence.person += 4
        default: break
        }
        if reading.lists[token].contains(.roles), !reading.isCapital[token] { evidence.person += 2.5 }
        if reading.lexicon.value(word, in: .collectives)?.hasSuffix("descriptor") ?? false {
            evidence.organisation += 3
            if !reading.lists[token].contains(.roles) { evidence.person -= 2 }
        }
        if reading.lexicon.value(word, in: .placeKinds) == "direction", !reading.isCapital[token] {
            evidence.place += 2.5
        }
        _ = name
    }

    private func addAfter(_ token: Int, _ sentence: Sentence, to evidence: inout Evidence) {
        let word = reading.words[token]
        let next = token + 1 < sentence.tokens.upperBound ? reading.words[token + 1] : ""
        if reading.lists[token].contains(.speechVerbs) { evidence.person += 1.2 }
        if word == "who" || (word == "," && next == "who") { evidence.person += 2.5 }
        if word == ",", token + 1 < sentence.tokens.upperBound, reading.text.tokens[token + 1].kind == .number,
            token + 2 < sentence.tokens.upperBound, reading.words[token + 2] == ","
        {
            evidence.person += 3
        }
        if word == "'s" { evidence.person += 0.2 }
        if ["province", "district", "region", "governorate", "county", "state", "city", "airport", "valley"].contains(
            word)
        {
            evidence.place += 2
        }
        if reading.isSite(token) { evidence.place += 3 }
        if let kind = reading.lexicon.value(word, in: .collectives), kind != "descriptor", !reading.isCapital[token] {
            evidence.organisation += kind.hasPrefix("weak") ? 1 : 0.3
        }
        if reading.lists[token].contains(.roles), !reading.isCapital[token] { evidence.organisation += 0.9 }
        if ["shares", "employees", "executives", "subsidiary", "members", "group"].contains(word) {
            evidence.organisation += 1.5
        }
    }
}
