internal import ExtractionCore
internal import Store
internal import Wire

// Where members come from, and what is said of those that could not be read.

extension Filer {
    /// Where a member came in.
    enum Input {
        case file(Int64, name: String)
        case feed(String)
        /// An address that a file named.
        case address(AddressRow, file: String)

        /// The claim of the file that brought it.
        var claim: Int64? {
            switch self {
            case .file(let claim, _): claim
            case .address(let row, _): row.claim
            case .feed: nil
            }
        }
    }

    /// What became of a member.
    struct Filed {
        /// Lines of the digest that name it.
        var lines = 1
        var duplicates = 0
        var failure: DocumentError?
    }

    /// Says in the digest why a member was not read.
    mutating func fail(_ member: String?, of input: Input, _ error: DocumentError) {
        tally.failures += 1
        switch input {
        case .feed(let url):
            notProcessed("entry", code: error.code) { json in
                json.member("feed", url)
                json.member("member", member)
                json.member("message", error.message)
            }
        case .file(let claim, let name):
            let keptAs = "failed/\(day)/\(name)"
            notProcessed("file", code: error.code) { json in
                json.member("file", name)
                json.member("member", member)
                json.member("claim", Int(claim))
                json.member("message", error.message)
                // A container's bad member is left in its container.
                if member == nil { json.member("kept_as", keptAs) }
            }
        case .address(let row, let file):
            notProcessed("address", code: error.code) { json in
                json.member("url", row.url)
                json.member("file", file)
                json.member("member", member)
                json.member("claim", Int(row.claim))
                json.member("message", error.message)
            }
        }
    }
}
