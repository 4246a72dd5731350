/// A file name pattern: `*` within a name, `**` for whole folders, `?`, `[a-z]`, `[!a-z]` and `{html,txt}`.
///
/// `**` means folders only as a whole name (`**/x`, `a/**`); elsewhere it is a `*`. `?` and a set take one Unicode
/// scalar. Case counts, and names are compared as they are written, in no normal form.
/// Cost: at most pattern × text steps for each alternative of the braces. A star that fails is retried, never the
/// stars before it, so no pattern can hang a run.
public struct Glob: Sendable, Equatable {
    public let pattern: String
    private let alternatives: [[Token]]

    /// At most this many patterns come out of `{…}`; what is beyond stays unexpanded.
    static let maxAlternatives = 256

    private enum Token: Sendable, Equatable {
        case byte(UInt8)
        case anyScalar
        case set([ClosedRange<UInt32>], isNegated: Bool)
        case star
        /// `**/`: no folder, or some.
        case folders
        /// `**` at the end.
        case rest
    }

    public init(_ pattern: String) {
        self.pattern = pattern
        alternatives = Self.expandBraces(Array(pattern.utf8)).map(Self.compile)
    }

    /// Whether `text` holds anything that a pattern means.
    public static func isPattern(_ text: String) -> Bool {
        text.utf8.contains { byte in "*?[{".utf8.contains(byte) }
    }

    /// How many names a path that matches has at most; nil when there is no limit.
    public var maxNames: Int? {
        var most = 0
        for tokens in alternatives {
            if tokens.contains(.folders) || tokens.contains(.rest) { return nil }
            most = max(most, tokens.count { $0 == .byte(UInt8(ascii: "/")) } + 1)
        }
        return most
    }

    /// - Parameter paths: whether `/` stands between folders: `*`, `?` and sets then stop at it.
    public func matches(_ text: String, paths: Bool = true) -> Bool {
        var text = text
        return text.withUTF8 { text in alternatives.contains { Self.match($0, text, paths: paths) } }
    }

    // MARK: Reading

    /// Innermost braces first, so that braces may stand inside braces.
    private static func expandBraces(_ pattern: [UInt8]) -> [[UInt8]] {
        var pending = [pattern]
        var done: [[UInt8]] = []
        while let next = pending.popLast() {
            guard let (open, close) = innermostBraces(next), pending.count + done.count < maxAlternatives else {
                done.append(next)
                continue
            }
            let choices = next[(open + 1)..<close].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            for choice in choices { pending.append(Array(next[..<open]) + Array(choice) + Array(next[(close + 1)...])) }
        }
        return done
    }

    private static func innermostBraces(_ pattern: [UInt8]) -> (open: Int, close: Int)? {
        var open: Int?
        for (index, byte) in pattern.enumerated() {
            if byte == UInt8(ascii: "{") { open = index }
            if byte == UInt8(ascii: "}"), let open { return (open, index) }
        }
        return nil
    }

    private static func compile(_ pattern: [UInt8]) -> [Token] {
        var tokens: [Token] = []
        var i = 0
        while i < pattern.count {
            switch pattern[i] {
            case UInt8(ascii: "*"):
                let start = i
                while i < pattern.count, pattern[i] == UInt8(ascii: "*") { i += 1 }
                let isName = i - start > 1 && (start == 0 || pattern[start - 1] == UInt8(ascii: "/"))
                if isName, i == pattern.count {
                    tokens.append(.rest)
                } else if isName, pattern[i] == UInt8(ascii: "/") {
                    i += 1
                    tokens.append(.folders)
                } else {
                    tokens.append(.star)
                }
                continue
            case UInt8(ascii: "?"): tokens.append(.anyScalar)
            case UInt8(ascii: "["):
                if let (set, next) = readSet(pattern, i) {
                    tokens.append(set)
                    i = next
                    continue
                }
                tokens.append(.byte(pattern[i]))
            default: tokens.append(.byte(pattern[i]))
            }
            i += 1
        }
        return tokens
    }

    /// The set that opens at `open`, and where the pattern goes on; nil when it is never closed.
    private static func readSet(_ pattern: [UInt8], _ open: Int) -> (Token, Int)? {
        var start = open + 1
        let isNegated = start < pattern.count && pattern[start] == UInt8(ascii: "!")
        if isNegated { start += 1 }
        // A "]" that stands first is a member.
        guard start < pattern.count, let close = pattern[(start + 1)...].firstIndex(of: UInt8(ascii: "]")) else {
            return nil
        }
        let members = Array(String(decoding: pattern[start..<close], as: UTF8.self).unicodeScalars.map(\.value))
        var ranges: [ClosedRange<UInt32>] = []
        var i = 0
        while i < members.count {
            let isRange = i + 2 < members.count && members[i + 1] == 0x2D && members[i] <= members[i + 2]
            ranges.append(members[i]...members[isRange ? i + 2 : i])
            i += isRange ? 3 : 1
        }
        return (.set(ranges, isNegated: isNegated), close + 1)
    }

    // MARK: Matching

    private static func match(_ tokens: [Token], _ text: UnsafeBufferPointer<UInt8>, paths: Bool) -> Bool {
        var p = 0
        var t = 0
        // Where to go on behind the last `*` and the last `**/` when what follows them does not match.
        var star: (p: Int, t: Int)?
        var folders: (p: Int, t: Int)?
        while true {
            if p == tokens.count {
                if t == text.count { return true }
            } else if tokens[p] == .rest {
                return true
            } else if tokens[p] == .star {
                p += 1
                star = (p, t)
                continue
            } else if tokens[p] == .folders {
                p += 1
                folders = (p, t)
                star = nil
                continue
            } else if let width = width(of: tokens[p], text, t, paths: paths) {
                p += 1
                t += width
                continue
            }
            if let last = star, last.t < text.count, !(paths && text[last.t] == UInt8(ascii: "/")) {
                (p, t) = (last.p, last.t + 1)
                star = (p, t)
            } else if let last = folders, let slash = text[last.t...].firstIndex(of: UInt8(ascii: "/")) {
                (p, t) = (last.p, slash + 1)
                folders = (p, t)
                star = nil
            } else {
                return false
            }
        }
    }

    /// The bytes at `t` that the token takes; nil when it does not match there.
    private static func width(of token: Token, _ text: UnsafeBufferPointer<UInt8>, _ t: Int, paths: Bool) -> Int? {
        guard t < text.count else { return nil }
        if case .byte(let byte) = token { return text[t] == byte ? 1 : nil }
        // Behind a star this may be the middle of a scalar.
        guard text[t] & 0xC0 != 0x80, !(paths && text[t] == UInt8(ascii: "/")) else { return nil }
        let width = text[t] < 0xC0 ? 1 : text[t] < 0xE0 ? 2 : text[t] < 0xF0 ? 3 : 4
        guard case .set(let ranges, let isNegated) = token else { return width }
        guard let scalar = String(decoding: text[t..<min(t + width, text.count)], as: UTF8.self).unicodeScalars.first
        else { return nil }
        return ranges.contains { $0.contains(scalar.value) } != isNegated ? width : nil
    }
}
