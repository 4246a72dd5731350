/// A file name pattern: `*` within a name, `**` over folders, `?`, `[a-z]`, and `{html,txt}`.
///
/// Works on UTF-8 bytes, where `?` and a set take one whole scalar. Time is at most pattern × text: a run of stars
/// is retried from the last star only, so no pattern can hang a run.
public struct Glob: Sendable, Equatable {
    public let pattern: String
    private let alternatives: [[UInt8]]

    /// At most this many patterns come out of `{…}`; what is beyond stays unexpanded.
    static let maxAlternatives = 256

    public init(_ pattern: String) {
        self.pattern = pattern
        alternatives = Self.expandBraces(Array(pattern.utf8))
    }

    /// Whether `text` holds anything that a pattern means.
    public static func isPattern(_ text: String) -> Bool {
        text.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") }
    }

    /// - Parameter paths: whether `/` stands between folders: `*` and `?` then stop at it.
    public func matches(_ text: String, paths: Bool = true) -> Bool {
        let text = Array(text.utf8)
        return alternatives.contains { Self.match($0, text, paths: paths) }
    }

    private static func expandBraces(_ pattern: [UInt8]) -> [[UInt8]] {
        var pending = [pattern]
        var done: [[UInt8]] = []
        while let next = pending.popLast() {
            guard let open = next.firstIndex(of: UInt8(ascii: "{")),
                let close = next[open...].firstIndex(of: UInt8(ascii: "}")),
                pending.count + done.count < maxAlternatives
            else {
                done.append(next)
                continue
            }
            let choices = next[(open + 1)..<close].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            for choice in choices.reversed() { pending.append(Array(next[..<open]) + Array(choice) + Array(next[(close + 1)...])) }
        }
        return done
    }

    private static func match(_ pattern: [UInt8], _ text: [UInt8], paths: Bool) -> Bool {
        var p = 0
        var t = 0
        // Where to go on after the last `*` and the last `**` when what follows them does not match.
        var star: (p: Int, t: Int)?
        var deepStar: (p: Int, t: Int, wholeNames: Bool)?
        while true {
            if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
                let isDeep = p + 1 < pattern.count && pattern[p + 1] == UInt8(ascii: "*")
                if isDeep {
                    p += 2
                    // `**/` also matches no folder at all, and what follows it starts at a name.
                    let wholeNames = p < pattern.count && pattern[p] == UInt8(ascii: "/")
                    if wholeNames { p += 1 }
                    deepStar = (p, t, wholeNames)
                    star = nil
                } else {
                    p += 1
                    star = (p, t)
                }
                continue
            }
            if t == text.count, p == pattern.count { return true }
            if t < text.count, p < pattern.count, let step = matchOne(pattern, p, text, t, paths: paths) {
                p += step.pattern
                t += step.text
                continue
            }
            if let last = star, last.t < text.count, !(paths && text[last.t] == UInt8(ascii: "/")) {
                star = (last.p, last.t + 1)
                (p, t) = (last.p, last.t + 1)
            } else if let last = deepStar, let next = nextStart(text, last.t, wholeNames: last.wholeNames) {
                deepStar = (last.p, next, last.wholeNames)
                (p, t) = (last.p, next)
                star = nil
            } else {
                return false
            }
        }
    }

    private static func nextStart(_ text: [UInt8], _ t: Int, wholeNames: Bool) -> Int? {
        guard t < text.count else { return nil }
        if !wholeNames { return t + 1 }
        return text[t...].firstIndex(of: UInt8(ascii: "/")).map { $0 + 1 }
    }

    private static func matchOne(_ pattern: [UInt8], _ p: Int, _ text: [UInt8], _ t: Int, paths: Bool) -> (pattern: Int, text: Int)? {
        let width = scalarWidth(text[t])
        switch pattern[p] {
        case UInt8(ascii: "?"):
            return paths && text[t] == UInt8(ascii: "/") ? nil : (1, min(width, text.count - t))
        case UInt8(ascii: "["):
            guard let close = pattern[(p + 1)...].dropFirst().firstIndex(of: UInt8(ascii: "]")) else { break }
            var i = p + 1
            let isNegated = pattern[i] == UInt8(ascii: "!")
            if isNegated { i += 1 }
            var isMember = false
            while i < close {
                if i + 2 < close, pattern[i + 1] == UInt8(ascii: "-") {
                    if pattern[i] <= text[t], text[t] <= pattern[i + 2] { isMember = true }
                    i += 3
                } else {
                    if pattern[i] == text[t] { isMember = true }
                    i += 1
                }
            }
            return isMember != isNegated ? (close + 1 - p, isNegated ? min(width, text.count - t) : 1) : nil
        default: break
        }
        return pattern[p] == text[t] ? (1, 1) : nil
    }

    private static func scalarWidth(_ lead: UInt8) -> Int {
        lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    }
}
