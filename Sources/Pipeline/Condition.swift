import JSON
import Language

/// A typed condition on an article's fields, as `when` and `where` take it.
///
/// ```json
/// { "language": ["ar", "fa"], "word_count": { "min": 40 }, "url": { "matches": "*/sport/*" },
///   "not": { "section": "رياضة" } }
/// ```
/// All members have to hold. A field that is unknown fails every comparison but `{ "exists": false }`.
/// Cost: linear in the fields it names; a pattern takes at most pattern × text steps.
public struct Condition: Sendable {
    private let tests: [Test]

    private enum Test: Sendable {
        case field(Field, [Comparison])
        case any([Condition])
        case not(Condition)
    }

    enum Field: String, CaseIterable, Sendable {
        case id, url, source, outlet, title, language, section, excerpt, text, path, format
        case authors, keywords, entities
        case published, modified
        case wordCount = "word_count"

        enum Kind { case string, list, time, number }

        var kind: Kind {
            switch self {
            case .authors, .keywords, .entities: .list
            case .published, .modified: .time
            case .wordCount: .number
            default: .string
            }
        }
    }

    enum Comparison: Sendable {
        case oneOf([String])
        case noneOf([String])
        case contains(String)
        case matches(Glob)
        case exists(Bool)
        case atLeast(Int64)
        case atMost(Int64)
        case before(Int64)
    }

    /// Whether the article meets the condition. Counts its words when they are asked for.
    public func matches(_ article: inout Article) -> Bool {
        for test in tests where !Self.holds(test, for: &article) { return false }
        return true
    }

    private static func holds(_ test: Test, for article: inout Article) -> Bool {
        switch test {
        case .any(let conditions): return conditions.contains { $0.matches(&article) }
        case .not(let condition): return !condition.matches(&article)
        case .field(let field, let comparisons):
            switch field.kind {
            case .string:
                let value = article.string(field)
                return comparisons.allSatisfy { $0.holds(for: value.map { [$0] } ?? []) }
            case .list:
                let values = article.list(field)
                return comparisons.allSatisfy { $0.holds(for: values) }
            case .time:
                let time = field == .published ? article.published : article.modified
                return comparisons.allSatisfy { $0.holds(for: time?.seconds) }
            case .number:
                let count = Int64(article.countWords())
                return comparisons.allSatisfy { $0.holds(for: count) }
            }
        }
    }
}

extension Article {
    fileprivate func string(_ field: Condition.Field) -> String? {
        switch field {
        case .id: id
        case .url: url
        case .source: source
        case .outlet: outlet
        case .title: title
        case .language: language
        case .section: section
        case .excerpt: excerpt
        case .text: text
        case .path: provenance.path
        case .format: provenance.format
        default: nil
        }
    }

    fileprivate func list(_ field: Condition.Field) -> [String] {
        switch field {
        case .authors: authors
        case .keywords: keywords
        default: entities.compactMap(\.id)
        }
    }

    /// Words of the text; counted once.
    public mutating func countWords() -> Int {
        if let wordCount { return wordCount }
        let count = Language.wordCount(text)
        wordCount = count
        return count
    }
}

extension Condition.Comparison {
    func holds(for values: [String]) -> Bool {
        switch self {
        case .oneOf(let wanted): values.contains { wanted.contains($0) }
        case .noneOf(let refused): !values.isEmpty && !values.contains { refused.contains($0) }
        case .contains(let part): values.contains { $0.utf8.contains(part.utf8) }
        case .matches(let glob): values.contains { glob.matches($0, paths: false) }
        case .exists(let wanted): values.isEmpty != wanted
        case .atLeast, .atMost, .before: false
        }
    }

    func holds(for number: Int64?) -> Bool {
        guard let number else {
            if case .exists(false) = self { return true }
            return false
        }
        return switch self {
        case .atLeast(let bound): number >= bound
        case .atMost(let bound): number <= bound
        case .before(let bound): number < bound
        case .exists(let wanted): wanted
        case .oneOf, .noneOf, .contains, .matches: false
        }
    }
}

extension String.UTF8View {
    /// Whether the bytes of `part` stand somewhere in these.
    fileprivate func contains(_ part: String.UTF8View) -> Bool {
        guard let first = part.first else { return true }
        var start = startIndex
        while let candidate = self[start...].firstIndex(of: first) {
            if self[candidate...].starts(with: part) { return true }
            start = index(after: candidate)
        }
        return false
    }
}

// MARK: From the definition

extension Condition: OptionValue {
    public init(option value: JSONValue) throws(OptionError) {
        guard let members = value.members else {
            throw OptionError(
                "expected a condition such as { \"language\": \"ar\" }, found \(value.kind)",
                at: value.range
            )
        }
        var tests: [Test] = []
        for member in members { tests.append(try Self.test(member)) }
        self.tests = tests
    }

    private static func test(_ member: JSONValue.Member) throws(OptionError) -> Test {
        switch member.key {
        case "not": return .not(try Condition(option: member.value))
        case "any":
            let conditions = try [Condition](option: member.value)
            guard !conditions.isEmpty else {
                throw OptionError("an empty list, which no article meets", at: member.value.range)
            }
            return .any(conditions)
        default: break
        }
        guard let field = Field(rawValue: member.key) else {
            let names = Field.allCases.map(\.rawValue) + ["any", "not"]
            throw OptionError(
                "unknown field \"\(member.key)\"",
                at: member.keyRange,
                hint: suggestion(for: member.key, among: names) ?? "fields: " + names.sorted().joined(separator: ", ")
            )
        }
        return .field(field, try comparisons(member.value, field))
    }

    private static func comparisons(_ value: JSONValue, _ field: Field) throws(OptionError) -> [Comparison] {
        guard let members = value.members else { return [try equality(value, field)] }
        guard !members.isEmpty else { throw OptionError("an empty comparison", at: value.range) }
        var comparisons: [Comparison] = []
        for member in members { comparisons.append(try comparison(member, field)) }
        return comparisons
    }

    private static func equality(_ value: JSONValue, _ field: Field) throws(OptionError) -> Comparison {
        guard field.kind == .string || field.kind == .list else {
            throw OptionError(
                "expected { \(operators(of: field).joined(separator: ", ")) } for \(field.rawValue), found \(value.kind)",
                at: value.range
            )
        }
        return .oneOf(try strings(value))
    }

    /// One string or some.
    private static func strings(_ value: JSONValue) throws(OptionError) -> [String] {
        if let string = value.string { return [string] }
        let strings = try [String](option: value)
        guard !strings.isEmpty else { throw OptionError("an empty list, which no article meets", at: value.range) }
        return strings
    }

    private static func comparison(_ member: JSONValue.Member, _ field: Field) throws(OptionError) -> Comparison {
        guard operators(of: field).contains(member.key) else {
            throw OptionError(
                "unknown comparison \"\(member.key)\" for \(field.rawValue)",
                at: member.keyRange,
                hint: suggestion(for: member.key, among: operators(of: field))
                    ?? "one of: " + operators(of: field).joined(separator: ", ")
            )
        }
        switch member.key {
        case "exists": return .exists(try Bool(option: member.value))
        case "contains": return .contains(try String(option: member.value))
        case "matches": return .matches(Glob(try String(option: member.value)))
        case "not": return .noneOf(try strings(member.value))
        case "min": return .atLeast(Int64(try Int(option: member.value)))
        case "max": return .atMost(Int64(try Int(option: member.value)))
        case "from": return .atLeast(try time(member.value))
        case "before": return .before(try time(member.value))
        default: return try equality(member.value, field)
        }
    }

    private static func operators(of field: Field) -> [String] {
        switch field.kind {
        case .string, .list: ["is", "not", "contains", "matches", "exists"]
        case .number: ["min", "max"]
        case .time: ["from", "before", "exists"]
        }
    }

    private static func time(_ value: JSONValue) throws(OptionError) -> Int64 {
        guard let string = value.string, let parsed = DateParser.parseMachine(string) else {
            throw OptionError("expected a date such as \"2020-07-08\" or \"2020-07-08T14:30:00Z\"", at: value.range)
        }
        return parsed.timestamp.seconds
    }

    public var json: String { "null" }
    public static var schema: String { ##"{"$ref":"#/$defs/condition"}"## }
    public static var typeName: String { "condition" }
    public static var listName: String { "conditions" }

    /// The JSON Schema that ``schema`` refers to.
    public static var definitionSchema: String {
        let strings = #"{"oneOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}]}"#
        let fields = Field.allCases.map { field in
            let operators = operators(of: field).map { name in
                let type =
                    switch name {
                    case "exists": #"{"type":"boolean"}"#
                    case "min", "max": #"{"type":"integer"}"#
                    case "is", "not": strings
                    default: #"{"type":"string"}"#
                    }
                return "\"\(name)\":\(type)"
            }
            let object =
                #"{"type":"object","additionalProperties":false,"minProperties":1,"properties":{\#(operators.joined(separator: ","))}}"#
            let isText = field.kind == .string || field.kind == .list
            return "\"\(field.rawValue)\":" + (isText ? #"{"anyOf":[\#(strings),\#(object)]}"# : object)
        }
        let members =
            fields + [
                ##""any":{"type":"array","items":{"$ref":"#/$defs/condition"}}"##,
                ##""not":{"$ref":"#/$defs/condition"}"##,
            ]
        return #"{"type":"object","additionalProperties":false,"properties":{\#(members.joined(separator: ","))}}"#
    }
}
