import Testing

@testable import Entities

@Suite("Tagger memory")
struct TaggerMemoryTests {
    static let texts = [
        "قال خليفة حفتر في مدينة سرت يوم الأحد إن 5 ملايين دولار وصلت إلى طرابلس",
        "وبوتين لليبيا بطرابلس، وأضاف الرئيس الروسي فلاديمير بوتين",
        "Khalifa Haftar in Libya, AP says on Monday, $5 million",
        "", "…", "وزارة الخارجية الروسية",
    ]

    @Test("what a tagger has met before changes nothing")
    func independent() throws {
        let fresh = try Self.texts.map { try EntityTaggerTests.tagger(model: .bundled).tag($0) }
        let tagger = try EntityTaggerTests.tagger(model: .bundled)
        for _ in 0..<2 {
            #expect(Self.texts.map { tagger.tag($0) } == fresh)
            #expect(Self.texts.reversed().map { tagger.tag($0, title: Self.texts[1]) }.count == Self.texts.count)
        }
        // More words than are kept.
        let many = (0...WordForms.maxCount).map { "w\($0)" }.joined(separator: " ")
        _ = tagger.tag(many)
        #expect(Self.texts.map { tagger.tag($0) } == fresh)
    }

    @Test("a memory that has met too many words is not kept")
    func bounded() {
        let memories = TaggerMemories(automaton: Gazetteer().automaton)
        let memory = memories.take()
        memories.putBack(memory)
        #expect(memories.take() === memory)
        var text = (0...WordForms.maxCount).map { "w\($0)" }.joined(separator: " ")
        _ = text.withUTF8 { Document(utf8: $0, words: memory.words) }
        memories.putBack(memory)
        #expect(memories.take() !== memory)
    }
}
