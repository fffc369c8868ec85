// An averaged perceptron over sequences (Collins 2002): decode a sentence with the weights so far, move them towards the
// truth and away from what was decoded, and keep the average over all steps. Every feature has a weight for all texts
// and one for texts of its own kind (Daumé 2007): what ships is the sum for news, so that other texts teach the words
// and the news teaches the conventions. Same input, same bytes: order and averages are fixed by the seed.

/// Learns the name tagger's weights from articles with marked names.
public struct NameTrainer {
    /// A name that is marked in an article.
    public struct MarkedName: Hashable, Sendable {
        public let range: TextRange
        public let kind: Entity.Kind

        public init(range: TextRange, kind: Entity.Kind) {
            self.range = range
            self.kind = kind
        }
    }

    private struct Lesson {
        let traits: TokenTraits
        let labels: [UInt8]
        let isNews: Bool
        let weight: Float
    }

    private let lexicon: Lexicon
    private let options: Options
    private var lessons: [Lesson] = []

    /// How weights are learnt.
    public struct Options: Hashable, Sendable {
        /// Passes over all sentences.
        public var passes = 12
        /// How many features of each pass over an article are kept: those that matter most.
        public var limit = 300_000
        /// Parts of the articles that the second pass over an article learns by: each is labelled by weights learnt
        /// from the others. Below 2 there is no second pass.
        public var parts = 4
        /// Which templates of `TagFeatures` are used: bit n stands for template n.
        public var templates: UInt64 = .max
        /// What is taken off the score of being no name, in thousandths of the largest weight.
        public var eagerness = 0
        /// How much of what is peculiar to the other texts goes into the weights.
        public var blend: Float = 0
        /// How many times the weights are learnt, each in another order: what is kept is their mean.
        public var runs = 1
        public init() {}
    }

    public init(lexicon: Lexicon, options: Options = Options()) {
        self.lexicon = lexicon
        self.options = options
    }

    /// Adds an article; `isNews` for texts like those that the tagger is to read, `weight` for how much it teaches.
    public mutating func add(_ article: Article, names: [MarkedName], isNews: Bool, weight: Float = 1) {
        let text = tokenize(article, lexicon: lexicon)
        let reading = Reading(text, lexicon)
        let traits = TokenTraits(reading, names: RuledNames(reading, NameScanner(reading).names).all)
        lessons.append(
            Lesson(traits: traits, labels: NameTrainer.labels(of: text, names), isNews: isNews, weight: weight))
    }

    /// A token is a name's when the name covers all of it.
    private static func labels(of text: TokenizedText, _ names: [MarkedName]) -> [UInt8] {
        var labels = [UInt8](repeating: 0, count: text.tokens.count)
        let names = names.sorted { $0.range < $1.range }
        var token = 0
        for name in names {
            while token < text.tokens.count, text.tokens[token].range.start < name.range.start { token += 1 }
            var isFirst = true
            while token < text.tokens.count, name.range.contains(text.tokens[token].range) {
                labels[token] = NameLabel(name.kind, isFirst: isFirst)?.rawValue ?? 0
                isFirst = false
                token += 1
            }
        }
        return labels
    }

    /// The file of weights.
    public func weights() -> [UInt8] {
        let first = [[NameLabel]?](repeating: nil, count: lessons.count)
        var models = [model(of: Array(lessons.indices), after: first)]
        if options.parts > 1 {
            var labels = first
            for part in 0..<options.parts {
                let others = lessons.indices.filter { $0 % options.parts != part }
                guard let model = NameModel.models(in: NameModel.file([model(of: others, after: first)])).first else {
                    continue
                }
                for index in lessons.indices where index % options.parts == part {
                    labels[index] = NameTagger.labels(model, lessons[index].traits, after: nil)
                }
            }
            models.append(model(of: Array(lessons.indices), after: labels))
        }
        return NameModel.file(models)
    }

    /// The weights learnt from some of the articles, given what a pass before made of them.
    private func model(of chosen: [Int], after first: [[NameLabel]?]) -> [UInt8] {
        var corpus = Corpus()
        for index in chosen {
            let lesson = lessons[index]
            let features = TagFeatures(
                traits: lesson.traits, templates: options.templates,
                firstPass: first[index].map { FirstPass(labels: $0, in: lesson.traits) })
            corpus.add(features, labels: lesson.labels, isNews: lesson.isNews, step: lesson.weight)
        }
        return corpus.model(options)
    }
}

/// Sentences with their features and true labels.
private struct Corpus {
    private struct Example {
        /// Where the features of each token begin, and behind the last one's.
        var starts: [Int32] = []
        var labels: [UInt8] = []
        var isNews: Bool
        var step: Float
    }

    private var hashes: [UInt64] = []
    private var examples: [Example] = []

    mutating func add(_ features: TagFeatures, labels: [UInt8], isNews: Bool, step: Float) {
        for (index, sentence) in features.traits.reading.text.sentences.enumerated() {
            var example = Example(isNews: isNews, step: step)
            for token in sentence.tokens {
                example.starts.append(Int32(hashes.count))
                // What the tagger never looks at cannot be learnt either.
                let isNear = features.traits.all[token].isNear
                example.labels.append(isNear ? labels[token] : 0)
                guard isNear else { continue }
                features.each(token, of: sentence, at: index) { hashes.append($0) }
                features.eachOfWord(features.traits.all[token]) { hashes.append($0) }
            }
            example.starts.append(Int32(hashes.count))
            examples.append(example)
        }
    }

    func model(_ options: NameTrainer.Options) -> [UInt8] {
        let (ids, keys) = numbered()
        var sum = Learner(features: keys.count)
        for run in 0..<max(options.runs, 1) {
            sum.add(learner(ids, features: keys.count, seed: UInt64(run + 1), options))
        }
        return sum.model(options, keys: keys)
    }

    private func learner(_ ids: [Int32], features: Int, seed: UInt64, _ options: NameTrainer.Options) -> Learner {
        var learner = Learner(features: features)
        var order = Array(examples.indices)
        var random = seed
        for _ in 0..<options.passes {
            for index in order.indices.dropFirst().reversed() {
                random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                order.swapAt(index, Int((random >> 33) % UInt64(index + 1)))
            }
            for index in order {
                let example = examples[index]
                learner.learn(example.labels, example.isNews, example.step) { token in
                    ids[Int(example.starts[token])..<Int(example.starts[token + 1])]
                }
            }
        }
        learner.settle()
        return learner
    }

    /// A number for every feature that occurs more than once, -1 for the others; and the features by number.
    private func numbered() -> (ids: [Int32], keys: [UInt64]) {
        var counts: [UInt64: Int32] = [:]
        counts.reserveCapacity(1 << 22)
        for hash in hashes { counts[hash, default: 0] += 1 }
        var numbers: [UInt64: Int32] = [:]
        var keys: [UInt64] = []
        let ids = hashes.map { hash -> Int32 in
            if let number = numbers[hash] { return number }
            guard counts[hash, default: 0] > 1 else { return -1 }
            numbers[hash] = Int32(keys.count)
            keys.append(hash)
            return Int32(keys.count - 1)
        }
        return (ids, keys)
    }
}

/// Weights in the making: general ones and those of each kind of text, with what averaging needs.
private struct Learner {
    private static let width = NameLabel.count
    /// The score of being no name for a token that has no features.
    private static let sure: Float = 1024
    private let features: Int
    /// General weights, those of news, those of other texts: one after the other, a row of labels a feature.
    private var weights: [Float]
    private var sums: [Float]
    private var transitions = [Float](repeating: 0, count: width * width)
    private var transitionSums = [Float](repeating: 0, count: width * width)
    private var clock: Float = 1

    init(features: Int) {
        self.features = features
        weights = [Float](repeating: 0, count: features * Learner.width * 3)
        sums = weights
    }

    mutating func learn(_ labels: [UInt8], _ isNews: Bool, _ step: Float, _ ids: (Int) -> ArraySlice<Int32>) {
        let own = (isNews ? 1 : 2) * features
        var scores: [Int32] = []
        scores.reserveCapacity(labels.count * Learner.width)
        for token in labels.indices {
            var sum = (0..<Learner.width).map { _ in Float(0) }
            for id in ids(token) where id >= 0 {
                let general = Int(id) * Learner.width
                let special = (own + Int(id)) * Learner.width
                for label in 0..<Learner.width { sum[label] += weights[general + label] + weights[special + label] }
            }
            if ids(token).isEmpty { sum[0] = Learner.sure }
            for label in 0..<Learner.width { scores.append(Int32(sum[label] * 1024)) }
        }
        let found = NameDecoder.labels(scores: scores, transitions: transitions.map { Int32($0 * 1024) })
        clock += 1
        guard found.indices.contains(where: { found[$0].rawValue != labels[$0] }) else { return }
        var before = (truth: 0, found: 0)
        for token in labels.indices {
            let (truth, guess) = (Int(labels[token]), Int(found[token].rawValue))
            if truth != guess {
                for id in ids(token) where id >= 0 {
                    move(Int(id), truth, step)
                    move(Int(id), guess, -step)
                    move(own + Int(id), truth, step)
                    move(own + Int(id), guess, -step)
                }
            }
            if truth != guess || before.truth != before.found {
                moveTransition(before.truth * Learner.width + truth, step)
                moveTransition(before.found * Learner.width + guess, -step)
            }
            before = (truth, guess)
        }
    }

    private mutating func move(_ row: Int, _ label: Int, _ step: Float) {
        weights[row * Learner.width + label] += step
        sums[row * Learner.width + label] += step * clock
    }

    private mutating func moveTransition(_ index: Int, _ step: Float) {
        transitions[index] += step
        transitionSums[index] += step * clock
    }

    /// Puts the average over all steps in the place of the weights.
    mutating func settle() {
        for index in weights.indices { weights[index] -= sums[index] / clock }
        for index in transitions.indices { transitions[index] -= transitionSums[index] / clock }
        sums = []
    }

    /// Adds the weights of another.
    mutating func add(_ other: Learner) {
        for index in weights.indices { weights[index] += other.weights[index] }
        for index in transitions.indices { transitions[index] += other.transitions[index] }
    }

    func model(_ options: NameTrainer.Options, keys: [UInt64]) -> [UInt8] {
        let average = { (index: Int) in self.weights[index] }
        var rows: [(hash: UInt64, weights: [Float], size: Float)] = []
        for id in keys.indices {
            let row = (0..<Learner.width).map { label in
                average(id * Learner.width + label) + average((features + id) * Learner.width + label)
                    + options.blend * average((features * 2 + id) * Learner.width + label)
            }
            let size = (row.max() ?? 0) - (row.min() ?? 0)
            if size > 0 { rows.append((keys[id], row, size)) }
        }
        rows.sort { $0.size == $1.size ? $0.hash < $1.hash : $0.size > $1.size }
        if rows.count > options.limit { rows.removeLast(rows.count - options.limit) }
        let pairs = transitions
        let largest = max(rows.first.map { $0.weights.map(abs).max() ?? 1 } ?? 1, pairs.map(abs).max() ?? 1, 1e-6)
        let scale = 16_000 / largest
        return NameModel.encoded(
            templates: options.templates, eagerness: Int16(clamping: options.eagerness * 16),
            features: rows.map { ($0.hash, $0.weights.map { Int16(max(-32_000, min(32_000, $0 * scale))) }) },
            transitions: pairs.map { Int16(max(-32_000, min(32_000, $0 * scale))) })
    }
}
