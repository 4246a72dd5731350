/// The text of a pipeline definition, and where a byte of it stands for a person: line, column, caret.
public struct DefinitionText: Sendable {
    /// The path as it was given.
    public let name: String
    public private(set) var bytes: [UInt8]
    /// Values that no message may show, once they are known.
    public internal(set) var secrets: [String] = []
    /// Texts that were added from the command line (`--set stages.3.minWords=20`), by their first byte.
    private var additions: [(start: Int, label: String)] = []

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// Appends a text from the command line, so that a message can point into it; returns its first byte.
    mutating func add(_ text: String, label: String) -> Int {
        bytes.append(0x0A)
        additions.append((bytes.count, label))
        bytes.append(contentsOf: text.utf8)
        return bytes.count - text.utf8.count
    }

    public struct Location: Sendable, Equatable {
        /// The file, or the command-line option.
        public let name: String
        /// From 1; columns count Unicode scalars. nil on the command line.
        public let line: Int?
        public let column: Int
        public let lineText: String
        /// Scalars that the caret underlines, at least 1.
        public let length: Int
    }

    public func location(of range: Range<Int>) -> Location {
        let addition = additions.last { $0.start <= range.lowerBound }
        // A byte order mark is no column.
        let first = addition?.start ?? (bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
        let limit = addition == nil ? (additions.first.map { $0.start - 1 } ?? bytes.count) : bytes.count
        let start = min(max(range.lowerBound, first), limit)
        var lineStart = start
        while lineStart > first, bytes[lineStart - 1] != 0x0A { lineStart -= 1 }
        var lineEnd = start
        while lineEnd < limit, bytes[lineEnd] != 0x0A, bytes[lineEnd] != 0x0D { lineEnd += 1 }
        let end = max(start, min(range.upperBound, lineEnd))
        let line = bytes[first..<lineStart].count { $0 == 0x0A } + 1
        return Location(
            name: addition?.label ?? name,
            line: addition == nil ? line : nil,
            column: scalars(lineStart..<start) + 1,
            lineText: String(decoding: bytes[lineStart..<lineEnd], as: UTF8.self),
            length: max(1, scalars(start..<end))
        )
    }

    private func scalars(_ range: Range<Int>) -> Int {
        bytes[range].count { $0 & 0xC0 != 0x80 }
    }
}
