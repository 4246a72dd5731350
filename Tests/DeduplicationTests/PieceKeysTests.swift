import TestSupport
import Testing

@testable import Deduplication

struct PieceKeysTests {
    private func sample(_ words: [UInt32]) -> [UInt32] {
        words.withUnsafeBufferPointer { PieceKeys.sample(of: $0) }
    }

    private func words(_ count: Int, seed: UInt64) -> [UInt32] {
        var generator = ArticleGenerator(seed: seed)
        return (0..<count).map { _ in UInt32(generator.number(below: 1 << 30)) }
    }

    @Test(arguments: [0, 3, 4, 5, 10, 24, 100, 1_000])
    func keysAreDistinctAndFew(count: Int) {
        let keys = sample(words(count, seed: 1))
        #expect(Set(keys).count == keys.count)
        #expect(keys.count <= PieceKeys.ofWhole + PieceKeys.ofLead)
        #expect(keys.count >= min(max(0, count - 3), PieceKeys.ofWhole))
    }

    @Test func repeatedWordsGiveOneKey() {
        #expect(sample([UInt32](repeating: 2, count: 500)).count == 1)
    }

    @Test func similarTextsShareKeys() {
        for seed in 0..<50 as Range<UInt64> {
            let original = words(250, seed: seed)
            var edited = original
            for k in stride(from: 3, to: 250, by: 6) { edited[k] = 1 << 31 | UInt32(k) << 1 }
            #expect(!Set(sample(original)).isDisjoint(with: sample(edited)))
            #expect(Set(sample(original)).isDisjoint(with: sample(words(250, seed: seed + 1_000))))
        }
    }

    @Test func aLeadSharesKeysWithItsText() {
        for seed in 0..<50 as Range<UInt64> {
            let whole = words(800, seed: seed)
            #expect(!Set(sample(whole)).isDisjoint(with: sample(Array(whole[..<30]))))
        }
    }
}
