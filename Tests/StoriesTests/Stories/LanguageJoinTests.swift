import ExtractionCore
import Testing

@testable import Stories

@Suite struct LanguageJoinTests {
    private static let reader = NewsReader(lexicon: .embedded())

    private static let english = """
        At least 14 people were killed and 230 injured when a warehouse of the Lindqvist company exploded in the harbour of \
        Velmora on Tuesday, Mayor Tomas Arendal said.

        The blast broke windows in Karrow, nine kilometres away. The warehouse held 1,200 tonnes of fertiliser, according to \
        fire chief Helena Brandt, who said that her crews had asked for an inspection in spring.
        """

    private static let spanish = """
        Al menos 14 personas murieron y 230 resultaron heridas el martes cuando un almacén de la empresa Lindqvist explotó en \
        el puerto de Velmora, dijo el alcalde Tomás Arendal. La explosión rompió ventanas en Karrow. Según la jefa de los \
        bomberos, Helena Brandt, en el almacén había 1.200 toneladas de fertilizantes.
        """
    private static let french = """
        Au moins 14 personnes ont été tuées mardi et 230 blessées lorsqu'un entrepôt de la société Lindqvist a explosé dans le \
        port de Velmora, a déclaré le maire Tomas Arendal. Les vitres ont volé en éclats jusqu'à Karrow, a dit la cheffe des \
        pompiers Helena Brandt.
        """
    private static let german = """
        Mindestens 14 Menschen sind am Dienstag bei der Explosion eines Lagers der Firma Lindqvist im Hafen von Velmora ums \
        Leben gekommen, 230 wurden verletzt, wie Bürgermeister Tomas Arendal sagte. In Karrow gingen Scheiben zu Bruch. \
        Feuerwehrchefin Helena Brandt hatte im Frühjahr eine Prüfung verlangt.
        """
    private static let russian = """
        По меньшей мере 14 человек погибли и 230 ранены при взрыве склада компании «Линдквист» в порту Велморы во вторник, \
        сообщил мэр города Томас Арендал. Окна выбиты даже в Карроу. На складе было 1200 тонн удобрений, рассказала \
        начальник пожарной службы Хелена Брандт.
        """
    private static let arabic = """
        قتل 14 شخصا على الأقل وأصيب 230 آخرون يوم الثلاثاء في انفجار مستودع لشركة ليندكفيست في ميناء فيلمورا، كما قال رئيس \
        البلدية توماس أرندال. وقالت قائدة الإطفاء هيلينا برانت إن المستودع كان يحتوي على 1200 طن من الأسمدة، وإن رجالها طلبوا \
        تفتيشه في الربيع.
        """

    private func room() -> Newsroom {
        var room = Newsroom()
        for number in 0..<20 { room.file(Copy.filler(number), headline: "Council news k\(number)") }
        return room
    }

    @Test(arguments: [spanish, french, german, russian, arabic])
    func `a report in another language joins the story by names and figures`(_ text: String) {
        var room = room()
        let first = room.file(Self.english, headline: "Warehouse explodes in Velmora", hour: 1)
        let second = room.file(text, site: "beta.example", hour: 3)
        #expect(second.kind == .joined && second.story == first.story)
        #expect(room.book.story(first.story)?.sources == 2)
    }

    @Test(arguments: [spanish, french, german, russian, arabic])
    func `an English report joins the story that another language opened, and English ones that one`(_ text: String)
        throws
    {
        var room = room()
        let first = room.file(text, site: "beta.example", hour: 1)
        #expect(first.kind == .opened)
        let second = room.file(Self.english, headline: "Warehouse explodes in Velmora", hour: 3)
        #expect(second.kind == .joined && second.story == first.story)
        let third = room.file(
            """
            Firefighters searched the ruins of the Lindqvist warehouse in the harbour of Velmora on Wednesday. The fertiliser \
            had been stored there for years, Mayor Tomas Arendal said of the explosion, whose blast was felt in Karrow.
            """, headline: "Velmora searches ruins of Lindqvist warehouse", site: "gamma.example", hour: 20)
        #expect(third.story == first.story)
        var restored = StoryBook()
        for memory in room.memories { restored.restore(try #require(StoryBook.Memory(bytes: memory.bytes()))) }
        #expect(restored.allStories == room.book.allStories)
    }

    @Test func `all languages meet in one story`() {
        var room = room()
        let texts = [Self.spanish, Self.english, Self.russian, Self.german, Self.arabic, Self.french]
        let stories = texts.enumerated().map {
            room.file($0.element, site: "s\($0.offset).example", hour: $0.offset).story
        }
        #expect(Set(stories).count == 1)
        #expect(room.book.story(stories[0])?.sources == 6)
    }

    /// Other events, with a capital, a figure or one name in common.
    private static let others = [
        "En París, 14 personas fueron detenidas el martes después de una protesta de taxistas frente al ministerio de Transporte de Francia, informó la policía de París. El gremio pide que se aplace la nueva tarifa hasta el otoño.",
        "À Velmora, la municipalité a présenté mardi un plan de 14 nouvelles lignes de bus. Les travaux dureront trois ans et coûteront moins cher que prévu, selon les services techniques de la ville.",
        "In Paris haben am Dienstag 14 Museen ihre Türen geschlossen, weil das Personal für höhere Löhne streikt. Die Regierung von Frankreich will am Freitag verhandeln, hieß es im Ministerium.",
        "Во вторник в Париже 14 музеев закрыли двери из-за забастовки сотрудников, которые требуют повышения зарплаты. Правительство Франции намерено провести переговоры в пятницу, сообщили в министерстве.",
        "أغلق 14 متحفا في باريس أبوابها يوم الثلاثاء بسبب إضراب الموظفين الذين يطالبون بزيادة الأجور. وتعتزم حكومة فرنسا إجراء محادثات يوم الجمعة بحسب ما ذكرت وزارة الثقافة في بيان نشر على موقعها.",
    ]

    @Test(arguments: others)
    func `a capital, a place and a figure in common are not enough`(_ text: String) {
        var room = room()
        room.file(Self.english, headline: "Warehouse explodes in Velmora", hour: 1)
        let paris = """
            Fourteen paintings were stolen from a museum in Paris on Tuesday, police in France said. Thieves broke a window \
            of the Galerie Bellard at night and left in a van. The 14 works are worth 230 million, curator Odile Marchetti said.
            """
        room.file(paris, headline: "Thieves take 14 paintings from Paris museum", hour: 1)
        #expect(room.file(text, site: "beta.example", hour: 2).kind == .opened)
    }

    @Test func `an old story is not joined, nor is one of two that are as likely`() {
        var room = room()
        room.file(Self.english, headline: "Warehouse explodes in Velmora", hour: 1)
        #expect(room.file(Self.spanish, site: "beta.example", hour: 120).kind == .opened)
    }

    @Test func `the gazetteer's ids join what two languages spell differently`() throws {
        func keys(_ text: String) -> NameKeys {
            let body = Text(text)
            let article = Article(
                id: ArticleID(of: body.bytes), origin: .standardInput, text: body,
                blocks: [Block(range: body.range, kind: .paragraph)])
            let analysis = Self.reader.analysis(of: article)
            return NameKeys(TextWords(body), skipsEveryday: false, places: analysis.places)
        }
        let english = keys("Police in Cologne, Germany, said on Monday that a train had stopped near Leverkusen.")
        let german = keys("Ein Zug hielt am Montag bei Leverkusen, wie die Polizei in Köln mitteilte.")
        let common = Set(german.hashes.indices.filter { english.hashes.contains(german.hashes[$0]) })
        #expect(common.contains { german.kinds[$0] == .place })
    }

    @Test func `a name keeps its consonants in every script`() {
        func skeleton(_ name: String) -> String { String(decoding: Array(Skeleton.of(name.utf8)), as: UTF8.self) }
        for (one, other) in [
            ("Málaga", "Malaga"), ("Самара", "Samara"), ("فيلمورا", "Velmora"), ("Карроу", "Karrow"),
            ("München", "Munchen"),
            ("Łódź", "Lodz"), ("Ширяев", "Shiryaev"), ("Brandt", "Брандт"), ("حلب", "Halab"), ("Škoda", "Skoda"),
        ] { #expect(skeleton(one) == skeleton(other), "\(one) \(skeleton(one)) \(other) \(skeleton(other))") }
        #expect(skeleton("Velmora") != skeleton("Valencia"))
        for odd in ["", "a", "\u{0}", "中文", "ab\u{FFFD}", "é"] { _ = skeleton(odd) }
    }
}
