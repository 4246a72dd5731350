import JSON

/// A type that an option can have: how it is read from the definition, and how it is described.
public protocol OptionValue: Sendable {
    init(option value: JSONValue) throws(OptionError)
    /// As the definition would write it.
    var json: String { get }
    /// JSON Schema, as JSON text.
    static var schema: String { get }
    /// For people: `string`, `a list of strings` …
    static var typeName: String { get }
    /// For people, behind "a list of".
    static var listName: String { get }
}

extension OptionValue {
    public static var listName: String { typeName }
}

private func mismatch(_ value: JSONValue, _ expected: String) -> OptionError {
    OptionError("expected \(expected), found \(value.kind)", at: value.range)
}

extension Bool: OptionValue {
    public init(option value: JSONValue) throws(OptionError) {
        guard let bool = value.bool else { throw mismatch(value, "true or false") }
        self = bool
    }
    public var json: String { self ? "true" : "false" }
    public static var schema: String { #"{"type":"boolean"}"# }
    public static var typeName: String { "true or false" }
}

extension Int: OptionValue {
    public init(option value: JSONValue) throws(OptionError) {
        guard let integer = value.integer else { throw mismatch(value, "a whole number") }
        self = integer
    }
    public var json: String { String(self) }
    public static var schema: String { #"{"type":"integer"}"# }
    public static var typeName: String { "whole number" }
    public static var listName: String { "whole numbers" }
}

extension String: OptionValue {
    public init(option value: JSONValue) throws(OptionError) {
        guard let string = value.string else { throw mismatch(value, "a string") }
        self = string
    }
    public var json: String {
        var writer = JSONWriter()
        writer.value(self)
        return writer.text
    }
    public static var schema: String { #"{"type":"string"}"# }
    public static var typeName: String { "string" }
    public static var listName: String { "strings" }
}

extension Array: OptionValue where Element: OptionValue {
    public init(option value: JSONValue) throws(OptionError) {
        guard let elements = value.elements else { throw mismatch(value, Self.typeName) }
        self = []
        for element in elements { append(try Element(option: element)) }
    }
    public var json: String { "[" + map(\.json).joined(separator: ",") + "]" }
    public static var schema: String { #"{"type":"array","items":\#(Element.schema)}"# }
    public static var typeName: String { "a list of \(Element.listName)" }
}

extension Optional: OptionValue where Wrapped: OptionValue {
    public init(option value: JSONValue) throws(OptionError) {
        self = value.isNull ? nil : try Wrapped(option: value)
    }
    public var json: String { self?.json ?? "null" }
    public static var schema: String { Wrapped.schema }
    public static var typeName: String { Wrapped.typeName }
}

/// An option with a fixed set of values, written as strings.
public protocol ChoiceOption: OptionValue, RawRepresentable, CaseIterable where RawValue == String {}

extension ChoiceOption {
    public init(option value: JSONValue) throws(OptionError) {
        guard let string = value.string else { throw mismatch(value, "a string") }
        guard let choice = Self(rawValue: string) else {
            let names = Self.allCases.map(\.rawValue)
            throw OptionError(
                "unknown value \"\(string)\"",
                at: value.range,
                hint: suggestion(for: string, among: names) ?? "one of: " + names.joined(separator: ", ")
            )
        }
        self = choice
    }
    public var json: String { rawValue.json }
    public static var schema: String { #"{"enum":\#(Self.allCases.map(\.rawValue).json)}"# }
    public static var typeName: String { Self.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ") }
}

/// A share of the articles, `"1%"`, or a count of them, `20`.
public enum Allowance: OptionValue, Equatable {
    case count(Int)
    /// Hundredths of a per cent.
    case share(Int)

    public init(option value: JSONValue) throws(OptionError) {
        if let count = value.integer, count >= 0 {
            self = .count(count)
        } else if let text = value.string, text.hasSuffix("%"), let share = Self.hundredths(String(text.dropLast())) {
            self = .share(share)
        } else {
            throw mismatch(value, "a count such as 20 or a share such as \"1%\"")
        }
    }

    /// Digits, and at most two behind a point: what is finer would be rounded to something else.
    private static func hundredths(_ text: String) -> Int? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = digits(parts[0], atMost: 3) else { return nil }
        guard parts.count == 2 else { return parts.count == 1 && whole <= 100 ? whole * 100 : nil }
        guard let fraction = digits(parts[1], atMost: 2) else { return nil }
        let share = whole * 100 + (parts[1].utf8.count == 1 ? fraction * 10 : fraction)
        return share <= 10_000 ? share : nil
    }

    private static func digits(_ text: Substring, atMost count: Int) -> Int? {
        guard (1...count).contains(text.utf8.count), text.utf8.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
        return Int(text)
    }

    /// Whether `part` of `whole` is within the allowance.
    public func admits(_ part: Int, of whole: Int) -> Bool {
        switch self {
        case .count(let count): part <= count
        case .share(let share): part * 10_000 <= whole * share
        }
    }

    public var json: String {
        switch self {
        case .count(let count): String(count)
        case .share(let share):
            share % 100 == 0 ? "\"\(share / 100)%\"" : "\"\(Double(share) / 100)%\""
        }
    }
    public static var schema: String {
        #"{"oneOf":[{"type":"integer","minimum":0},{"type":"string","pattern":"^[0-9]{1,3}(\\.[0-9]{1,2})?%$"}]}"#
    }
    public static var typeName: String { "count or share (`\"1%\"`)" }
}
