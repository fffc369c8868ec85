import ExtractionCore
import Testing

/// Where the first mention of a spelling is said to lie: country and coordinates.
private func placed(_ spelling: String, in string: String) -> Place? {
    let text = tokenize(sampleArticle(string), lexicon: sampleLexicon)
    let found = findEntities(in: text, lexicon: sampleLexicon)
    return found.places.first { text.text.string($0.range) == spelling }?.place
}

private func lies(_ place: Place, _ latitude: Double, _ longitude: Double) -> Bool {
    abs(place.latitude - latitude) < 1.2 && abs(place.longitude - longitude) < 1.5
}

@Suite struct PlaceResolverTests {
    @Test(arguments: [
        // What holds a place is said right behind it.
        ("The fair opened in Paris, Texas, on Friday.", "Paris", 33.7, -95.6),
        ("She moved to London, Ontario, in May.", "London", 43.0, -81.2),
        ("The mill in Manchester, England, closed.", "Manchester", 53.5, -2.2),
        ("Officials in Springfield, Ill., voted on Monday.", "Springfield", 39.8, -89.6),
        ("Officials in Springfield, Mo., voted on Monday.", "Springfield", 37.2, -93.3),
        ("A fire burned near Alexandria, Louisiana, overnight.", "Alexandria", 31.3, -92.4),
        ("The court in Cambridge, Mass., heard the case.", "Cambridge", 42.4, -71.1),
        ("The council of Birmingham, Ala., met.", "Birmingham", 33.5, -86.8),
        ("Shells hit Tripoli, Lebanon, on Sunday.", "Tripoli", 34.4, 35.8),
        ("Police in Hyderabad, Pakistan, said so.", "Hyderabad", 25.4, 68.4),
        // What the rest of the article speaks of.
        (
            "Lebanon's army went into Tripoli. Beirut sent more troops to Tripoli, Lebanon's second city.", "Tripoli",
            34.4, 35.8
        ),
        ("Libya's government in Tripoli met envoys from Benghazi and Misrata.", "Tripoli", 32.9, 13.2),
        ("Rains hit Karachi and Sukkur in Pakistan. In Hyderabad the Indus rose.", "Hyderabad", 25.4, 68.4),
        ("Telangana's chief minister spoke in Hyderabad. Warangal in India was calm.", "Hyderabad", 17.4, 78.5),
        ("The Alabama senate met in Montgomery. A bridge near Birmingham is closed.", "Birmingham", 33.5, -86.8),
        ("Trains from Coventry to Birmingham stopped. England's Wolverhampton was cut off.", "Birmingham", 52.5, -1.9),
        (
            "Kansas voted. People in Wichita and Topeka went to the polls, as did those in Manhattan.", "Manhattan",
            39.2, -96.6
        ),
    ])
    func `a shared name means the place that the text points to`(
        _ string: String, _ spelling: String, _ latitude: Double, _ longitude: Double
    ) throws {
        let place = try #require(placed(spelling, in: string))
        #expect(lies(place, latitude, longitude), "\(place)")
    }

    @Test func `two towns of one name in one article keep their own states`() {
        let text = tokenize(
            sampleArticle("A bus from Springfield, Ill., met one from Springfield, Mo., on Monday."),
            lexicon: sampleLexicon)
        let places = findEntities(in: text, lexicon: sampleLexicon).places
            .filter { text.text.string($0.range) == "Springfield" }.map(\.place)
        #expect(places.count == 2 && lies(places[0], 39.8, -89.6) && lies(places[1], 37.2, -93.3))
    }

    @Test func `Georgia is a country among countries and a state among its towns`() throws {
        let country = try #require(
            placed("Georgia", in: "Russia and Georgia signed a truce. Tbilisi and Moscow agreed on Georgia's borders."))
        #expect(country.country == "GE")
        let state = try #require(
            placed("Georgia", in: "Voters in Atlanta, Savannah and Macon went to the polls in Georgia, near Alabama."))
        #expect(state.country == "US")
    }

    @Test func `a country wins over towns of its name`() throws {
        #expect(placed("Lebanon", in: "Talks in Lebanon went on for a week.")?.country == "LB")
        #expect(placed("Cuba", in: "The storm reached Cuba on Tuesday.")?.country == "CU")
        let town = try #require(placed("Lebanon", in: "The mill in Lebanon, Tenn., burned down."))
        #expect(town.country == "US" && lies(town, 36.2, -86.3))
    }

    @Test(arguments: [
        "Jordan scored twice before half-time, and Jordan left the field to cheers.",
        "Chad Miller said he would appeal. Chad Miller is 41.",
        "Mr. Sydney Okafor spoke first. Mr. Okafor thanked the council.",
    ])
    func `a person's name is no town`(_ string: String) {
        let text = tokenize(sampleArticle(string), lexicon: sampleLexicon)
        let places = findEntities(in: text, lexicon: sampleLexicon).places
        #expect(places.allSatisfy { text.text.string($0.range) != "Miller" && text.text.string($0.range) != "Okafor" })
        #expect(!places.contains { text.text.string($0.range) == "Chad" || text.text.string($0.range) == "Sydney" })
    }

    @Test(arguments: [
        ("Fighting went on in Raqqa and Deir ez-Zor, Syria's army said. Hama was quiet.", ["Raqqa", "Hama"], "SY"),
        (
            "Gunmen attacked villages near Maiduguri, in Nigeria's Borno state. Kano and Jos were calm.",
            ["Maiduguri", "Kano", "Jos"], "NG"
        ),
        (
            "Floods hit Porto Alegre and Canoas in southern Brazil. Curitiba sent help.",
            ["Porto Alegre", "Canoas", "Curitiba"], "BR"
        ),
        ("A quake shook Palu and Donggala in Indonesia. Makassar felt it.", ["Palu", "Makassar"], "ID"),
        ("Drones struck Kharkiv and Sumy, Ukraine said. Poltava lost power.", ["Kharkiv", "Sumy", "Poltava"], "UA"),
        (
            "Police in Norwich and Ipswich, England, sought a man. Colchester was searched.",
            ["Norwich", "Ipswich", "Colchester"], "GB"
        ),
        (
            "Farmers blocked roads near Toulouse and Nantes in France. Lyon was next.", ["Toulouse", "Nantes", "Lyon"],
            "FR"
        ),
        (
            "Protests in Lucknow and Kanpur spread to Varanasi, India's police said.",
            ["Lucknow", "Kanpur", "Varanasi"], "IN"
        ),
    ])
    func `towns lie in the country that the article speaks of`(
        _ string: String, _ spellings: [String], _ country: String
    ) {
        for spelling in spellings { #expect(placed(spelling, in: string)?.country == country, "\(spelling)") }
    }

    @Test func `a county lies in the state that the article speaks of`() throws {
        let text = "The sheriff of Madison County spoke in Huntsville, Alabama. Madison County has two jails."
        let county = try #require(placed("Madison County", in: text))
        #expect(lies(county, 34.7, -86.6))
    }

    @Test func `a place inside an organisation's name and a short state are places too`() throws {
        let text = "The Texas Forest Service sent crews to Dalhart, Tex., on Monday."
        #expect(placed("Texas", in: text)?.country == "US")
        #expect(lies(try #require(placed("Tex.", in: text)), 31.5, -99))
    }

    @Test func `a nationality means its country and is no place itself`() throws {
        let text = tokenize(sampleArticle("Two Norwegian sailors were rescued off Kenya."), lexicon: sampleLexicon)
        let found = findEntities(in: text, lexicon: sampleLexicon)
        #expect(found.places.first?.place.country == "NO")
        #expect(found.entities.first { $0.kind == .group }.map { $0.place == nil } ?? true)
    }

    @Test func `where nothing decides nothing is said`() {
        #expect(placed("Fairview", in: "The council of Fairview met on Monday to talk about the road.") == nil)
        #expect(placed("Franklin County", in: "Deputies of Franklin County found the car on Monday.") == nil)
    }

    @Test func `places come in text order inside the text`() {
        let text = tokenize(
            sampleArticle("Paris, Texas, and Dublin, Ohio, and the Ohio State Fair near Columbus drew Americans."),
            lexicon: sampleLexicon)
        let places = findEntities(in: text, lexicon: sampleLexicon).places
        #expect(places.count > 4)
        #expect(zip(places, places.dropFirst()).allSatisfy { $0.range.start <= $1.range.start })
        #expect(places.allSatisfy { $0.range.upper <= text.text.count && !$0.range.isEmpty })
    }
}
