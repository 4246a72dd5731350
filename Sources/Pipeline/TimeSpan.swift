import JSON

/// A length of time as people write it: `26h`, `90m`, `2d`, `30s`.
public struct TimeSpan: OptionValue, Equatable {
    public let seconds: Int64

    /// - Returns: nil for what is no number with a unit.
    public init?(_ text: String) {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()), count >= 0,
            count <= 1_000_000
        else { return nil }
        seconds = count * unit
    }

    public init(seconds: Int64) {
        self.seconds = seconds
    }

    public init(option value: JSONValue) throws(OptionError) {
        guard let span = value.string.flatMap({ TimeSpan($0) }) else {
            throw OptionError(
                "expected a length of time such as \"60s\", found \(value.kind)",
                at: value.range,
                hint: "a number with s, m, h or d"
            )
        }
        self = span
    }

    public var json: String { "\"\(seconds)s\"" }
    public static var schema: String { #"{"type":"string","pattern":"^[0-9]{1,7}[smhd]$"}"# }
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
