import Language
import Testing

@testable import Entities

@Suite("What the tagger sees of a word")
struct TokenFeaturesTests {
    private func hashes(_ word: String, _ template: TokenFeatures.Template) -> [UInt64] {
        let list = TokenList(word)
        let token = list.tokens[0]
        let key = Array(list.keys[Int(token.keyStart)..<Int(token.keyEnd)])
        return key.withUnsafeBufferPointer {
            TokenFeatures(key: $0, kind: token.kind, capitals: token.capitals, clusters: WordClusters()).hashes
        }.filter { $0.template == template }.map(\.hash)
    }

    @Test(
        "words alike inside share letters",
        arguments: [("يانوكوفيتش", 15), ("بن", 0), ("علي", 1), ("Milosevic", 13)]
    )
    func grams(word: String, count: Int) { #expect(hashes(word, .gram).count == count) }

    @Test("a foreign ending is the same in every word")
    func shared() {
        #expect(!Set(hashes("يانوكوفيتش", .gram)).isDisjoint(with: hashes("ميلوشيفيتشي", .gram)))
        #expect(Set(hashes("سالم", .gram)).isDisjoint(with: hashes("يانوكوفيتش", .gram)))
        #expect(hashes("سالم", .length) == hashes("كريم", .length))
    }
}
