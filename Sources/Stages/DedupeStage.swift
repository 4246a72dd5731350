import Deduplication
import Formats
import Hashing
import Pipeline

/// Finds articles that were read before.
public struct DedupeStage: OrderedStage {
    static let action = StageOption<Action>(
        "action",
        .drop,
        "`drop` takes repeats out; `mark` keeps them and fills `duplicate_of`, `duplicate_kind` and `duplicate_similarity`."
    )

    public static let reference = StageReference(
        name: "dedupe",
        summary: "Drops articles that repeat an earlier one.",
        discussion: """
            Two articles are the same when their folded texts have the same SHA-256, `content_hash`. Folding passes over what \
            outlets change and readers do not see: Unicode composition, tashkeel, tatweel, the forms of alef, hamza, yeh and \
            teh marbuta, presentation forms, the digits of every script, case, punctuation, white space, zero-width and \
            direction marks. So «أُعلِنَ، اليومَ، عن ٣ اتفاقيّات» repeats «أعلن اليوم عن 3 اتفاقيات».

            The earliest article in source order is kept. Every repeat is listed in `duplicates.jsonl`; `stories.csv` has one \
            row for each kept article with repeats: how many, by which outlets, published when. An empty text repeats nothing.
            """,
        options: [action.erased],
        examples: [
            StageExample(
                "Tashkeel, digits and punctuation make no difference",
                [
                    (#"{"id":"1","text":"أعلن اليوم عن 3 اتفاقيات"}"#, .kept(#"{"id":"1","duplicate_of":null}"#)),
                    (#"{"id":"2","text":"أُعلِنَ، اليومَ، عن ٣ اتفاقيّات."}"#, .dropped(reason: "duplicate")),
                    (#"{"id":"3","text":"أعلن اليوم عن 4 اتفاقيات"}"#, .kept(#"{"id":"3"}"#)),
                ]
            ),
            StageExample(
                "Marked instead of dropped",
                options: #"{"action":"mark"}"#,
                [
                    (#"{"id":"1","text":"Output rose."}"#, .kept(#"{"duplicate_of":null}"#)),
                    (
                        #"{"id":"2","text":"OUTPUT ROSE"}"#,
                        .kept(#"{"duplicate_of":"1","duplicate_kind":"exact","duplicate_similarity":100}"#)
                    ),
                ]
            ),
        ]
    )

    enum Action: String, ChoiceOption {
        case drop, mark
    }

    private let action: Action
    private var index = ExactIndex()
    private var stories = Stories()

    public init(_ options: StageOptions) throws(StageProblem) {
        action = options[Self.action]
    }

    public func prepare(_ article: inout Article) throws -> Digest256? {
        try article.requireText("dedupe")
        article.identify()
        return article.wordCount == 0 ? nil : article.contentHash
    }

    public mutating func decide(_ article: inout Article, _ hash: Digest256?) -> Verdict {
        let position = stories.count
        if let hash, let holder = index.holder(of: hash, orInsert: position) {
            article.duplicate = Duplicate(of: stories.id(of: holder), kind: "exact", similarity: 100)
            stories.addRepeat(article, of: holder)
            return action == .drop ? .drop(reason: "duplicate") : .keep
        }
        stories.addKept(article)
        return .keep
    }

    public func finish() -> [ExtraTable] { [stories.table] }
}
