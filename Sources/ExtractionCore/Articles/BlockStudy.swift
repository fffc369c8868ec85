extension NewsReader {
    /// What the model of the main text sees of a page: the blocks, the words that have weights, and the rows of
    /// features, as one JSON object. For learning the weights; see Benchmarks/main-text/.
    ///
    /// `weights` is a file like Config/lexicon/main-text.tsv; nil for the one the program carries.
    public func blockStudy(of document: Document, weights: [UInt8]?) throws(DocumentError) -> [UInt8] {
        let html: [UInt8]
        do { html = try Charset.decode(document.bytes, mediaTypeCharset: document.charset).utf8 } catch {
            throw .undecodable(error.message)
        }
        let tree = MarkupTree(html)
        let page = PageBlocks(tree)
        let facts = PageFacts(tree)
        let model = weights.map(BlockModel.init) ?? .embedded
        let outline = PageOutline(
            tree, page, model, title: facts.title ?? facts.documentTitle, description: facts.description)
        let features = BlockFeatures(page, outline)
        let main = MainText(
            tree, page, headline: facts.title, title: facts.documentTitle, description: facts.description, model: model)
        let kept = Set(main.kept)
        var json = JSONWriter()
        json.object { json in
            json.objects("blocks", Array(page.blocks.enumerated())) { json, block in
                json.member("text", String(decoding: page.text[block.element.range], as: UTF8.self))
                json.member("kind", block.element.kind.rawValue)
                json.member("words", block.element.words)
                json.member("score", Double(main.scores[block.offset]))
                json.member("kept", kept.contains(block.offset))
                json.strings("class", PagePlaces.words(tree, around: block.element.node))
                if block.element.words <= ShortLine.mostWords {
                    json.strings("line", ShortLine.keys(page, block.element))
                }
                if let row = features.row(block.offset) {
                    json.member("row", features.rows[row].map { "\($0)" }.joined(separator: " "))
                }
            }
        }
        return json.bytes
    }
}

extension PagePlaces {
    /// The words of class names and the like of an element and those around it.
    fileprivate static func words(_ tree: MarkupTree, around node: Int) -> [String] {
        var words: Set<String> = []
        var node = node
        while node > 0 {
            for attribute in tree.attributes[tree.nodes[node].attributes] where isTelling(attribute.name) {
                eachWord(tree.bytes, attribute.value.prefix(200)) { range, _ in
                    words.insert(ASCII.lowered(tree.bytes[range]))
                }
            }
            node = Int(tree.nodes[node].parent)
        }
        return words.sorted()
    }
}

extension ShortLine {
    /// The keys that `odds` looks up, as they are written in the file of weights.
    fileprivate static func keys(_ page: PageBlocks, _ block: PageBlock) -> [String] {
        let words = block.wordRange.map { index in
            let start = Int(page.words.starts[index])
            let next =
                index + 1 < block.wordRange.upperBound ? Int(page.words.starts[index + 1]) : block.range.upperBound
            return PageWords.word(page.text, start..<next)
        }
        let pairs = zip(words, words.dropFirst()).map { $0 + " " + $1 }
        return words + pairs
            + (1...3).filter { $0 <= words.count }.map { "^" + words.prefix($0).joined(separator: " ") }
    }
}
