import Testing

@testable import Entities

@Suite("Scores of mentions")
struct SpanProbabilityTests {
    private static let text = """
        قال المدير التنفيذي للشركة ستيفان كرامر في مدينة غوتنبرغ إن مصنع تيسلا سيفتح في عام 2024، وأضاف كرامر أن \
        شركة نوكيا ومصرف دانسكه يدعمان المشروع.
        زار فلاديمير بوتين مدينة كازان والتقى رستم مينيخانوف.
        """

    private static func mentions(_ minScore: Double) throws -> [Mention] {
        EntityTagger(gazetteer: try LibyaGazetteerTests.gazetteers(), options: TaggerOptions(minScore: minScore)).tag(
            text
        )
    }

    @Test("a higher bound leaves out more of what the model found, and nothing else")
    func monotonic() throws {
        let all = try Self.mentions(0)
        #expect(all.contains { $0.source == "model" } && all.contains { $0.source != "model" })
        #expect(all.allSatisfy { $0.score == 1 })
        var last = all.count
        for bound in [0.001, 0.3, 0.6, 0.9, 1] {
            let left = try Self.mentions(bound)
            #expect(left.count <= last)
            #expect(left.allSatisfy { $0.score >= bound })
            #expect(left.filter { $0.source != "model" }.count == all.filter { $0.source != "model" }.count)
            last = left.count
        }
        #expect(try Self.mentions(1).allSatisfy { $0.source != "model" })
        #expect(try Self.mentions(0.001).map(\.text) == all.map(\.text))
    }

    @Test("the probabilities of all labels of a word add up to one")
    func whole() throws {
        let model = try #require(EntityModel.bundled)
        var scores = [SIMD16<Int16>](repeating: .zero, count: 5)
        for i in scores.indices { for label in 0..<16 { scores[i][label] = Int16((i * 37 + label * 11) % 64) - 40 } }
        let probability = SpanProbability(model: model, sentence: 0..<5, scores: scores)
        // Every way to cover the third word by a name, and the way that leaves it outside.
        var sum = probability.share(outside: 2)
        for type in SequenceLabels.types.indices {
            for first in 0...2 { for end in 3...5 { sum += probability.share(of: first..<end, type: type) } }
        }
        #expect(abs(sum - 1) < 1e-9)
    }

    @Test("a share is brought down to how often it is right")
    func calibrated() {
        #expect(SpanProbability.calibrated(0) < 0.05)
        #expect(SpanProbability.calibrated(1) > 0.97 && SpanProbability.calibrated(1) < 1)
        #expect(
            SpanProbability.calibrated(0.99) < 0.9 && SpanProbability.calibrated(0.99) > SpanProbability.calibrated(0.9)
        )
    }
}
