extension NewsReader {
    func pageArticle(_ document: Document, entry: Entry?) throws(DocumentError) -> Article {
        throw .unsupported("html")
    }
    func entryArticle(_ entry: Entry, _ document: Document) throws(DocumentError) -> Article {
        throw .unsupported("feed")
    }
    func members(ofFeed document: Document) throws(DocumentError) -> [Member] {
        throw .unsupported("feed")
    }
}
