import Testing

@testable import Deduplication

struct WordPairsTests {
    private func distinct(_ words: [UInt32]) -> [UInt16] {
        words.withUnsafeBufferPointer { WordPairs.distinct(in: $0) }
    }

    @Test func keepsTheFirstOfEachInOrder() {
        let pairs = distinct([2, 4, 6, 2, 4, 8])
        #expect(pairs == [WordPairs.hash(2, 4), WordPairs.hash(4, 6), WordPairs.hash(6, 2), WordPairs.hash(4, 8)])
    }

    @Test func marksPairsWithNumbers() {
        #expect(distinct([2, 5, 6, 8]).map { $0 & WordPairs.number } == [WordPairs.number, WordPairs.number, 0])
    }

    @Test func orderOfWordsMatters() {
        #expect(WordPairs.hash(2, 4) != WordPairs.hash(4, 2))
    }

    @Test(arguments: [0, 1, 2, 1536, 1537, 1538, 4096])
    func aTextHasNoMoreThanTheMaximum(count: Int) {
        let pairs = distinct((0..<UInt32(count)).map { $0 * 2 })
        #expect(pairs.count <= min(max(0, count - 1), WordPairs.maxCount))
        #expect(Set(pairs).count == pairs.count)
        #expect(pairs.count * 100 >= min(max(0, count - 1), WordPairs.maxCount) * 93)
    }
}
