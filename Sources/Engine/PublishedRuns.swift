/// The runs that lie in an output folder, and which of them the outputs show.
///
/// A run is published when it has a manifest and is no newer than the current one: a newer one was killed before
/// `current` was switched to it, or was taken back.
public struct PublishedRuns: Sendable {
    public let output: String

    public init(output: String) {
        self.output = output
    }

    /// The run that the outputs show; nil before the first one.
    public var current: RunID? {
        guard let target = FileSystem.linkTarget(output + "/current"), target.hasPrefix("runs/") else { return nil }
        return RunID(String(target.dropFirst(5)))
    }

    /// Every published run, the oldest first.
    public func list() throws(RunError) -> [RunID] {
        let current = current
        return try folders().filter { run in isComplete(run) && current.map { run <= $0 } ?? true }
    }

    public func path(of run: RunID) -> String { "\(output)/runs/\(run)" }

    /// A manifest appears last and whole: a run without one was killed at work.
    func isComplete(_ run: RunID) -> Bool {
        FileSystem.exists(path(of: run) + "/manifest.json")
    }

    /// Every folder that a run made, the oldest first. What else lies there is not ours.
    func folders() throws(RunError) -> [RunID] {
        try FileSystem.names(in: output + "/runs").compactMap { RunID($0) }.sorted()
    }
}
