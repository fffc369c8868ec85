/// The local names of elements that a feed says something with; `unknown` for all others.
enum FeedName: String, CaseIterable, Sendable {
    case unknown = ""
    // What holds the rest.
    case rss, rdf, feed, channel, item, entry, urlset, url, sitemapindex, sitemap
    case image, textinput, cloud, items, owner, source, group, news, publication, skiphours, skipdays
    // What is said of a channel or an item.
    case title, link, a, guid, id, identifier, loc, language
    case description, summary, subtitle, tagline, abstract, content, encoded, body, fullitem
    case pubdate, published, issued, created, date, pubdatetime, publicationDate = "publication_date"
    case updated, modified, lastbuilddate, lastmod
    case author, contributor, managingeditor, webmaster, creator, credit, name, email, uri, homepage
    case enclosure, category, comments, ttl, hour, day, updateperiod, updatefrequency
}

extension FeedName {
    init(key: UInt64) {
        let place = FeedName.places[key]
        self = place < 0 ? .unknown : FeedName.all[place]
    }

    private static let all = allCases
    private static let places: HashIndex = {
        var places = HashIndex(capacity: allCases.count)
        for (place, name) in allCases.enumerated() { places.update(NameKey.of(name.rawValue.utf8), place) }
        return places
    }()
}
