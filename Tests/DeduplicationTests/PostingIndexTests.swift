import Testing

@testable import Deduplication

struct PostingIndexTests {
    private func visit(_ index: inout PostingIndex, _ key: UInt32, adding holder: UInt32, limit: Int = 4) -> [UInt32] {
        var found: [UInt32] = []
        index.visit(key, adding: holder, limit: limit) { found.append($0) }
        return found
    }

    @Test func theEarliestHoldersInOrder() {
        var index = PostingIndex()
        #expect(visit(&index, 7, adding: 0) == [])
        #expect(visit(&index, 7, adding: 1) == [0])
        #expect(visit(&index, 7, adding: 5) == [0, 1])
        #expect(visit(&index, 7, adding: 6) == [0, 1, 5])
        #expect(visit(&index, 7, adding: 9) == [0, 1, 5, 6])
        #expect(visit(&index, 7, adding: 10) == [0, 1, 5, 6])
        #expect(visit(&index, 8, adding: 11) == [])
    }

    @Test func aLimitOfOneKeepsTheFirst() {
        var index = PostingIndex()
        for holder in 0..<5 as Range<UInt32> {
            #expect(visit(&index, 7, adding: holder, limit: 1) == (holder == 0 ? [] : [0]))
        }
    }

    @Test func equalsADictionaryOfLists() {
        var index = PostingIndex()
        var expected: [UInt32: [UInt32]] = [:]
        var generator = ArticleGenerator(seed: 5)
        for holder in 0..<20_000 as Range<UInt32> {
            let key = UInt32(generator.number(below: 4_000)) &* 2_654_435_761
            #expect(visit(&index, key, adding: holder) == expected[key, default: []])
            if expected[key, default: []].count < 4 { expected[key, default: []].append(holder) }
        }
    }
}
