import ExtractionCore
import Testing

/// What is expected of one invented article: the analysis with short ways to ask for things by name.
struct Variant {
    let article: Article
    let facts: Analysis

    init(_ text: String) throws {
        article = try factReader.article(text: Array(text.utf8))
        facts = factReader.analysis(of: article)
    }

    func entity(_ name: String) -> Entity? { facts.entities.first { $0.name == name || $0.aliases.contains(name) } }

    func toll(_ low: Int, _ outcome: Toll.Outcome = .killed) -> Toll? {
        facts.tolls.first { $0.low == low && $0.outcome == outcome }
    }

    func quantity(_ low: Double) -> Quantity? { facts.quantities.first { $0.low == low } }

    func quotation(_ start: String) -> Quotation? {
        facts.quotations.first { article.shown($0.range).hasPrefix(start) }
    }

    func claim(_ part: String) -> Claim? { facts.claims.first { article.shown($0.range).contains(part) } }

    func name(_ id: Int?) -> String? { id.flatMap { facts.entity($0)?.name } }

    var running: [String] { article.blocks.filter(\.isRunningText).map { article.shown($0.range) } }
    var captions: [String] { article.blocks.filter { $0.kind == .caption }.map { article.shown($0.range) } }
    var summary: [String] { facts.summary.map(article.shown) }

    /// Whether a quotation, named by how it begins, has this speaker with this role.
    func says(_ speaker: String, _ role: String?, _ start: String) -> Bool {
        let found = quotation(start)?.speaker
        return found?.name == speaker && found?.role == role
    }
}

@Suite struct VariantTests {
    @Test func `captions are not running text, and summaries are`() throws {
        for text in VariantArticles.all {
            let variant = try Variant(text)
            #expect(!variant.captions.isEmpty)
            #expect(!variant.summary.isEmpty)
            let running = variant.running.joined(separator: "\n")
            for sentence in variant.summary { #expect(running.contains(sentence)) }
            for caption in variant.captions { #expect(!running.contains(caption)) }
        }
    }

    @Test func `photographers' lines are captions`() throws {
        let credits = [
            "Karim Nasser/Reuters", "Photo: Salma Begum/Interwire", "(Photo by Pablo Rueda/AP)", "Emmanuel Kileo/AFP",
            "(AP Photo/Viktar Drozd)", "Prakash Rana/EPA", "Patient Ilunga/AFP", "Aminu Sule/AFP",
            "Photograph: Jean Estimé/Reuters", "REUTERS/Dennis Otieno", "Photo by Oleg Bystrov / AP",
            "Besnik Gashi/AFP",
        ]
        for (text, credit) in zip(VariantArticles.all, credits) {
            let variant = try Variant(text)
            #expect(variant.captions.contains { $0.hasSuffix(credit) }, "\(credit)")
        }
    }

    @Test func `an acronym is its name's alias`() throws {
        let pairs = [
            (VariantArticles.shelling, "CCR", "Centre for Conflict Records"),
            (VariantArticles.flood, "DRD", "Disaster Response Directorate"),
            (VariantArticles.mine, "ANM", "National Mining Agency"),
            (VariantArticles.ferry, "SMTA", "Surface and Marine Transport Authority"),
            (VariantArticles.protest, "DHRC", "Dawn Human Rights Centre"),
            (VariantArticles.earthquake, "USGS", "United States Geological Survey"),
            (VariantArticles.offensive, "FLL", "Front for the Liberation of the Lakes"),
            (VariantArticles.offensive, "IDC", "Ituri Defence Committee"),
            (VariantArticles.hostages, "NPF", "Northern Parents' Forum"),
            (VariantArticles.cholera, "DFI", "Doctors for the Islands"),
            (VariantArticles.election, "LOCR", "Lakeside Observatory for Civil Rights"),
            (VariantArticles.crash, "ARA", "Amur Regional Airlines"),
            (VariantArticles.court, "AMF", "Association of Missing Families"),
        ]
        for (text, acronym, name) in pairs {
            let entity = try Variant(text).entity(acronym)
            #expect(entity?.name == name)
            #expect(entity?.kind == .organisation)
        }
    }

    @Test func `a misspelt second mention is the same person`() throws {
        let pairs = [
            (VariantArticles.shelling, "Hadad", "Rima Haddad", "spokeswoman for the CCR"),
            (VariantArticles.flood, "Kabeer", "Anwar Kabir", "director of the DRD"),
            (VariantArticles.mine, "Fonsecca", "Lucía Fonseca", "ANM director"),
            (VariantArticles.ferry, "Mwakyussa", "Joseph Mwakyusa", "Kigoma regional commander"),
            (VariantArticles.earthquake, "Bhattrai", "Suresh Bhattarai", "spokesman for the Home Ministry"),
            (VariantArticles.offensive, "Mugabbo", "Célestin Mugabo", "spokesman for the IDC"),
            (VariantArticles.hostages, "Danlady", "Musa Danladi", "spokesman for the Northern Parents' Forum"),
            (VariantArticles.cholera, "Montplaisr", "Claire Montplaisir", "head of mission for DFI"),
            (VariantArticles.election, "Wanjalla", "Beatrice Wanjala", "Police spokeswoman"),
            (VariantArticles.crash, "Gromva", "Elena Gromova", "spokeswoman for ARA"),
            (VariantArticles.court, "Petkovsky", "Dragan Petkovski", nil),
        ]
        for (text, odd, name, role) in pairs {
            let variant = try Variant(text)
            let entity = variant.entity(odd)
            #expect(entity?.name == name)
            #expect(entity?.kind == .person)
            #expect(entity?.role == role)
            #expect(variant.facts.notes.contains { $0.text.contains(odd) })
        }
        // The last letter makes another name.
        #expect(try Variant(VariantArticles.protest).entity("Kavalenko")?.name == "Kavalenko")
    }

    @Test func `a place has its country, and none where nobody knows`() throws {
        let known = [
            (VariantArticles.shelling, "Idlib", "SY"), (VariantArticles.flood, "Dhaka", "BD"),
            (VariantArticles.ferry, "Kigoma", "TZ"), (VariantArticles.protest, "Minsk", "BY"),
            (VariantArticles.earthquake, "Nepalgunj", "NP"), (VariantArticles.offensive, "Congo", "CD"),
            (VariantArticles.offensive, "Goma", "CD"), (VariantArticles.hostages, "Gusau", "NG"),
            (VariantArticles.cholera, "Port-au-Prince", "HT"), (VariantArticles.election, "Kisumu", "KE"),
            (VariantArticles.crash, "Tynda", "RU"), (VariantArticles.court, "Pristina", "XK"),
        ]
        for (text, name, country) in known {
            let entity = try Variant(text).entity(name)
            #expect(entity?.kind == .place)
            #expect(entity?.place?.country == country, "\(name)")
        }
        let unknown = [
            (VariantArticles.shelling, "Tal Qarim"), (VariantArticles.shelling, "Beit Hanoura"),
            (VariantArticles.mine, "Riogrande"), (VariantArticles.mine, "Las Palmas"),
            (VariantArticles.ferry, "Mtimbwa"), (VariantArticles.earthquake, "Chiuri"),
            (VariantArticles.offensive, "Mbekala"), (VariantArticles.offensive, "Lukweti"),
            (VariantArticles.hostages, "Dankurmi"), (VariantArticles.hostages, "Rugu"),
            (VariantArticles.court, "Dobrava"),
        ]
        for (text, name) in unknown {
            let entity = try Variant(text).entity(name)
            #expect(entity?.kind == .place, "\(name)")
            #expect(entity?.place == nil, "\(name)")
        }
    }

    @Test func `doubled words are mended`() throws {
        for text in [VariantArticles.shelling, VariantArticles.flood, VariantArticles.offensive] {
            #expect(try Variant(text).article.repairs.count == 1)
        }
    }
}
