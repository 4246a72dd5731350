import Testing

@testable import Entities

@Suite("Names in English and French")
struct LatinPhraseGrammarTests {
    @Test(
        "names that hold a word for their kind",
        arguments: [
            ("He met staff of the University of Tripoli there.", ["ORG University of Tripoli"]),
            ("They play at the Tripoli International Stadium.", ["LOC Tripoli International Stadium"]),
            ("The party Figma and company A said so.", []),
            ("a fermé l'université de Tripoli après", ["ORG université de Tripoli"]),
            ("près de l'hôpital Al-Wahda", ["ORG hôpital Al-Wahda"]),
            ("selon l'Union africaine", ["ORG Union africaine"]),
            ("at the Conference on Friday", []),
        ] as [(String, [String])]
    )
    func reads(text: String, expected: [String]) {
        let tagger = EntityTagger(
            gazetteer: Gazetteer(),
            options: TaggerOptions(types: ["ORG", "LOC", "EVENT"], latinModel: nil)
        )
        #expect(tagger.tag(text).map { "\($0.type) \($0.text)" } == expected)
    }
}
