// What stands around an article's text on its page: the standfirst above it, the wall below it, the entries in it.

/// Finds the standfirst, a paywall and the entries of a live blog among the blocks of a page.
struct PageDetails {
    let page: PageBlocks
    let main: MainText
    let facts: PageFacts

    // MARK: standfirst

    private static let standfirstWords = 6...70
    /// Blocks between the headline and the article.
    private static let reach = 12

    /// A short text of its own between headline and article that is named for one, or that the page describes itself by.
    var standfirst: String? {
        guard let first = main.kept.first else { return nil }
        let start = main.headline.map { $0 + 1 } ?? max(0, first - 4)
        guard start < first, first - start <= PageDetails.reach else { return nil }
        let description = TitleWords(facts.description ?? "")
        return (start..<first).first { index in
            let block = page.blocks[index]
            guard PageDetails.standfirstWords.contains(block.words), block.linkShare < 0.3, block.kind != .caption,
                !block.isHidden, !PhotoCredit.ends(page.text, block.range)
            else { return false }
            let overlap = description.overlap(page.words.hashes[block.wordRange])
            return main.places.isNamed(index, for: PageDetails.names) || overlap.ofBlock > 0.75 && overlap.ofTitle > 0.6
        }.map { String(decoding: page.text[page.blocks[$0].range], as: UTF8.self) }
    }

    private static let names = PagePlaces.index(
        of:
            "standfirst dek deck lead lede intro subtitle subhead subheadline summary excerpt kicker strapline teaser chapo"
    )

    // MARK: paywall

    private static let mostWords = 350

    /// What the page says of itself; else a wall right below a short text.
    var isPaywalled: Bool? {
        if let stated = facts.isPaywalled { return stated }
        guard let last = main.kept.last else { return nil }
        let words = main.kept.reduce(0) { $0 + page.blocks[$1].words }
        guard words < PageDetails.mostWords else { return nil }
        for block in page.blocks[last..<min(page.blocks.count, last + 10)] where block.words <= 60 {
            if PageDetails.walls.contains(where: { ASCII.find($0, in: page.text, block.range) != nil }) { return true }
        }
        return nil
    }

    /// How walls speak, in small letters.
    private static let walls = [
        "subscribe to read", "subscribe to continue", "subscribe now to", "to continue reading", "to keep reading",
        "already a subscriber", "for subscribers", "subscribers only", "subscriber-only", "become a member to read",
        "register to read", "sign in to read", "log in to read", "nur für abonnenten", "weiterlesen mit",
        "jetzt abonnieren und",
        "réservé aux abonnés", "abonnez-vous pour", "solo para suscriptores", "suscríbete para", "para assinantes",
        "per gli abbonati", "alleen voor abonnees", "tylko dla prenumeratorów",
    ].map { Array($0.utf8) }

    // MARK: live blogs

    private static let leastEntries = 4

    /// Entries begin at short lines with a time of the day. `ranges` are those of the kept blocks in the text.
    func liveEntries(_ ranges: [TextRange], isLive: Bool) -> [ArticleDetails.LiveEntry] {
        guard let first = main.kept.first, let last = main.kept.last, ranges.count == main.kept.count else { return [] }
        let starts = (max(0, first - 3)...last).compactMap { index in
            time(in: page.blocks[index], allowsPoint: isLive).map { (index, $0) }
        }
        guard starts.count >= (isLive ? 2 : PageDetails.leastEntries), isOrdered(starts.map(\.1)) else { return [] }
        // A list of links with times, such as a forum's, is no live blog.
        let prose = main.kept.reduce(0) { $0 + ($1 >= starts[0].0 && page.blocks[$1].prose > 0 ? 1 : 0) }
        guard isLive || prose * 2 >= starts.count else { return [] }
        var entries: [ArticleDetails.LiveEntry] = []
        for (number, start) in starts.enumerated() {
            let end = number + 1 < starts.count ? starts[number + 1].0 : last + 1
            let own = main.kept.indices.filter { main.kept[$0] >= start.0 && main.kept[$0] < end }
            guard let head = own.first, let tail = own.last else { continue }
            let heading = own.first { page.blocks[main.kept[$0]].kind == .heading && main.kept[$0] != start.0 }
            entries.append(
                ArticleDetails.LiveEntry(
                    time: start.1,
                    heading: heading.map {
                        String(decoding: page.text[page.blocks[main.kept[$0]].range], as: UTF8.self)
                    },
                    range: TextRange(ranges[head].lower, ranges[tail].upper)))
        }
        return entries.count >= (isLive ? 2 : PageDetails.leastEntries) ? entries : []
    }

    /// Entries stand in the order of their times, the newest first or last; a day may turn once.
    private func isOrdered(_ times: [String]) -> Bool {
        let minutes = times.map { time in
            let numbers = time.utf8.prefix(5).split { !ASCII.isDigit($0) }.map { number(Array($0)[...]) }
            return (numbers.first ?? 0) * 60 + (numbers.dropFirst().first ?? 0)
        }
        let steps = zip(minutes, minutes.dropFirst()).map { $1 - $0 }
        return steps.count { $0 < 0 } <= 1 + steps.count / 10 || steps.count { $0 > 0 } <= 1 + steps.count / 10
    }

    /// The time of the day that a short line begins with: "14:05", "2:05 pm", "14h05"; "14.05" only where the page says
    /// that it is live, since prices look like it.
    private func time(in block: PageBlock, allowsPoint: Bool) -> String? {
        guard block.words <= 6, block.range.count >= 4, !block.isInTable else { return nil }
        let words = page.text[block.range]
        let hour = words.prefix(3).prefix(while: ASCII.isDigit)
        let mark = words.dropFirst(hour.count).first
        let minute = words.dropFirst(hour.count + 1).prefix(3).prefix(while: ASCII.isDigit)
        guard (1...2).contains(hour.count), minute.count == 2, let mark,
            mark == 0x3A || mark == 0x2E && allowsPoint || mark | 0x20 == 0x68, number(hour) < 24, number(minute) < 60
        else { return nil }
        // Not a score, a price or a day: nothing of the kind may follow.
        guard words.dropFirst(hour.count + 3).first.map({ $0 == 0x20 || ASCII.isLetter($0) }) ?? true else {
            return nil
        }
        return String(decoding: words.prefix(hour.count + 3 + halfDay(words.dropFirst(hour.count + 3))), as: UTF8.self)
    }

    /// The length of " pm" and the like; 0 where nothing of the kind follows.
    private func halfDay(_ rest: ArraySlice<UInt8>) -> Int {
        let blank = rest.first == 0x20 ? 1 : 0
        let mark = ASCII.lowered(rest.dropFirst(blank).prefix(4).filter { $0 != 0x2E }.prefix(2))
        let dots = rest.dropFirst(blank).prefix(4).count { $0 == 0x2E }
        return mark == "am" || mark == "pm" ? blank + 2 + dots : 0
    }

    private func number(_ digits: ArraySlice<UInt8>) -> Int { digits.reduce(0) { $0 * 10 + Int($1 - 0x30) } }
}
