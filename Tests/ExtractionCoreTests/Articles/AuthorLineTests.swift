import Testing

@testable import ExtractionCore

@Suite struct AuthorLineTests {
    @Test(arguments: [
        ("By Ana Ruiz", ["Ana Ruiz"]),
        ("by Ana Ruiz and Tom Ray", ["Ana Ruiz", "Tom Ray"]),
        ("BY ANA RUIZ", ["Ana Ruiz"]),
        ("ByAna Ruiz", ["Ana Ruiz"]),
        ("By Ana Ruiz, Tom Ray & Bo Lee", ["Ana Ruiz", "Tom Ray", "Bo Lee"]),
        ("By Ana Ruiz, MD, FACS", ["Ana Ruiz"]),
        ("By Ana Ruiz, Senior Reporter", ["Ana Ruiz"]),
        ("By Ana Ruiz | May 4, 2019", ["Ana Ruiz"]),
        ("By Ana Ruiz December 2, 2019", ["Ana Ruiz"]),
        ("By Ana Ruiz - 4 min read", ["Ana Ruiz"]),
        ("By Ana Ruiz in Millford", ["Ana Ruiz"]),
        ("By Ana Ruiz (editing by Tom Ray)", ["Ana Ruiz"]),
        ("By Ana Ruiz COURIER", ["Ana Ruiz"]),
        ("By Ana MillerNovember 4", ["Ana Miller"]),
        ("By Correspondent Ana Ruiz", ["Ana Ruiz"]),
        ("Written by Ana Ruiz", ["Ana Ruiz"]),
        ("Written by: Ana Ruiz", ["Ana Ruiz"]),
        ("Posted on September 21, 2019 by Ana Ruiz", ["Ana Ruiz"]),
        ("4 May 2019 at 10:30 by Ana Ruiz", ["Ana Ruiz"]),
        ("More articles by Ana Ruiz", ["Ana Ruiz"]),
        ("Author: Ana Ruiz", ["Ana Ruiz"]),
        ("Von Ana Ruiz und Tom Ray", ["Ana Ruiz", "Tom Ray"]),
        ("Von Ana Ruiz, dpa", ["Ana Ruiz"]),
        ("Text: Ana Ruiz; Fotos: Tom Ray", ["Ana Ruiz"]),
        ("Autor: Ana Ruiz/KO-X", ["Ana Ruiz"]),
        ("Erstellt von Ana Ruiz", ["Ana Ruiz"]),
        ("Alles von Ana Ruiz", ["Ana Ruiz"]),
        ("Ein Gastbeitrag von Ana Ruiz", ["Ana Ruiz"]),
        ("Redaktion: Ana Ruiz (Pressesprecherin)", ["Ana Ruiz"]),
        ("von der Heide", ["von der Heide"]),
        ("Par Ana Ruiz et Tom Ray", ["Ana Ruiz", "Tom Ray"]),
        ("Por Ana Ruiz y Tom Ray", ["Ana Ruiz", "Tom Ray"]),
        ("di Ana Ruiz e Tom Ray", ["Ana Ruiz", "Tom Ray"]),
        ("Door Ana van der Berg en Tom Ray", ["Ana van der Berg", "Tom Ray"]),
        ("Автор: Анна Руис", ["Анна Руис"]),
        ("By Harbour News Desk", ["Harbour News Desk"]),
        ("By The Courier editors", ["The Courier editors"]),
        ("By Ask the Gardeners", ["Ask the Gardeners"]),
        ("by ana", ["ana"]),
    ])
    func `an author line gives its names`(_ line: String, _ names: [String]) {
        let read = AuthorLine(line)
        #expect(read.names == names)
    }

    @Test(arguments: [
        "Reviewed by Ana Ruiz", "Edited by Ana Ruiz", "Medically reviewed by Ana Ruiz, MD", "Fact checked by Ana Ruiz",
        "Photo: Ana Ruiz", "Fotos: Ana Ruiz", "Illustration by Ana Ruiz", "Translated by Ana Ruiz",
    ])
    func `those who reviewed or photographed are no authors`(_ line: String) {
        let read = AuthorLine(line)
        #expect(read.names.isEmpty)
        #expect(read.isOthers)
    }

    @Test(arguments: [
        "admin", "Staff", "By admin", "Redaktion", "https://courier.example/author/ana", "By ana@courier.example",
        "By following these steps you will save a lot of money", "By 2019", "Full Bio", "4 min read", "",
    ])
    func `offices and prose name nobody`(_ line: String) { #expect(AuthorLine(line).names.isEmpty) }

    @Test func `a label alone is told from a line without names`() {
        #expect(AuthorLine("Written by").isLabel)
        #expect(AuthorLine("Author").isLabel)
        #expect(!AuthorLine("By ana@courier.example").isLabel)
        #expect(!AuthorLine("Reviewed by").isLabel)
        #expect(AuthorLine("Reviewed by").isOthers)
    }

    @Test func `a person counts more than a team or an account`() {
        #expect(AuthorLine("Ana Ruiz").kind == .person)
        #expect(AuthorLine("Harbour Team").kind == .team)
        #expect(AuthorLine("aruiz").kind == .handle)
        #expect(AuthorLine.Kind.person > .team && AuthorLine.Kind.team > .handle)
    }
}
