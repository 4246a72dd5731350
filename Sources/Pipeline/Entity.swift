/// A mention of a person, a place, an organisation, a date … in an article's text.
public struct Entity: Sendable, Equatable {
    /// Unicode code points from the start of `text`; the mention is `text[start..<end]`.
    public var start: Int
    public var end: Int
    public var text: String
    /// PER, LOC, ORG, EVENT, MISC, DATE, NUMBER, MONEY or PERCENT.
    public var type: String
    /// Canonical id, or nil when it is not known which one is meant.
    public var id: String?
    /// Canonical name.
    public var name: String?
    /// What found it: `list`, `grammar` or `model`.
    public var source: String
    /// The particle (و ب ل ف ك) that is written together with the mention and is not part of it.
    public var clitic: String?
    /// The value of a date (ISO 8601) or of a number.
    public var value: String?

    public init(
        start: Int,
        end: Int,
        text: String,
        type: String,
        id: String? = nil,
        name: String? = nil,
        source: String,
        clitic: String? = nil,
        value: String? = nil
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
    }
}
