/// Text of `format=flowed` (RFC 3676): a line that ends in a blank goes on in the next.
enum FlowedText {
    static func unwrapped(_ bytes: [UInt8], deletesSpaces: Bool) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var flowingDepth: Int?
        var index = 0
        while index < bytes.count {
            let lineEnd = ByteScan.first(0x0A, in: bytes, from: index, to: bytes.count)
            var line = index..<lineEnd
            if let last = line.last, bytes[last] == 0x0D { line = line.lowerBound..<last }
            var start = line.lowerBound
            while start < line.upperBound, bytes[start] == 0x3E { start += 1 }
            let depth = start - line.lowerBound
            // A blank was put before what would have been taken for a quotation.
            if start < line.upperBound, bytes[start] == 0x20 { start += 1 }
            if flowingDepth != depth {
                if index > 0 { out.append(0x0A) }
                out += [UInt8](repeating: 0x3E, count: depth)
                if depth > 0 { out.append(0x20) }
            }
            let isSignature = bytes[start..<line.upperBound].elementsEqual("-- ".utf8)
            if isSignature, flowingDepth == depth { out.append(0x0A) }
            let flows = !isSignature && line.upperBound > start && bytes[line.upperBound - 1] == 0x20
            out += bytes[start..<(flows && deletesSpaces ? line.upperBound - 1 : line.upperBound)]
            flowingDepth = flows ? depth : nil
            index = lineEnd + 1
        }
        return out
    }
}
