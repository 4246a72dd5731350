/// Everything that is said about a stage, once.
public struct StageReference: Sendable {
    /// The value of the definition's `stage` key.
    public let name: String
    /// One sentence.
    public let summary: String
    /// What one has to know to use it, in Markdown.
    public let discussion: String
    public let options: [AnyStageOption]
    /// Run by the tests and shown in the reference.
    public let examples: [StageExample]

    public init(
        name: String,
        summary: String,
        discussion: String,
        options: [AnyStageOption],
        examples: [StageExample] = []
    ) {
        self.name = name
        self.summary = summary
        self.discussion = discussion
        self.options = options
        self.examples = examples
    }

    /// The options that every stage but a source takes.
    public static let common: [AnyStageOption] = [CommonOptions.when.erased, CommonOptions.onError.erased]
}

/// What `when` and `onError` mean at any stage.
public enum CommonOptions {
    public static let when = StageOption<Condition?>(
        "when",
        nil,
        "Only articles that meet this condition go through the stage; the others pass it by."
    )
    public static let onError = StageOption<ErrorPolicy>(
        "onError",
        .quarantine,
        "What becomes of an article that the stage fails on."
    )
}

/// What becomes of an article that a stage fails on.
public enum ErrorPolicy: String, ChoiceOption {
    /// It goes to `quarantine.jsonl`.
    case quarantine
    /// It is dropped with the reason `error`.
    case drop
    /// The run ends without publishing.
    case fail
}

/// An article before a stage and what becomes of it.
public struct StageExample: Sendable {
    public enum Outcome: Sendable {
        /// The article goes on, with these fields (a JSON object; other fields are not compared).
        case kept(String)
        case dropped(reason: String)
        case failed(code: String)
    }

    public let title: String
    /// The stage's options as a JSON object.
    public let options: String
    /// Each input (a JSON object as a line of JSONL has it) with its outcome, in order.
    public let articles: [(input: String, outcome: Outcome)]

    public init(_ title: String, options: String = "{}", _ articles: [(input: String, outcome: Outcome)]) {
        self.title = title
        self.options = options
        self.articles = articles
    }
}
