#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
import Language

/// How probable it is that a span of a sentence is a name of a type: the share of it in all ways to label the sentence.
///
/// The sequence model is a conditional random field, so the share is a sum over paths (Rabiner 1989, the forward and
/// backward recursions). Training punished missed names more than false ones, and shares are too large by that; they are
/// brought down by a line through their log-odds that was fitted to annotated articles.
struct SpanProbability {
    private static let width = SequenceLabels.count
    /// Log-odds of being right = slope × log-odds of the share + offset; those that the model finds in
    /// `Tests/Quality/entities` without any list, 432 mentions, of which 358 are right.
    static let slope = 0.36
    static let offset = 0.49

    /// From each label, and last a line's start, to each label.
    private let transitions: [Double]
    private let sentence: Range<Int>
    private let emissions: [Double]
    private let forward: [Double]
    private let backward: [Double]
    private let total: Double

    init(model: EntityModel, sentence: Range<Int>, scores: [SIMD16<Int16>]) {
        let width = Self.width
        let transitions: [Double] = (0...width).flatMap { a in (0..<width).map { Double(model.transition(a, $0)) } }
        var emissions: [Double] = []
        for index in sentence {
            emissions.append(0)
            for label in 0..<16 { emissions.append(Double(scores[index][label]) / Double(EntityModel.featureScale)) }
        }
        func move(_ a: Int, _ b: Int) -> Double {
            Self.mayFollow[a * width + b] ? transitions[a * width + b] : -.infinity
        }

        var forward = [Double](repeating: -.infinity, count: emissions.count)
        for b in 0..<width where !Self.goesOn(b) { forward[b] = transitions[width * width + b] + emissions[b] }
        for i in 1..<max(1, sentence.count) {
            for b in 0..<width {
                let before = Self.sum { a -> Double in forward[(i - 1) * width + a] + move(a, b) }
                forward[i * width + b] = before + emissions[i * width + b]
            }
        }
        let last = sentence.count - 1
        var backward = [Double](repeating: -.infinity, count: emissions.count)
        for a in 0..<width where !Self.isOpen(a) { backward[last * width + a] = 0 }
        for i in stride(from: last - 1, through: 0, by: -1) {
            for a in 0..<width {
                backward[i * width + a] = Self.sum { b -> Double in
                    let next = (i + 1) * width + b
                    return backward[next] + move(a, b) + emissions[next]
                }
            }
        }
        total = Self.sum { Self.isOpen($0) ? -.infinity : forward[last * width + $0] }
        self.sentence = sentence
        self.transitions = transitions
        self.emissions = emissions
        self.forward = forward
        self.backward = backward
    }

    /// That of a name of some type from `span.lowerBound` to `span.upperBound`, both tokens of the text.
    func of(_ span: Range<Int>, type: Int) -> Double { Self.calibrated(share(of: span, type: type)) }

    func share(of span: Range<Int>, type: Int) -> Double {
        let width = Self.width
        func label(_ index: Int) -> Int {
            let position: SequenceLabels.Position =
                span.count == 1
                ? .single : index == span.lowerBound ? .begin : index + 1 == span.upperBound ? .end : .inside
            return Int(SequenceLabels.label(position, type))
        }
        let first = span.lowerBound - sentence.lowerBound
        var sum = forward[first * width + label(span.lowerBound)]
        for index in span.dropFirst() {
            sum +=
                transitions[label(index - 1) * width + label(index)]
                + emissions[(index - sentence.lowerBound) * width + label(index)]
        }
        sum += backward[(first + span.count - 1) * width + label(span.upperBound - 1)] - total
        return exp(sum)
    }

    func share(outside index: Int) -> Double {
        let place = (index - sentence.lowerBound) * Self.width + Int(SequenceLabels.outside)
        return exp(forward[place] + backward[place] - total)
    }

    static func calibrated(_ share: Double) -> Double {
        let share = min(max(share, 1e-6), 1 - 1e-6)
        return 1 / (1 + exp(-slope * log(share / (1 - share)) - offset))
    }

    private static let mayFollow: [Bool] = (0..<width).flatMap { a in
        (0..<width).map { SequenceLabels.mayFollow(UInt8(a), UInt8($0)) }
    }

    private static func isOpen(_ label: Int) -> Bool {
        SequenceLabels.position(UInt8(label)).map { $0 == .begin || $0 == .inside } ?? false
    }

    private static func goesOn(_ label: Int) -> Bool {
        SequenceLabels.position(UInt8(label)).map { $0 == .inside || $0 == .end } ?? false
    }

    /// log Σ exp over all labels.
    private static func sum(_ value: (Int) -> Double) -> Double {
        var largest = -Double.infinity
        for label in 0..<width { largest = max(largest, value(label)) }
        guard largest > -.infinity else { return largest }
        var sum: Double = 0
        for label in 0..<width { sum += exp(value(label) - largest) }
        return largest + log(sum)
    }
}
