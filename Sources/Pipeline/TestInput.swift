import JSON

/// What a test of a definition puts into the chain: a text, a record or a file.
public enum TestInput: Sendable {
    /// Scraped text, as a `.txt` file holds it.
    case text(String)
    /// An object, as a line of JSON Lines holds it.
    case record(JSONValue)
    /// A path relative to the definition; its first article is taken.
    case file(String, range: Range<Int>)
}

extension TestInput: OptionValue {
    public init(option value: JSONValue) throws(OptionError) {
        let forms = #"expected { "text": "…" }, { "record": {…} } or { "file": "…" }"#
        guard let members = value.members else { throw OptionError("\(forms), found \(value.kind)", at: value.range) }
        guard let member = members.first, members.count == 1 else {
            throw OptionError("\(forms), found \(members.count) keys", at: value.range)
        }
        switch member.key {
        case "text":
            guard let text = member.value.string else {
                throw OptionError("expected a string, found \(member.value.kind)", at: member.value.range)
            }
            self = .text(text)
        case "record":
            guard member.value.members != nil else {
                throw OptionError("expected an object, found \(member.value.kind)", at: member.value.range)
            }
            self = .record(member.value)
        case "file":
            guard let path = member.value.string else {
                throw OptionError("expected a path, found \(member.value.kind)", at: member.value.range)
            }
            self = .file(path, range: member.value.range)
        default:
            throw OptionError(
                "unknown input \"\(member.key)\"",
                at: member.keyRange,
                hint: suggestion(for: member.key, among: ["text", "record", "file"]) ?? "inputs: text, record, file"
            )
        }
    }

    public var json: String { "null" }
    public static var schema: String {
        """
        {"oneOf":[\
        {"type":"object","required":["text"],"additionalProperties":false,"properties":{"text":{"type":"string"}}},\
        {"type":"object","required":["record"],"additionalProperties":false,"properties":{"record":{"type":"object"}}},\
        {"type":"object","required":["file"],"additionalProperties":false,"properties":{"file":{"type":"string"}}}]}
        """
    }
    public static var typeName: String { "input (`{ \"text\": \"…\" }`, `{ \"record\": {…} }`, `{ \"file\": \"…\" }`)" }
    public static var listName: String { "inputs" }
}

/// The fields of an output row that a test expects.
public struct ExpectedFields: OptionValue {
    public let members: [JSONValue.Member]

    /// The keys of a row, in their order.
    public static let keys = [
        "id", "url", "source", "outlet", "title", "authors", "published", "modified", "language", "section", "keywords",
        "excerpt", "text", "word_count", "content_hash", "duplicate_of", "duplicate_kind", "duplicate_similarity",
        "entities", "extra", "provenance",
    ]

    public init(option value: JSONValue) throws(OptionError) {
        guard let members = value.members else {
            throw OptionError("expected an object of fields, found \(value.kind)", at: value.range)
        }
        for member in members where !Self.keys.contains(member.key) {
            let hint = suggestion(for: member.key, among: Self.keys).map { $0 + "  " } ?? ""
            throw OptionError(
                "unknown field \"\(member.key)\"",
                at: member.keyRange,
                hint: hint + "fields: " + Self.keys.joined(separator: ", ")
            )
        }
        self.members = members
    }

    public var json: String { "{}" }
    public static var schema: String {
        let properties = keys.map { "\($0.json):{}" }.joined(separator: ",")
        return #"{"type":"object","additionalProperties":false,"properties":{\#(properties)}}"#
    }
    public static var typeName: String { "object of fields" }
}
