import Testing

@testable import Pipeline

struct SuggestionTests {
    static let names = ["minWords", "maxWords", "languages", "where", "is"]

    @Test(
        "the nearest name is suggested when it is near enough",
        arguments: [
            ("minWord", "minWords"), ("MINWORDS", "minWords"), ("minWrods", "minWords"), ("langages", "languages"),
            ("wher", "where"),
            ("si", "is"), ("", nil), ("paths", nil), ("كلمات", nil), ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", nil),
        ] as [(String, String?)]
    )
    func near(written: String, expected: String?) {
        #expect(suggestion(for: written, among: Self.names) == expected.map { "did you mean \"\($0)\"?" })
    }

    @Test("equally near names: the first in the list")
    func tie() {
        #expect(suggestion(for: "mixWords", among: ["minWords", "maxWords"]) == "did you mean \"minWords\"?")
        #expect(suggestion(for: "mixWords", among: ["maxWords", "minWords"]) == "did you mean \"maxWords\"?")
    }

    @Test(
        "the distance counts insertions, deletions, replacements and swaps",
        arguments: [
            ("", "", 0), ("a", "", 1), ("", "ab", 2), ("ab", "ba", 1), ("kitten", "sitting", 3), ("ليبيا", "لبيا", 1),
        ]
    )
    func distance(a: String, b: String, expected: Int) {
        #expect(editDistance(a, b) == expected)
        #expect(editDistance(b, a) == expected)
    }

    @Test("long names cost little")
    func long() {
        #expect(suggestion(for: String(repeating: "a", count: 1_000_000), among: Self.names) == nil)
    }
}
