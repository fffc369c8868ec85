import ExtractionCore

/// One poll of one feed: fetch, read, find what is new, fetch its pages. Keeps nothing.
struct FeedVisit: Sendable {
    let ledger: any FeedLedger
    let fetch: FeedPoller.Fetch
    let read: FeedPoller.Read
    let discover: FeedPoller.Discover
    let options: FeedPoller.Options
    let now: @Sendable () -> Instant

    /// Throws what the ledger throws, or `CancellationError`; faults of the feed are in the new state.
    func poll(_ source: FeedSource, _ state: FeedState) async throws -> FeedPoll {
        let request = request(source, state)
        let wasConditional = request.etag != nil || request.lastModified != nil
        let response: FetchResponse
        do {
            response = try await fetch(request)
            if !response.notModified { try response.refuseWall() }
        } catch .cancelled {
            throw CancellationError()
        } catch {
            return ended(source, state, .failed(error))
        }
        if response.notModified { return ended(source, state, .unchanged(reading(of: response))) }
        if response.body.isEmpty { return ended(source, state, .unreadable("the server sent an empty body")) }
        let hash = ContentHash(of: response.body).hex
        if hash == state.bodyHash, state.deferrals == 0 {
            var reading = reading(of: response, hash: hash)
            reading.isWhole = !wasConditional
            return ended(source, state, .unchanged(reading))
        }
        let document = source.document(of: response, receivedAt: now())
        let feed: Feed
        do {
            feed = try read(document)
        } catch {
            if error != .empty, let named = feedNamed(in: document, state) { return try await poll(source, named) }
            return ended(source, state, .unreadable(error.message))
        }
        var reading = reading(of: response, hash: hash)
        reading.isWhole = !wasConditional
        return try await collect(feed, source, state, reading)
    }

    /// The state with the address of the feed that a page names, for somebody who subscribed to a site. A feed that
    /// was read at the address that people know is not looked for elsewhere: a page in its place is a fault that passes.
    private func feedNamed(in page: Document, _ state: FeedState) -> FeedState? {
        guard state.lastSuccess == nil || state.isDiscovered, state.address == state.url, let address = discover(page),
            WebAddress(address) != nil, address != state.url
        else { return nil }
        var state = state
        state.address = address
        state.isDiscovered = true
        return state
    }

    private func request(_ source: FeedSource, _ state: FeedState) -> FetchRequest {
        let validators = state.validators(at: now())
        return FetchRequest(
            url: state.address, accept: FetchRequest.feedTypes, etag: validators.etag,
            lastModified: validators.lastModified, headers: source.headers,
            access: source.access, bodyLimit: options.feedLimit,
            connectTimeoutMilliseconds: options.connectTimeoutMilliseconds,
            timeoutMilliseconds: options.timeoutMilliseconds, http1Only: source.http1Only)
    }

    private func ended(_ source: FeedSource, _ state: FeedState, _ outcome: FeedOutcome) -> FeedPoll {
        FeedPoll(
            source: source,
            state: state.after(
                outcome, at: now(), interval: source.intervalSeconds, slowest: source.slowestSeconds))
    }

    private func reading(of response: FetchResponse, hash: String? = nil) -> FeedReading {
        FeedReading(
            etag: response.etag, lastModified: response.lastModified, movedTo: response.movedTo,
            maxAge: response.maxAge, servedAt: response.servedAt, bodyHash: hash)
    }

    private func collect(
        _ feed: Feed, _ source: FeedSource, _ state: FeedState, _ start: FeedReading
    ) async throws -> FeedPoll {
        let sorting = try await EntrySorting(of: feed.entries, source, state, ledger)
        // Entries can wait for the next poll only if that brings them again without asking for everything.
        let mayDefer = state.deferrals < options.deferralLimit && !start.isWhole && state.hasValidators(at: now())
        let oldest = state.lastSuccess == nil ? options.firstRunSeconds.map { now().adding(seconds: -$0) } : nil
        var collected = try await documents(for: sorting.fresh, source, since: oldest, mayDefer: mayDefer)
        let ahead = Set(feed.misdated(at: now()).map { feed.entries[$0] })
        if !ahead.isEmpty {
            for index in collected.entries.indices {
                collected.entries[index].isMisdated = ahead.contains(collected.entries[index].entry)
            }
        }
        var reading = start
        reading.title = feed.title ?? source.title
        reading.pace = feed.pace
        reading.identity = sorting.identity
        reading.entries = feed.entries.count
        reading.newEntries = collected.entries.count
        reading.newsTimes = collected.entries.map { ($0.entry.published ?? $0.entry.updated)?.instant ?? now() }
        reading.keepsValidators = collected.deferred > 0
        var poll = ended(source, state, .read(reading))
        poll.state.deferrals = collected.deferred > 0 ? state.deferrals + 1 : 0
        poll.entries = collected.entries
        poll.settled = sorting.settled
        poll.dropped = sorting.dropped
        poll.notes = collected.notes
        return poll
    }

    // MARK: Pages

    private struct Collected {
        var entries: [PolledEntry] = []
        var deferred = 0
        var notes: [String] = []
    }

    private enum Page {
        case document(Document)
        case standIn(Document, note: String?)
        case later(note: String)
        case cancelled
    }

    private func documents(
        for entries: [NamedEntry], _ source: FeedSource, since oldest: Instant?, mayDefer: Bool
    ) async throws -> Collected {
        var collected = Collected()
        var pages = [Page?](repeating: nil, count: entries.count)
        await withTaskGroup(of: (Int, Page).self) { group in
            var next = 0
            func startNext() {
                guard next < entries.count else { return }
                let index = next
                next += 1
                group.addTask {
                    (index, await page(of: entries[index].entry, source, since: oldest, mayDefer: mayDefer))
                }
            }
            for _ in 0..<max(1, options.pageConcurrency) { startNext() }
            while let (index, page) = await group.next() {
                pages[index] = page
                startNext()
            }
        }
        for (named, page) in zip(entries, pages) {
            switch page {
            case .document(let document):
                collected.entries.append(PolledEntry(key: named.key, entry: named.entry, document: document))
            case .standIn(let document, let note):
                collected.entries.append(PolledEntry(key: named.key, entry: named.entry, document: document))
                if let note { collected.notes.append(note) }
            case .later(let note):
                collected.deferred += 1
                collected.notes.append(note)
            case .cancelled, nil: throw CancellationError()
            }
        }
        return collected
    }

    private func page(
        of entry: Entry, _ source: FeedSource, since oldest: Instant?, mayDefer: Bool
    ) async -> Page {
        let date = (entry.published ?? entry.updated)?.instant
        let isOld = oldest.flatMap { oldest in date.map { $0 < oldest } } ?? false
        guard source.fetchArticlePages, !isOld, !carriesArticle(entry), let link = entry.link,
            let address = WebAddress(link)
        else {
            return .standIn(feedDocument(of: entry, source), note: nil)
        }
        do {
            let response = try await fetch(pageRequest(link, address, source))
            try response.refuseWall()
            if response.body.isEmpty { throw FetchError.other("an empty page") }
            var document = response.document(
                origin: .entry(feed: source.url, id: key(of: entry)), receivedAt: now())
            document.published = entry.published
            document.title = entry.title
            return .document(document)
        } catch FetchError.cancelled {
            return .cancelled
        } catch {
            let note = "\(link): \((error as? FetchError)?.message ?? "\(error)")"
            if mayDefer, case .retry = (error as? FetchError)?.remedy { return .later(note: note) }
            return .standIn(feedDocument(of: entry, source), note: note)
        }
    }

    /// The feed's own headers and credentials go to pages of the feed's host only.
    private func pageRequest(_ link: String, _ address: WebAddress, _ source: FeedSource) -> FetchRequest {
        var access = source.access
        let isOwn = WebAddress(source.url).map { address.keepsCredentials(of: $0) } ?? false
        if !isOwn { access.credentials = nil }
        return FetchRequest(
            url: link, accept: FetchRequest.pageTypes, headers: isOwn ? source.headers : [],
            access: access, obeysRobots: true, patienceSeconds: options.pagePatienceSeconds,
            bodyLimit: options.pageLimit, connectTimeoutMilliseconds: options.connectTimeoutMilliseconds,
            timeoutMilliseconds: options.timeoutMilliseconds, http1Only: source.http1Only)
    }

    /// Whether the feed gives the whole article: some hundred words that do not break off.
    private func carriesArticle(_ entry: Entry) -> Bool {
        guard let html = entry.contentHTML else { return false }
        var text = withoutTags(html)
        while let last = text.last, last.isWhitespace || last == "]" || last == ")" { text.removeLast() }
        return text.utf8.count >= 1500 && !text.hasSuffix("…") && !text.hasSuffix("...")
    }

    /// No bytes: the article is then made of what the feed itself says, all of it, and not searched for as in a page.
    private func feedDocument(of entry: Entry, _ source: FeedSource) -> Document {
        Document(
            bytes: [], origin: .entry(feed: source.url, id: key(of: entry)), receivedAt: now(), url: entry.link,
            published: entry.published, title: entry.title)
    }
}
