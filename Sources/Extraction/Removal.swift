/// Text that extraction took out of an article, and why.
///
/// Nothing leaves an article without one: the counts of a run and the articles' provenance are made of these.
public struct RemovedText: Sendable, Equatable {
    public var text: String
    /// A stable code: `related`, `caption`, `repeated_headline` …
    public var reason: String

    public init(text: String, reason: String) {
        self.text = text
        self.reason = reason
    }
}
