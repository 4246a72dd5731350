import Pipeline
import Testing

@testable import Engine

@Suite struct MentionCountsTests {
    private func mention(_ text: String, _ type: String = "PER", id: String? = nil, name: String? = nil) -> Entity {
        Entity(start: 0, end: 1, text: text, type: type, id: id, name: name, source: "list")
    }

    @Test func countsArticlesNotMentions() {
        var counts = MentionCounts()
        counts.add(
            [mention("حفتر", id: "Q1", name: "خليفة حفتر"), mention("خليفة حفتر", id: "Q1", name: "خليفة حفتر")],
            day: 3
        )
        counts.add(
            [mention("المشير", id: "Q1", name: "خليفة حفتر"), mention("ليبيا", "LOC"), mention("5", "NUMBER")],
            day: 4
        )
        let top = counts.top(5, of: "PER")
        #expect(top.map(\.name) == ["خليفة حفتر"])
        #expect(top.map(\.articles) == [2])
        #expect(top.first?.days.counts == [3: 1, 4: 1])
        #expect(counts.top(5, of: "LOC").map(\.name) == ["ليبيا"])
        #expect(counts.top(5, of: "NUMBER").isEmpty)
    }

    @Test func tiesStandInOneOrder() {
        var counts = MentionCounts()
        counts.add(["b", "c", "a"].map { mention($0) }, day: nil)
        #expect(counts.top(2, of: "PER").map(\.name) == ["a", "b"])
    }

    @Test func remembersWhatIsFrequentWhenThereIsTooMuch() {
        var counts = MentionCounts()
        for number in 0..<30_000 {
            counts.add([mention("rare \(number)"), mention("frequent \(number % 10)")], day: 1)
        }
        #expect(counts.top(10, of: "PER").map(\.articles) == Array(repeating: 3000, count: 10))
    }
}
