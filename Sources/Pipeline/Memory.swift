/// What earlier runs noted for a stage: looked up, never changed while a run goes on.
public protocol Memory: Sendable {
    /// What the newest earlier run noted under the key; nil when none did.
    ///
    /// Costs some microseconds: ask once an article at most, in `decide`.
    func note(of key: [UInt8]) throws -> [UInt8]?
}

/// What later runs have to know.
public struct MemoryNote: Sendable, Equatable {
    public let key: [UInt8]
    public let value: [UInt8]

    public init(key: [UInt8], value: [UInt8]) {
        self.key = key
        self.value = value
    }
}

/// An ordered stage that remembers over runs. It stays a value: what it knew is handed in, what it learnt handed back.
///
/// The notes become part of the state in the same step that publishes the run. A run that is not published, or is taken
/// back, leaves none.
public protocol RememberingStage: OrderedStage {
    /// Whether the options ask for a memory.
    var remembers: Bool { get }

    /// Called once, before the first article.
    mutating func recall(_ memory: any Memory)

    /// What this run adds; called once, behind the last article.
    func notes() -> [MemoryNote]
}
