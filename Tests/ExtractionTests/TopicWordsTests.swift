import Testing

@testable import Extraction

@Suite struct TopicWordsTests {
    private static let topic = TopicWords(
        title: "Harbour opens again",
        excerpt: "The harbour takes containers after ten years."
    )

    @Test(
        arguments: [
            ("Ships call at the HARBOUR again.", 2.0 / 3), ("A match ended two to one.", 0),
            ("The harbour opens again", 1),
        ] as [(String, Float)]
    )
    func sharesOfTheTitle(text: String, expected: Float) {
        #expect(abs(Self.topic.shares(found(in: text)).title - expected) < 0.01)
    }

    @Test func excerptCountsBesideTheTitle() {
        let shares = Self.topic.shares(found(in: "containers for years"))
        #expect(shares.title == 0)
        #expect(shares.all > 0.2)
    }

    @Test func noTopicIsFoundNowhere() {
        let none = TopicWords(title: nil, excerpt: nil)
        #expect(none.shares(0).title == 0)
        #expect(none.bit(of: 42) == 0)
    }

    private func found(in text: String) -> UInt64 {
        var found: UInt64 = 0
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            WordSet.forEachWord(bytes) { found |= Self.topic.bit(of: $0) }
        }
        return found
    }
}
