import TestSupport
import Testing

@testable import Deduplication

struct PostingIndexTests {
    private func visit(_ index: inout PostingIndex, _ key: UInt32, adding holder: UInt32) -> [UInt32] {
        var found: [UInt32] = []
        index.visit(key, adding: holder) { found += $0 }
        return found
    }

    @Test func theEarliestHoldersInOrder() {
        var index = PostingIndex(limit: 4)
        #expect(visit(&index, 7, adding: 0) == [])
        #expect(visit(&index, 7, adding: 1) == [0])
        #expect(visit(&index, 7, adding: 5) == [0, 1])
        #expect(visit(&index, 7, adding: 6) == [0, 1, 5])
        #expect(visit(&index, 7, adding: 9) == [0, 1, 5, 6])
        #expect(visit(&index, 7, adding: 10) == [0, 1, 5, 6])
        #expect(visit(&index, 8, adding: 11) == [])
    }

    @Test(arguments: [1, 2, 3, 4, 15, 16, 48])
    func keepsAsManyAsTheLimit(limit: Int) {
        var index = PostingIndex(limit: limit)
        for holder in 0..<100 as Range<UInt32> {
            #expect(visit(&index, 7, adding: holder) == Array((0..<100).prefix(min(Int(holder), limit))))
            #expect(visit(&index, 9, adding: holder + 500) == Array((500..<600).prefix(min(Int(holder), limit))))
        }
    }

    @Test func equalsADictionaryOfLists() {
        var index = PostingIndex(limit: 20)
        var expected: [UInt32: [UInt32]] = [:]
        var generator = ArticleGenerator(seed: 5)
        for holder in 0..<20_000 as Range<UInt32> {
            let key = UInt32(generator.number(below: 1_500)) &* 2_654_435_761
            #expect(visit(&index, key, adding: holder) == expected[key, default: []])
            if expected[key, default: []].count < 20 { expected[key, default: []].append(holder) }
        }
    }
}
