import Language
import Testing

@testable import Deduplication

struct WordScannerTests {
    private func scan(_ text: String, limit: Int = 100) -> [UInt32] {
        let folded = Folding.fold(text) + [UInt8](repeating: 0x20, count: WordScanner.padding)
        return folded.withUnsafeBytes { bytes in
            [UInt32](unsafeUninitializedCapacity: limit) { target, count in
                count = WordScanner.scan(bytes, into: target)
            }
        }
    }

    @Test(arguments: [0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 40])
    func aWordIsTheSameWhereverItStands(length: Int) {
        let word = String(repeating: "ab", count: length) + "c"
        let alone = scan(word)
        #expect(alone.count == 1)
        #expect(
            scan("x \(word) y \(word)z \(word)") == [
                scan("x")[0], alone[0], scan("y")[0], scan("\(word)z")[0], alone[0],
            ]
        )
    }

    @Test func differentWordsDiffer() {
        let words = (0..<2_000).map { "w\($0)x" }
        #expect(Set(scan(words.joined(separator: " "), limit: 3_000)).count == 2_000)
    }

    @Test func numbersAreOdd() {
        #expect(scan("عام 2026 و٣ آلاف a1 1a").map { $0 & 1 } == [0, 1, 0, 0, 0, 1])
    }

    @Test func stopsAtTheLimit() {
        #expect(scan("a b c d e", limit: 3) == scan("a b c"))
        #expect(scan("") == [])
    }
}
