import JSON

/// One option of a stage, declared once: its name, type, default, bounds and sentence of documentation.
///
/// ```swift
/// static let minWords = StageOption("minWords", 0, in: 0...1_000_000, "Drops articles with fewer words.")
/// ```
public struct StageOption<Value: OptionValue>: Sendable {
    public let name: String
    public let summary: String
    /// nil when the option has to be given.
    public let fallback: Value?
    public let bounds: ClosedRange<Int>?

    /// An option that has to be given.
    public init(required name: String, _ summary: String) {
        self.name = name
        self.summary = summary
        fallback = nil
        bounds = nil
    }

    public init(_ name: String, _ fallback: Value, in bounds: ClosedRange<Int>? = nil, _ summary: String) {
        self.name = name
        self.summary = summary
        self.fallback = fallback
        self.bounds = bounds
    }

    public var erased: AnyStageOption {
        let bounds = bounds
        return AnyStageOption(
            name: name,
            summary: summary,
            isRequired: fallback == nil,
            fallback: fallback?.json,
            bounds: bounds,
            schema: bounds.map(schema) ?? Value.schema,
            typeName: Value.typeName
        ) { json throws(OptionError) in
            let value = try Value(option: json)
            if let bounds, let number = value as? Int, !bounds.contains(number) {
                throw OptionError("\(number) is out of range, expected \(describe(bounds))", at: json.range)
            }
            return value
        }
    }
}

private func schema(_ bounds: ClosedRange<Int>) -> String {
    let maximum = bounds.upperBound == .max ? "" : #","maximum":\#(bounds.upperBound)"#
    return #"{"type":"integer","minimum":\#(bounds.lowerBound)\#(maximum)}"#
}

private func describe(_ bounds: ClosedRange<Int>) -> String {
    if bounds.upperBound == .max { return "\(bounds.lowerBound) or more" }
    return "\(bounds.lowerBound) to \(bounds.upperBound)"
}

/// A ``StageOption`` of any type.
public struct AnyStageOption: Sendable {
    public let name: String
    public let summary: String
    public let isRequired: Bool
    /// The default as JSON; nil when the option has to be given.
    public let fallback: String?
    public let bounds: ClosedRange<Int>?
    /// A JSON Schema for the value, as JSON text.
    public let schema: String
    /// For people: `number`, `list of strings` …
    public let typeName: String
    public let decode: @Sendable (JSONValue) throws(OptionError) -> any Sendable
}

/// What is wrong with an option's value, and where.
public struct OptionError: Error, Sendable {
    public let message: String
    /// Bytes of the definition.
    public let range: Range<Int>
    public let hint: String?

    public init(_ message: String, at range: Range<Int>, hint: String? = nil) {
        self.message = message
        self.range = range
        self.hint = hint
    }
}

/// A stage's options after validation.
public struct StageOptions: Sendable {
    private let values: [String: any Sendable]
    private let ranges: [String: JSONValue]
    /// The folder of the definition's file, against which relative paths are resolved.
    public let directory: String
    public var limits = Definition.Limits.standard
    /// The folder that receives the runs, which is never an input.
    public var output = ""
    /// Values that no output may show.
    public var secrets: [String] = []
    /// Whether every option that is there is right and none is missing, so that a stage can be built.
    public let isUsable: Bool

    public init(values: [String: any Sendable], given: [String: JSONValue], directory: String, isUsable: Bool = true) {
        self.isUsable = isUsable
        self.values = values
        self.ranges = given
        self.directory = directory
    }

    /// The given value, else the default.
    public subscript<Value: OptionValue>(_ option: StageOption<Value>) -> Value {
        if let value = values[option.name] as? Value { return value }
        guard let fallback = option.fallback else {
            preconditionFailure("the option \(option.name) is not declared in the stage's reference")
        }
        return fallback
    }

    /// Whether the definition names the option.
    public func isGiven(_ name: String) -> Bool { ranges[name] != nil }

    /// Bytes of the definition where the option's value (or its element) stands.
    public func range(of name: String, element: Int? = nil) -> Range<Int>? {
        guard let value = ranges[name] else { return nil }
        if let element, let elements = value.elements, element < elements.count { return elements[element].range }
        return value.range
    }

    /// A path of the definition as the file system wants it.
    public func resolve(_ path: String) -> String {
        if path.hasPrefix("/") || directory.isEmpty || directory == "." { return path }
        return directory.hasSuffix("/") ? directory + path : directory + "/" + path
    }
}

/// Why a stage cannot be built from options that are right one by one.
public struct StageProblem: Error, Sendable {
    public let message: String
    /// The option (and its element) that the message is about.
    public let option: String?
    public let element: Int?
    public let hint: String?

    public init(_ message: String, option: String? = nil, element: Int? = nil, hint: String? = nil) {
        self.message = message
        self.option = option
        self.element = element
        self.hint = hint
    }
}
