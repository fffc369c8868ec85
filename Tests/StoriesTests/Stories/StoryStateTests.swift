import ExtractionCore
import Testing

@testable import Stories

@Suite struct StoryStateTests {
    private let day = Instant(seconds: 1_500_000_000)

    private func terms(_ hashes: [UInt32], named name: UInt32? = nil) -> [Term] {
        hashes.map { Term(hash: $0, count: 1, isHeadlineName: $0 == name) }
    }

    private func vector(_ terms: [Term]) -> TermVector { TermVector(terms) { _ in 1 } }

    private func weighed(_ terms: [Term]) -> WeighedTerms { WeighedTerms(terms, vector(terms), heaviest: 28) }

    private func state(_ terms: [Term]) -> StoryState {
        var state = StoryState(Story(id: StoryID("s-1"), opened: day, last: day))
        state.add(terms, vector(terms), dated: day)
        return state
    }

    @Test func `headlines that name other things make like articles less alike`() {
        let state = state(terms([1, 2, 3, 4, 5], named: 5))
        func score(_ terms: [Term]) -> Float { state.about.similarity(weighed(terms), at: day, isHeadline: false) }
        let plain = score(terms([1, 2, 3, 4, 9]))
        #expect(abs(score(terms([1, 2, 3, 4, 9], named: 9)) - 0.7 * plain) < 0.001)
        #expect(score(terms([1, 2, 3, 4, 9], named: 4)) == plain)
        #expect(score(terms([1, 2, 3, 5, 9], named: 9)) == plain)
    }

    @Test func `days apart make articles less alike, headlines sooner`() {
        let state = state(terms([1, 2, 3]))
        let same = terms([1, 2, 3])
        let later = day.adding(seconds: 3 * 86_400)
        #expect(abs(state.about.similarity(weighed(same), at: later, isHeadline: false) - 0.5) < 0.01)
        // The story was told once, which is held against a headline.
        let soon = day.adding(seconds: 86_400)
        #expect(abs(state.about.similarity(weighed(same), at: soon, isHeadline: true) - 0.35) < 0.01)
        #expect(state.about.similarity(weighed(same), at: later, isHeadline: true) < 0.01)
    }

    @Test func `the heaviest terms come first and ties go to the lesser hash`() {
        let counts: [UInt8] = [3, 9, 1, 9, 30, 2]
        let vector = vector(counts.enumerated().map { Term(hash: UInt32($0.offset), count: $0.element) })
        #expect(vector.heaviest(3) == [4, 1, 3])
        #expect(vector.heaviest(9) == [4, 1, 3, 0, 5, 2])
    }

    @Test func `a centre keeps its heaviest terms and stays a sum`() {
        var centre = Centre()
        for start in stride(from: UInt32(0), to: 1000, by: 100) {
            centre.add(vector(terms(Array(start..<start + 150) + [5000])))
        }
        #expect(centre.hashes.count <= 400 && centre.contains(5000) && centre.count == 10)
        #expect(abs(centre.cosine(centre) - 1) < 0.001)
    }
}
