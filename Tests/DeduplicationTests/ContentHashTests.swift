import Deduplication
import Testing

struct ContentHashTests {
    @Test func isTheHashOfTheFoldedText() {
        #expect(contentHash(of: "«لـيبيا»، ٢٠٢٦").hex == contentHash(of: "ليبيا 2026").hex)
        #expect(contentHash(of: "abc").hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(contentHash(of: "  ABC. ").hex == contentHash(of: "abc").hex)
        #expect(contentHash(of: "abd") != contentHash(of: "abc"))
    }
}
