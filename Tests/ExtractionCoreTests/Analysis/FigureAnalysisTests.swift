import Testing

@testable import ExtractionCore

@Suite struct FigureAnalysisTests {
    @Test(arguments: [
        "Nine people were killed on Monday.", "Two rangers are unaccounted for.",
        "Six traders were shot dead at noon on 6 May 2021.", "The death toll rose to 8.",
        "Profit rose to 12 million in 2016 from 9 million in 2015.", "The Arlen office has 300 staff.",
    ])
    func `the tolls and times of a text are those of its whole analysis`(_ text: String) throws {
        let reader = NewsReader(lexicon: .embedded())
        let article = try reader.article(text: Array(text.utf8), url: nil, title: nil, published: nil)
        let (quick, whole) = (reader.figureAnalysis(of: article), reader.analysis(of: article))
        #expect(quick.tolls == whole.tolls)
        #expect(quick.times == whole.times)
    }
}
