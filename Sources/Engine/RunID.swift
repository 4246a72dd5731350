import Language

/// The name of a run directory, `000041-20201122T031500Z`: a number that grows with every run whatever the clock
/// says, and the moment of the start for people.
public struct RunID: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let number: Int
    public let description: String

    /// - Returns: nil for a name that no run has, such as that of a folder somebody made there.
    public init?(_ name: String) {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count >= 6, !parts[1].isEmpty, let number = Int(parts[0]), number > 0,
            parts[0].utf8.allSatisfy({ $0 &- 0x30 < 10 }),
            parts[1].utf8.allSatisfy({ $0 &- 0x30 < 10 || $0 == UInt8(ascii: "T") || $0 == UInt8(ascii: "Z") })
        else { return nil }
        self.number = number
        description = name
    }

    init(number: Int, started: Timestamp) {
        let digits = String(number)
        let stamp = started.rfc3339.filter { $0 != "-" && $0 != ":" }
        self.number = number
        description = String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits + "-" + stamp
    }

    public static func < (left: RunID, right: RunID) -> Bool {
        (left.number, left.description) < (right.number, right.description)
    }
}
