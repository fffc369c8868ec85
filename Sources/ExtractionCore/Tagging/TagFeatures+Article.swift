// Features that come from more than a token's neighbours: what the article says of its word elsewhere, what the article is
// about, and the chain of words it stands in.

extension TagFeatures {
    /// Calls back with the features that all tokens with the same word and rule share: nothing when the word is never
    /// capitalised.
    @inline(__always)
    func eachOfWord(_ here: TokenTraits.Trait, _ take: (UInt64) -> Void) {
        guard here.run >= 0, let context = traits.contexts.all[here.word] else { return }
        func addEach(_ template: UInt64, _ set: UInt64, _ other: UInt64) {
            var left = set
            while left != 0 {
                take(mix(template &+ 1, other << 8 | UInt64(left.trailingZeroBitCount)))
                left &= left - 1
            }
        }
        let rule = UInt64(here.rule)
        addEach(80, UInt64(context.cues), 0)
        addEach(81, UInt64(context.cues), rule)
        addEach(82, UInt64(context.farCues), 0)
        addEach(83, UInt64(context.farCues), rule)
        addEach(84, context.followers.rawValue, rule)
    }

    /// In sport, and in the rows of tables, towns and countries are sides.
    @inline(__always)
    func addSport(
        _ here: TokenTraits.Trait, _ before: TokenTraits.Trait, _ after: TokenTraits.Trait, isRow: Bool,
        _ take: (UInt64) -> Void
    ) {
        let sport = UInt64(traits.sport) << 1 | (isRow ? 1 : 0)
        guard sport != 0 else { return }
        let rule = UInt64(here.rule)
        take(mix(86, mix(sport, UInt64(here.gazetteer.rawValue))))
        take(mix(87, mix(mix(sport, before.shape), mix(rule, after.shape))))
        take(mix(88, mix(sport, rule)))
        take(mix(89, mix(sport, here.shape)))
        take(mix(90, mix(mix(sport, rule), before.word)))
        take(mix(91, mix(mix(sport, rule), after.word)))
    }

    @inline(__always)
    func addChain(
        _ chain: ChainPlace, _ here: TokenTraits.Trait, _ after: TokenTraits.Trait, _ take: (UInt64) -> Void
    ) {
        guard chain.isChain else { return }
        let state = mix(UInt64(chain.links) << 2 | (chain.isEnded ? 1 : 0) | (chain.head != 0 ? 2 : 0), chain.link)
        take(mix(92, mix(chain.head, chain.link)))
        take(mix(93, state))
        take(mix(94, mix(state, UInt64(here.rule))))
        take(mix(95, mix(state, after.shape)))
    }
}
