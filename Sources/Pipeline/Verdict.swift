/// What a stage decides about an article. The third answer, fail, is an ``ArticleError`` thrown.
public enum Verdict: Sendable, Equatable {
    case keep
    /// Intended; the reason is a stable code such as `too_short`.
    case drop(reason: String)
}

/// Why an article could not be worked on. It becomes an entry of the quarantine, never the end of the run.
public struct ArticleError: Error, Sendable, Equatable {
    /// Stable, for programs: `invalid_utf8`, `html_no_text` …
    public let code: String
    /// For people: where, found, expected, hint; lower case, no full stop.
    public let message: String
    /// Byte of the input, where the place is known more closely than the record's start.
    public let offset: Int?
    /// Whether the same article may not fail the next time: its time was up, the program it was handed to had ended.
    public let mayPass: Bool

    public init(code: String, message: String, offset: Int? = nil, mayPass: Bool = false) {
        self.code = code
        self.message = message
        self.offset = offset
        self.mayPass = mayPass
    }
}
