import Pipeline

/// What one stage did: `entered = kept + dropped + failed`.
public struct StageCounts: Sendable, Equatable {
    public var entered = 0
    public var kept = 0
    public var dropped: [String: Int] = [:]
    public var failed = 0
    /// Time spent in the stage, added up over all workers.
    public var nanoseconds: UInt64 = 0

    public init() {}

    mutating func add(_ other: StageCounts) {
        entered += other.entered
        kept += other.kept
        dropped.merge(other.dropped, uniquingKeysWith: +)
        failed += other.failed
        nanoseconds += other.nanoseconds
    }
}

/// What a run has done so far.
public struct RunCounts: Sendable, Equatable {
    public var read = 0
    public var kept = 0
    public var dropped: [String: Int] = [:]
    public var quarantined: [String: Int] = [:]
    /// Lines and blocks of boilerplate that were removed, by reason.
    public var removed: [String: Int] = [:]
    public var inputBytes = 0
    /// Bytes of the finished inputs as they lie on disk.
    public var diskBytes = 0
    /// Bytes there are to read; nil when that cannot be known.
    public var totalBytes: Int?
    /// Inputs that were read, those that failed included.
    public var inputs = 0
    /// Inputs that could not be read to their end.
    public var failedInputs = 0
    /// Whether this is the pass before the first, which only looks.
    public var isSurvey = false
    /// One for each stage of the plan, sources included.
    public var stages: [StageCounts]

    public init(stages: Int) {
        self.stages = Array(repeating: StageCounts(), count: stages)
    }

    public var droppedTotal: Int { dropped.values.reduce(0, +) }
    public var quarantinedTotal: Int { quarantined.values.reduce(0, +) }

    /// Every record that was read is accounted for.
    public var addsUp: Bool {
        read == kept + droppedTotal + quarantinedTotal
            && stages.allSatisfy { $0.entered == $0.kept + $0.dropped.values.reduce(0, +) + $0.failed }
    }
}
