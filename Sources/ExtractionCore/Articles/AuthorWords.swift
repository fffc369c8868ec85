// The words of author lines, in the languages whose pages are read most.

extension AuthorLine {
    private static func list(_ words: String) -> Set<String> {
        Set(words.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    /// What stands before a name.
    static let byWords = list("by von vom par por di door af av przez автор")

    /// What stands before "by", or alone above a name.
    static let labels = list(
        """
        written posted published text words story article articles reported report author authors about content blog post \
        posts all more created submitted beitrag artikel alle alles beiträge mehr verfasst erstellt geschrieben eingestellt \
        veröffentlicht publiziert gepostet ein eine gastbeitrag kommentar analyse interview essay autor autorin autoren \
        auteur auteurs autore autori autores redactor redacción publié écrit rédigé article escrito publicado texto texte \
        testo scritto pubblicato escrito tekst napisał geschreven gepubliceerd skrevet skriven автор the this was is on \
        last first originally updated view see
        """)

    /// What stands before a colon and a name.
    static let colonLabels = list(
        """
        by author authors text words story writer autor autorin autoren auteur auteurs autore autori autores texte texto \
        testo tekst von redaktion redakteur redakteurin verfasser verfasserin beitrag interview автор текст door par por
        """)

    /// Between a day and "by".
    static let fillers = list("at um uhr on am pm a.m p.m in under the of de gmt utc est edt cet ago h le el il à")

    /// Those who did something else.
    static let others = list(
        """
        edited reviewed checked fact-checked medically photo photos photograph photography photographs foto fotos \
        fotografie image images bild bilder illustration illustrations illustrated translated translation übersetzt \
        übersetzung produced video graphics fact traduit traducido edit editing
        """)

    static let joiners = list("and & und et y + e en och og i и with mit avec con")

    static let particles = list(
        "de da di du del della dello dos das do von van vom zu zur der den ter ten bin ibn al el la le y af av ap")

    /// What ends the names.
    static let ends = list(
        """
        in for at from on im aus für is was are has have who whose which that updated published posted updated: last min \
        read minutes reading um uhr am vom zum nach über about via per as follow special stand released
        """)

    /// Bodies that sign with a name of their own.
    static let teams = list(
        """
        team teams desk staff editors newsroom bureau contributor contributors newsdesk crew reporters writers \
        clinician editors
        """)

    /// Offices before a name.
    static let offices = list(
        """
        correspondent reporter editor writer experte expertin redakteur redakteurin korrespondent korrespondentin \
        reporterin gastautor gastautorin autor autorin dr.
        """)

    /// Words that stand in no person's name.
    static let notNames = list(
        """
        admin administrator webmaster editor editors staff guest team author authors share writer writers correspondent \
        reporter director manager head president officer founder ceo marketing consultant specialist coordinator certified \
        senior sr contributor contributors editorial published updated posted read min reviewed view more follow about all \
        posts articles comments insights from with on in for and candidate representative development redaktion \
        redaction rédaction redazione redacción desk newsroom contact date blog news profile photo image subscribe sign \
        content user root unknown anonymous anonym gmbh ag inc llc ltd verlag medien media online print www home page \
        category tags continue reading latest login menu search your this my our we you how what why when top best new \
        agencies bio sponsored faculty werbung anzeige advertorial mitarbeiter auteur profil license licence creative \
        commons full researched noc advertisement partner partners wp_admin oradmin q_admin this these diese mein unser
        """)

    static let weekdays = list(
        """
        mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday montag \
        dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche
        """)
}
