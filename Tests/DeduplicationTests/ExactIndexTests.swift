import Deduplication
import Testing

struct ExactIndexTests {
    @Test func theEarliestHolderStays() {
        var index = ExactIndex()
        let hash = contentHash(of: "a")
        #expect(index.holder(of: hash) == nil)
        #expect(index.holder(of: hash, orInsert: 7) == nil)
        #expect(index.holder(of: hash, orInsert: 8) == 7)
        #expect(index.holder(of: hash, orInsert: 9) == 7)
        #expect(index.holder(of: hash) == 7)
        #expect(index.count == 1)
    }

    @Test func growsWithoutForgetting() {
        var index = ExactIndex()
        let hashes = (0..<5_000).map { contentHash(of: "content \($0)") }
        for (position, hash) in hashes.enumerated() { #expect(index.holder(of: hash, orInsert: position) == nil) }
        for (position, hash) in hashes.enumerated() { #expect(index.holder(of: hash) == position) }
        #expect(index.count == 5_000)
        #expect(index.holder(of: contentHash(of: "other")) == nil)
    }
}
