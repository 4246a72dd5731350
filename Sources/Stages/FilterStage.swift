import Language
import Pipeline

/// Drops articles that are too short, too long, in another language, or do not meet a condition.
public struct FilterStage: Transform {
    static let minWords = StageOption(
        "minWords",
        0,
        in: 0...Int.max,
        "Articles with fewer words are dropped as `too_short`."
    )
    static let maxWords = StageOption<Int?>("maxWords", nil, "Articles with more words are dropped as `too_long`.")
    static let languages = StageOption<[String]?>(
        "languages",
        nil,
        "Articles in another language, or in none that is recognised, are dropped as `wrong_language` (ISO 639-1)."
    )
    static let condition = StageOption<Condition?>(
        "where",
        nil,
        "Articles that do not meet this condition are dropped as `unmatched`."
    )

    public static let reference = StageReference(
        name: "filter",
        summary: "Drops articles by length, language or fields.",
        discussion: """
            Words are runs between white space that hold a letter or digit. The language is the article's own where it is \
            known, else it is identified from the text and noted in `language`.

            `where` takes the same conditions as `when`:

            ```json
            { "stage": "filter", "where": { "published": { "from": "2020-01-01" }, "not": { "section": ["رياضة", "sport"] } } }
            ```
            """,
        options: [minWords.erased, maxWords.erased, languages.erased, condition.erased],
        examples: [
            StageExample(
                "By length",
                options: #"{"minWords":3}"#,
                [
                    (#"{"id":"1","text":"أعلنت وزارة النفط"}"#, .kept(#"{"word_count":3}"#)),
                    (#"{"id":"2","text":"أعلنت وزارة - …"}"#, .dropped(reason: "too_short")),
                ]
            ),
            StageExample(
                "By language",
                options: #"{"languages":["ar"]}"#,
                [
                    (
                        #"{"id":"1","text":"أعلنت وزارة النفط الليبية اليوم عن ارتفاع الإنتاج في حقول الجنوب"}"#,
                        .kept(#"{"language":"ar"}"#)
                    ),
                    (
                        #"{"id":"2","text":"The oil ministry said on Monday that output in the south had risen"}"#,
                        .dropped(reason: "wrong_language")
                    ),
                ]
            ),
            StageExample(
                "By a field",
                options: #"{"where":{"url":{"matches":"*/politics/*"}}}"#,
                [
                    (#"{"id":"1","url":"https://a.example/politics/1","text":"x"}"#, .kept("{}")),
                    (#"{"id":"2","url":"https://a.example/sport/1","text":"x"}"#, .dropped(reason: "unmatched")),
                    (#"{"id":"3","text":"x"}"#, .dropped(reason: "unmatched")),
                ]
            ),
        ]
    )

    private let minWords: Int
    private let maxWords: Int
    private let languages: [String]?
    private let condition: Condition?

    public init(_ options: StageOptions) throws(StageProblem) {
        minWords = options[Self.minWords]
        maxWords = options[Self.maxWords] ?? Int.max
        languages = options[Self.languages]
        condition = options[Self.condition]
        if minWords > maxWords {
            throw StageProblem("minWords (\(minWords)) is more than maxWords (\(maxWords))", option: "maxWords")
        }
        if languages?.isEmpty == true { throw StageProblem("an empty list keeps nothing", option: "languages") }
        for (index, language) in (languages ?? []).enumerated() where !Self.isCode(language) {
            throw StageProblem(
                "\"\(language)\" is no language code",
                option: "languages",
                element: index,
                hint: "expected the two letters of ISO 639-1, such as \"ar\""
            )
        }
    }

    public func apply(_ article: inout Article) throws -> Verdict {
        try article.requireText("filter")
        let words = article.countWords()
        if words < minWords { return .drop(reason: "too_short") }
        if words > maxWords { return .drop(reason: "too_long") }
        if let languages {
            if article.language == nil { article.language = LanguageIdentifier.identify(article.text) }
            guard let language = article.language, languages.contains(language) else {
                return .drop(reason: "wrong_language")
            }
        }
        if let condition, !condition.matches(&article) { return .drop(reason: "unmatched") }
        return .keep
    }

    private static func isCode(_ text: String) -> Bool {
        text.utf8.count == 2 && text.utf8.allSatisfy { $0 &- 0x61 < 26 }
    }
}
