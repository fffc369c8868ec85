internal import ExtractionCore
internal import Store
internal import Stories
internal import Wire

// Addresses that a dropped file names wait in the store until they are fetched. The file's ledger row counts the lines
// that name it, so each address adds its line to the row in the decision that writes the line.

/// What came of fetching an address.
enum AddressOutcome: Sendable {
    case read([ReadMember])
    case failed(DocumentError)
    /// It is tried again.
    case later(until: Instant, attempts: Int, code: String, message: String)
}

extension Filer {
    /// Lists that lead to lists that lead to lists are followed no further.
    private static let mostDepth = 3

    /// Puts addresses into the queue; what is none, or one too many, is said in the digest.
    mutating func add(
        _ addresses: [ListedAddress], member: String?, of input: Input, to decision: inout Decision
    ) throws(StoreError) -> Filed {
        guard let claim = input.claim else {
            fail(member, of: input, .unsupported("list of addresses"))
            return Filed(failure: .unsupported("list of addresses"))
        }
        var depth = 1
        if case .address(let row, _) = input { depth = row.depth + 1 }
        if depth > Filer.mostDepth {
            let error = DocumentError.refused(code: "depth", message: "a list of lists of lists")
            fail(member, of: input, error)
            return Filed(failure: error)
        }
        let known: Int
        if let number = addressNumbers[claim] { known = number } else { known = try store.lastAddress(claim: claim) }
        var number = known
        var refused = 0
        var filed = Filed(lines: 0)
        for address in addresses {
            guard let host = WebAddress(address.url)?.host else {
                fail(member, of: input, .refused(code: "bad_url", message: "not an address of the web: \(address.url)"))
                filed.lines += 1
                continue
            }
            guard number < listLimit else {
                refused += 1
                continue
            }
            number += 1
            decision.addresses.append(
                AddressRow(
                    claim: claim, number: number, url: address.url, host: host, title: address.title,
                    published: address.published?.iso8601, depth: depth, nextTry: at, at: at))
        }
        addressNumbers[claim] = number
        if refused > 0 {
            let message = "\(refused) addresses more than fetch.list_limit (\(listLimit)) not fetched"
            fail(member, of: input, .refused(code: "too_many", message: message))
            filed.lines += 1
        }
        if number == known {
            filed.failure = .refused(code: "bad_url", message: "no address in it that can be fetched")
        }
        return filed
    }

    /// Files what came of an address; the row leaves the queue unless it is tried again.
    mutating func add(_ row: AddressRow, _ outcome: AddressOutcome, to decision: inout Decision) throws(StoreError) {
        var row = row
        row.at = at
        guard var ledger = try store.ledger(claim: row.claim) else { return }
        let input = Input.address(row, file: ledger.name)
        switch outcome {
        case .later(let until, let attempts, let code, let message):
            (row.nextTry, row.attempts, row.code, row.message) = (until, attempts, code, message)
            decision.addresses.append(row)
            return
        case .failed(let error):
            fail(nil, of: input, error)
            (row.state, row.code, row.message) = (.failed, error.code, error.message)
            ledger.lines += 1
        case .read(let members):
            var failure: DocumentError?
            var failures = 0
            for member in members {
                let filed = try add(member, of: input, to: &decision)
                ledger.lines += filed.lines
                ledger.duplicates += filed.duplicates
                failure = failure ?? filed.failure
                failures += filed.failure == nil ? 0 : 1
            }
            row.state = failures == members.count ? .failed : .done
            (row.code, row.message) = (failure?.code, failure?.message)
        }
        decision.addresses.append(row)
        decision.ledger.append(ledger)
    }
}

extension Desk {
    /// The next addresses to be fetched, one a host, with the names of the files that named them.
    func dueAddresses(limit: Int) throws -> [(row: AddressRow, file: String)] {
        try store.dueAddresses(at: now(), limit: limit).map { ($0, try store.ledger(claim: $0.claim)?.name ?? "") }
    }

    /// Until the next address is due; nil when none waits.
    func millisecondsToNextAddress() throws -> Int64? {
        try store.nextAddress(after: now()).map { $0.milliseconds - now().milliseconds }
    }

    /// Files what came of an address, however long it takes; false when the daemon stops before.
    func file(_ row: AddressRow, _ outcome: AddressOutcome, _ hostLimits: HostLimits) async -> Bool {
        let isDecided = await insist { desk in
            try desk.commit { filer, decision in
                // A commit that was reported as failed may have reached the disk.
                if filer.isRetry, try desk.store.address(claim: row.claim, number: row.number)?.state != .waiting {
                    return
                }
                try filer.add(row, outcome, to: &decision)
                decision.values.append(hostLimits.value)
            }
        }
        if isDecided { _ = await insist { desk in try desk.finish() } }
        return isDecided
    }
}
