/// Takes runs back: the outputs show an older run again, from one moment to the next.
///
/// The runs taken back are no longer published; they stay in `runs/` until the next run sweeps them.
public struct Rollback {
    private let published: PublishedRuns
    private let files: [String]
    private let pipeline: String

    /// - Parameter files: what the exports write; links lead to those of them that the older run has.
    public init(output: String, pipeline: String, files: [String]) {
        self.pipeline = pipeline
        published = PublishedRuns(output: FileSystem.canonical(output))
        self.files = files
    }

    /// - Returns: the run that the outputs showed before.
    /// - Throws: ``RunError``; `locked` while a run is under way, `noInput` when there is no such run.
    public func execute(to run: RunID) throws(RunError) -> RunID? {
        guard FileSystem.isFolder(published.output) else { throw missing(run) }
        let output = try Folder(published.output)
        let lock = try OutputLock(output)
        defer { withExtendedLifetime(lock) {} }
        guard try published.list().contains(run) else { throw missing(run) }
        let last = published.current
        for name in files where FileSystem.exists("\(published.path(of: run))/\(name)") {
            if FileSystem.linkTarget(output.place(name)) == nil { try output.makeLink(name, to: "current/\(name)") }
        }
        let state = try StateFile(output: output.path, pipeline: pipeline)
        try state.forget(after: run.number, returning: true)
        try RunDirectory.show(run, output)
        try output.sync()
        try state.finishReturn()
        return last
    }

    private func missing(_ run: RunID) -> RunError {
        RunError(.noInput, "there is no published run \(run) in \(published.output)", hint: "etl history lists them")
    }
}
