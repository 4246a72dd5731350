/// A person, place, organisation, event, date or number that a text names, and which one it is.
public struct Mention: Sendable, Equatable {
    /// Unicode code points of the text, half-open.
    public var start: Int
    public var end: Int
    /// Exactly the text from `start` to `end`.
    public var text: String
    /// PER, LOC, ORG, EVENT, MISC, DATE, NUMBER, MONEY or PERCENT.
    public var type: String
    /// The canonical id of the gazetteer; nil when it does not know this one, never a guess.
    public var id: String?
    /// The canonical name of the gazetteer; else nil, but for a name whose alef a ل before it has swallowed, which stands
    /// here whole: «الحرس الوطني» for «لحرس الوطني».
    public var name: String?
    /// What found it: `list`, `grammar` or `model`.
    public var source: String
    /// The one-letter words written onto its front, outside the span: و ف ب ل ك or two of them.
    public var clitic: String?
    /// ISO 8601 for a date, plain digits for a number.
    public var value: String?
    /// How probable the mention is: 1 for list and grammar, and wherever ``TaggerOptions/minScore`` is 0.
    public var score: Double

    public init(
        start: Int,
        end: Int,
        text: String,
        type: String,
        id: String? = nil,
        name: String? = nil,
        source: String,
        clitic: String? = nil,
        value: String? = nil,
        score: Double = 1
    ) {
        self.start = start
        self.end = end
        self.text = text
        self.type = type
        self.id = id
        self.name = name
        self.source = source
        self.clitic = clitic
        self.value = value
        self.score = score
    }
}

/// What a mention can be.
public enum EntityType: String, Sendable, CaseIterable {
    case person = "PER"
    case location = "LOC"
    case organisation = "ORG"
    case event = "EVENT"
    case miscellaneous = "MISC"
    case date = "DATE"
    case number = "NUMBER"
    case money = "MONEY"
    case percent = "PERCENT"

    /// The types a gazetteer may name; the others are read off the text by grammar.
    static let named: [EntityType] = [.person, .location, .organisation, .event, .miscellaneous]
}
