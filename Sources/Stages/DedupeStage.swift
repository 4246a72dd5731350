import Deduplication
import Formats
import Pipeline

/// Finds articles that repeat an earlier one.
public struct DedupeStage: OrderedStage {
    static let near = StageOption(
        "near",
        true,
        "Whether texts that are similar count as repeats, not identical ones alone."
    )
    static let threshold = StageOption(
        "threshold",
        40,
        in: 1...100,
        "From how many per cent of shared word pairs on two texts are the same story."
    )
    static let action = StageOption<Action>(
        "action",
        .drop,
        "`drop` takes repeats out; `mark` keeps them and says in `duplicate_of`, `duplicate_kind` and "
            + "`duplicate_similarity` what they repeat."
    )

    public static let reference = StageReference(
        name: "dedupe",
        summary: "Drops articles that repeat an earlier one.",
        discussion: """
            The earliest article in source order is kept. Another one repeats it as

            | kind | when |
            |---|---|
            | `exact` | the folded texts have the same SHA-256, `content_hash` |
            | `near` | they share at least `threshold` per cent of their word pairs |
            | `truncated` | it is the beginning of the earlier, longer one |
            | `same_page` | it has the same URL and a changed text: what was written first stays as it is |

            A later, longer version of an article is kept, and linked to it as `expanded`. An article is compared with \
            earlier ones, kept or dropped; `duplicate_of` names the kept one that the best match goes back to. Two texts \
            that are not similar themselves are never merged because a third one is similar to both.

            Folding passes over what outlets change and readers do not see: Unicode composition, tashkeel, tatweel, the \
            forms of alef, hamza, yeh and teh marbuta, presentation forms, the digits of every script, case, punctuation, \
            white space, zero-width and direction marks. So «أُعلِنَ، اليومَ، عن ٣ اتفاقيّات» repeats «أعلن اليوم عن 3 اتفاقيات».

            Below 15 words only the same URL, or the same title and text, make a repeat. An empty text repeats nothing.

            Every repeat is listed in `duplicates.jsonl`; `stories.csv` has one row for each kept article with repeats: how \
            many, by which outlets, published when.
            """,
        options: [near.erased, threshold.erased, action.erased],
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
            StageExample(
                "The same story, told a little differently",
                options: #"{"action":"mark"}"#,
                [
                    (
                        #"{"id":"1","text":"أعلنت المؤسسة الوطنية للنفط اليوم أن إنتاج البلاد من الخام تجاوز مليون برميل يوميا بعد انتهاء أعمال الصيانة في حقل الشرارة جنوب غربي ليبيا"}"#,
                        .kept(#"{"duplicate_of":null}"#)
                    ),
                    (
                        #"{"id":"2","text":"قالت المؤسسة الوطنية للنفط إن إنتاج البلاد من الخام تجاوز مليون برميل يوميا بعد انتهاء أعمال الصيانة في حقل الشرارة جنوب غربي ليبيا"}"#,
                        .kept(#"{"duplicate_of":"1","duplicate_kind":"near"}"#)
                    ),
                ]
            ),
        ]
    )

    enum Action: String, ChoiceOption {
        case drop, mark
    }

    private let action: Action
    private let options: DedupeOptions
    private var deduplicator: Deduplicator
    private var stories = Stories()

    public init(_ options: StageOptions) throws(StageProblem) {
        action = options[Self.action]
        self.options = DedupeOptions(near: options[Self.near], threshold: options[Self.threshold])
        deduplicator = Deduplicator(options: self.options)
    }

    public func prepare(_ article: inout Article) throws -> Signature {
        try article.requireText("dedupe")
        let signature = Signature(text: article.text, title: article.title, url: article.url, options: options)
        article.contentHash = signature.contentHash
        article.identify()
        return signature
    }

    public mutating func decide(_ article: inout Article, _ signature: Signature) -> Verdict {
        switch deduplicator.decide(signature, position: stories.count) {
        case .unique: break
        case .linked(let match): mark(&article, match)
        case .duplicate(let match), .update(let match):
            mark(&article, match)
            stories.addRepeat(article, of: match.position)
            if action == .drop { return .drop(reason: "duplicate") }
            // A marked repeat passes on and is no story of its own.
            return .keep
        }
        stories.addKept(article)
        return .keep
    }

    public func finish() -> [ExtraTable] { [stories.table] }

    private func mark(_ article: inout Article, _ match: DuplicateMatch) {
        article.duplicate = Duplicate(
            of: stories.id(of: match.position),
            kind: match.kind.rawValue,
            similarity: match.similarity / 10
        )
    }
}
