// The features of the name tagger: templates filled with the traits of a token and its neighbours, each a hash.

/// Gives the features of tokens.
struct TagFeatures {
    let traits: TokenTraits
    /// Which templates are used: bit n stands for template n.
    let templates: UInt64
    /// What the pass before found; nil in the first.
    var firstPass: FirstPass?

    private static let edge = TokenTraits.Trait()

    /// Calls back with the hash of every feature of a token.
    @inline(__always)
    func each(_ token: Int, of sentence: Sentence, at index: Int, _ take: (UInt64) -> Void) {
        let all = traits.all
        let range = sentence.tokens
        func trait(_ offset: Int) -> TokenTraits.Trait {
            range.contains(token + offset) ? all[token + offset] : TagFeatures.edge
        }
        func add(_ template: UInt64, _ value: UInt64) {
            if templates & (1 << template) != 0 { take(mix(template &+ 1, value)) }
        }
        let here = trait(0)
        let before = trait(-1)
        let after = trait(1)
        let before2 = trait(-2)
        let after2 = trait(2)
        add(0, 0)
        add(1, here.word)
        add(2, before.word)
        add(3, after.word)
        add(4, before2.word)
        add(5, after2.word)
        add(6, here.shape)
        add(7, before.shape)
        add(8, after.shape)
        add(9, mix(before2.shape, before.shape))
        add(10, mix(after.shape, after2.shape))
        add(11, here.exact)
        add(12, here.form)
        addAffixes(token, add)
        add(21, mix(before.word, here.word))
        add(22, mix(here.word, after.word))
        add(23, mix(before.shape, here.shape))
        add(24, mix(here.shape, after.shape))
        add(25, mix(mix(before.shape, here.shape), after.shape))
        addLists(here, before, after, add)
        add(32, UInt64(here.gazetteer.rawValue))
        add(33, UInt64(before.gazetteer.rawValue))
        add(34, UInt64(after.gazetteer.rawValue))
        let rule = UInt64(here.rule)
        add(35, rule)
        add(36, rule << 8 | UInt64(before.rule))
        add(37, rule << 8 | UInt64(after.rule))
        add(38, mix(rule, here.word))
        add(39, mix(rule, here.shape))
        add(41, mix(rule, here.lists.rawValue))
        add(42, mix(rule, before.word))
        add(43, mix(rule, after.word))
        let words = UInt64(before.nameWord) << 4 | UInt64(here.nameWord) << 2 | UInt64(after.nameWord)
        add(63, mix(words, here.shape))
        add(40, mix(UInt64(here.nameWord), rule))
        let document = UInt64(here.document.rawValue)
        add(44, mix(document, here.shape))
        add(45, mix(document, rule))
        let place = UInt64(here.place) | (traits.isSloppy ? 8 : 0)
        add(46, mix(place, here.shape))
        add(47, mix(place, rule))
        add(48, mix(mix(place, document), here.shape))
        add(49, mix(kind(of: sentence), rule))
        addSport(here, before, after, isRow: traits.isRow[index], take)
        addChain(traits.chains[token], here, after, take)
        if here.run >= 0 { addRun(traits.runs[Int(here.run)], here, add) }
        if let firstPass { addFirstPass(firstPass, token, range, here, before, after, take) }
        if here.name >= 0 { addName(traits.names[Int(here.name)], token, range, add) }
    }

    private func kind(of sentence: Sentence) -> UInt64 {
        switch traits.reading.text.article.blocks[sentence.block].kind {
        case .heading: 1
        case .paragraph: 2
        case .caption: 3
        case .quote: 4
        case .listItem: 5
        }
    }

    @inline(__always)
    private func addAffixes(_ token: Int, _ add: (UInt64, UInt64) -> Void) {
        let range = traits.reading.text.tokens[token].range
        var prefix = FNV.start
        var suffix = FNV.start
        for length in 1...4 where length <= range.count {
            prefix = FNV.next(prefix, folded(traits.reading.text.text[range.lower + length - 1]))
            suffix = FNV.next(suffix, folded(traits.reading.text.text[range.upper - length]))
            add(12 + UInt64(length), prefix)
            add(16 + UInt64(length), suffix)
        }
    }

    @inline(__always)
    private func addLists(
        _ here: TokenTraits.Trait, _ before: TokenTraits.Trait, _ after: TokenTraits.Trait,
        _ add: (UInt64, UInt64) -> Void
    ) {
        func addEach(_ template: UInt64, _ lists: WordLists) {
            var left = lists.rawValue
            while left != 0 {
                add(template, UInt64(left.trailingZeroBitCount))
                left &= left - 1
            }
        }
        addEach(26, here.lists)
        addEach(27, before.lists)
        addEach(28, after.lists)
        add(29, mix(here.lists.rawValue, here.shape))
        add(30, mix(before.lists.rawValue, here.lists.rawValue))
        add(31, mix(here.lists.rawValue, after.lists.rawValue))
    }

    @inline(__always)
    private func addRun(_ run: TokenTraits.Run, _ here: TokenTraits.Trait, _ add: (UInt64, UInt64) -> Void) {
        let length = UInt64(min(run.length, 6))
        let isFirst: UInt64 = run.first == here.word ? 1 : 0
        let isLast: UInt64 = run.last == here.word ? 1 : 0
        add(50, length << 2 | isFirst << 1 | isLast)
        add(51, mix(isFirst, run.first))
        add(52, mix(isLast, run.last))
    }

    @inline(__always)
    private func addFirstPass(
        _ first: FirstPass, _ token: Int, _ range: Range<Int>, _ here: TokenTraits.Trait,
        _ before: TokenTraits.Trait, _ after: TokenTraits.Trait, _ take: (UInt64) -> Void
    ) {
        func add(_ template: UInt64, _ value: UInt64) { take(mix(template &+ 1, value)) }
        let label = UInt64(first.labels[token].rawValue)
        let labelBefore = token > range.lowerBound ? UInt64(first.labels[token - 1].rawValue) : 8
        let labelAfter = token + 1 < range.upperBound ? UInt64(first.labels[token + 1].rawValue) : 8
        let vote = first.vote(here.word)
        let longest = first.longest(here.word)
        add(64, label)
        add(65, label << 8 | labelBefore)
        add(66, label << 8 | labelAfter)
        add(67, vote)
        add(68, mix(vote, label))
        add(69, longest)
        add(70, mix(longest, label))
        add(71, mix(first.vote(before.word), label))
        add(72, mix(first.vote(after.word), label))
        add(73, mix(longest, first.longest(after.word)))
        add(74, mix(longest, first.longest(before.word)))
        add(75, mix(mix(vote, UInt64(here.rule)), here.shape))
        add(76, mix(label, here.word))
    }

    /// What the rules' name says as a whole, and what stands around it.
    @inline(__always)
    private func addName(
        _ name: TokenTraits.RuledName, _ token: Int, _ range: Range<Int>, _ add: (UInt64, UInt64) -> Void
    ) {
        let all = traits.all
        let rule = UInt64(all[token].rule)
        let before = name.first > range.lowerBound ? all[name.first - 1] : TagFeatures.edge
        let after = name.last + 1 < range.upperBound ? all[name.last + 1] : TagFeatures.edge
        let length = UInt64(min(name.last - name.first + 1, 6))
        add(40, rule << 16 | UInt64(name.margin) << 8 | UInt64(name.strength))
        add(53, mix(rule, all[name.last].word))
        add(54, mix(rule, all[name.first].word))
        add(55, rule << 4 | length)
        add(56, mix(rule, before.word))
        add(57, mix(rule, after.word))
        add(58, mix(mix(rule, before.word), after.word))
        add(59, mix(rule, before.lists.rawValue))
        add(60, mix(rule, after.lists.rawValue))
        let before2 = name.first - 1 > range.lowerBound ? all[name.first - 2].word : 0
        let after2 = name.last + 2 < range.upperBound ? all[name.last + 2].word : 0
        add(61, mix(mix(rule, before2), before.word))
        add(62, mix(mix(rule, after.word), after2))
    }
}
