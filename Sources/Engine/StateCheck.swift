/// Looks at the state of an output, or begins it anew.
public struct StateCheck {
    private let output: String
    private let pipeline: String

    public init(output: String, pipeline: String) {
        self.output = FileSystem.canonical(output)
        self.pipeline = pipeline
    }

    /// Every run that the state knows, the oldest first; nil when there is no state yet. Reads every file of the stages.
    ///
    /// - Throws: ``RunError``: `refused` when the state is damaged, newer than this program, or another's.
    public func history() throws(RunError) -> [RunReport]? {
        guard FileSystem.exists(output + "/.state/state.sqlite") else { return nil }
        let state = try StateFile(output: output, pipeline: pipeline)
        let files = OpenFiles()
        for file in try state.files() { try check(file, of: state, files) }
        return try state.history()
    }

    private func check(_ file: StoredFile, of state: StateFile, _ files: OpenFiles) throws(RunError) {
        do throws(RunError) {
            try StageFile(file, in: state.folder, files).check()
        } catch {
            // A run that ended meanwhile may have swept it.
            if try state.files().contains(file) { throw error }
        }
    }

    /// Puts the state aside, to `.state.old`, and begins a new one that knows the published runs. What stages had noted
    /// is known no more.
    ///
    /// - Returns: the runs that the new state knows.
    /// - Throws: ``RunError``: `locked` while a run is under way.
    public func rebuild() throws(RunError) -> [RunReport] {
        let folder = try Folder(output)
        let lock = try OutputLock(folder)
        defer { withExtendedLifetime(lock) {} }
        if FileSystem.exists(output + "/.state") {
            try FileSystem.removeTree(output + "/.state.old")
            try folder.rename(".state", to: ".state.old")
        }
        let state = try StateFile(output: output, pipeline: pipeline)
        let published = PublishedRuns(output: output)
        try state.adopt(published.list().compactMap { published.report(of: $0) })
        return try state.history()
    }
}
