import JSON

/// A length of time as people write it: `26h`, `90m`, `2d`, `30s`, `30 days`.
public struct TimeSpan: OptionValue, Equatable {
    public let seconds: Int64

    /// - Returns: nil for what is no number with a unit.
    public init?(_ text: String) {
        let units: [(name: String, seconds: Int64)] = [("second", 1), ("minute", 60), ("hour", 3600), ("day", 86_400)]
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let name = text[digits.endIndex...]
        let unit = units.first {
            name == String($0.name.prefix(1)) || name == " \($0.name)" || name == " \($0.name)s"
        }
        guard let unit, let count = Int64(digits), count <= 1_000_000 else { return nil }
        seconds = count * unit.seconds
    }

    public init(seconds: Int64) {
        self.seconds = seconds
    }

    public init(option value: JSONValue) throws(OptionError) {
        guard let span = value.string.flatMap({ TimeSpan($0) }) else {
            throw OptionError(
                "expected a length of time such as \"60s\", found \(value.kind)",
                at: value.range,
                hint: "a number with s, m, h or d, or in words as \"30 days\""
            )
        }
        self = span
    }

    public var json: String {
        seconds > 0 && seconds % 86_400 == 0 ? "\"\(seconds / 86_400) days\"" : "\"\(seconds)s\""
    }
    public static var schema: String {
        #"{"type":"string","pattern":"^[0-9]{1,7}([smhd]| (second|minute|hour|day)s?)$"}"#
    }
    public static var typeName: String { "length of time (`\"60s\"`)" }

    /// The two largest units: `3 h 12 min`.
    public var text: String {
        let total = max(0, seconds)
        if total < 60 { return "\(total) s" }
        if total < 3600 { return "\(total / 60) min" }
        if total < 86_400 { return "\(total / 3600) h \(total / 60 % 60) min" }
        return "\(total / 86_400) d \(total / 3600 % 24) h"
    }
}
