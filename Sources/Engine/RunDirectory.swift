import Language

/// An output folder and the one run that writes to it now.
///
/// ```
/// <output>/runs/000041-20201122T031500Z/   everything a run produced, unchanged once published
/// <output>/current -> runs/000041-…         switched by one rename(2)
/// <output>/articles.jsonl -> current/articles.jsonl
/// <output>/refused/                         the last run that a guard held back
/// ```
/// Killed at any moment, `current` leads to one whole run; what was left behind is swept by the next start.
final class RunDirectory {
    /// What stands beside the exports, in the output folder too.
    static let companions = [SchemaFile.name, LoaderFile.name, ReportPage.name]

    /// Names inside a run directory that exports may not have.
    static let reserved = Set(companions).union([
        "manifest.json", "quarantine.jsonl", "duplicates.jsonl", "dropped.jsonl", "stories.csv", "contained.csv",
    ])

    let id: RunID
    let folder: Folder
    var path: String { folder.path }
    var output: String { outputFolder.path }
    /// The run that the outputs showed when this one began.
    let last: RunID?
    private let outputFolder: Folder
    private let lock: OutputLock
    /// What the stages remember of earlier runs.
    let memory: RunMemory
    private var state: StateFile { memory.state }
    var stateFolder: Folder { state.folder }
    private let published: PublishedRuns
    /// From here on the run's folder has to stay.
    private var isCommitted = false

    /// Creates the output folder where it is missing, takes its lock, sweeps what a killed run left, and makes the
    /// run's own folder.
    ///
    /// - Throws: ``RunError``; `locked` at once when another run holds the output.
    init(output: String, pipeline: String, started: Timestamp) throws(RunError) {
        try FileSystem.makeFolders(output + "/runs")
        // From here on the run stays where it is, whatever happens to the working directory or to the path.
        let outputFolder = try Folder(FileSystem.canonical(output))
        let lock = try OutputLock(outputFolder)
        let published = PublishedRuns(output: outputFolder.path)
        let state = try StateFile(output: outputFolder.path, pipeline: pipeline)
        try Self.recover(state, published, outputFolder)
        let folders = try published.folders()
        try Self.sweep(published, folders, outputFolder)
        try state.sweepFiles()
        let number = try max(folders.last?.number ?? 0, state.lastRun()?.number ?? 0) + 1
        let id = RunID(number: number, started: started)
        try FileSystem.makeFolder(published.path(of: id))
        folder = try Folder(published.path(of: id))
        self.outputFolder = outputFolder
        self.lock = lock
        memory = RunMemory(state: state, run: number, started: started)
        self.published = published
        self.id = id
        last = published.current
    }

    /// Brings outputs and state together where a run or a rollback was killed between the two.
    private static func recover(_ state: StateFile, _ published: PublishedRuns, _ output: Folder) throws(RunError) {
        let current = published.current
        guard let last = try state.lastRun() else {
            // Runs from before there was a state.
            return try state.adopt(published.list().compactMap { published.report(of: $0) })
        }
        let isReturning = try state.isReturning()
        let isAhead = current.map { last > $0 } ?? true
        if last != current, isAhead || isReturning {
            if published.isComplete(last) {
                try Self.show(last, output)
                try output.sync()
            } else {
                // Somebody removed the run itself; then nothing is left of what it learnt.
                try state.forget(after: current?.number ?? 0)
            }
        } else if let current, last != current {
            throw StateFile.refusal(state.path, "ends with run \(last), but the outputs show run \(current)")
        }
        if isReturning { try state.finishReturn() }
    }

    /// Switches the outputs to a run.
    static func show(_ run: RunID, _ output: Folder) throws(RunError) {
        try output.remove(switching)
        try output.makeLink(switching, to: "runs/\(run)")
        try output.rename(switching, to: "current")
    }

    /// Removes what runs left that were never published.
    private static func sweep(_ published: PublishedRuns, _ folders: [RunID], _ output: Folder) throws(RunError) {
        try output.remove(switching)
        let current = published.current
        for run in folders where run != current {
            let isNewer = current.map { run > $0 } ?? false
            if isNewer || !published.isComplete(run) { try FileSystem.removeTree(published.path(of: run)) }
        }
    }

    /// What the run did that the outputs showed when this one began.
    var lastReport: RunReport? { last.flatMap { published.report(of: $0) } }

    /// The files that the outputs showed when this run began.
    var lastSet: LastSet? { lastReport.map { LastSet($0, folder: published.path(of: $0.run)) } }

    /// What stands in the way of the links is found before any work.
    func checkLinks(_ files: [String]) throws(RunError) {
        for name in files where !isOurs(name, target: "current/\(name)") { throw inTheWay(name) }
        let current = output + "/current"
        if FileSystem.exists(current), FileSystem.linkTarget(current)?.hasPrefix("runs/") != true {
            throw inTheWay("current")
        }
    }

    private func isOurs(_ name: String, target: String) -> Bool {
        let path = output + "/" + name
        return !FileSystem.exists(path) || FileSystem.linkTarget(path) == target
    }

    private func inTheWay(_ name: String) -> RunError {
        RunError(
            .cannotCreate,
            "\(output)/\(name) exists and is no link of a run",
            hint: "move it away or choose another output"
        )
    }

    /// The folders are still those that the run began with.
    func checkPlace() throws(RunError) {
        guard outputFolder.isInPlace, lock.isInPlace, folder.isInPlace else {
            throw RunError(.ioError, "the output folder \(output) was removed or replaced during the run")
        }
    }

    /// Adds the manifest. It appears whole, and last.
    func add(manifest: [UInt8]) throws(RunError) {
        let file = try OutputFile(name: ".manifest.json", in: folder)
        try file.write(manifest)
        _ = try file.finish()
        try folder.rename(".manifest.json", to: "manifest.json")
    }

    /// Makes this run the current one.
    ///
    /// All that can fail is done before the last step; what is thrown means that nothing was published.
    func publish(files: [String], _ report: RunReport, learnt: [StageLearnt]) throws(RunError) {
        try checkPlace()
        try folder.sync()
        try Folder(output + "/runs").sync()
        for name in files where FileSystem.linkTarget(outputFolder.place(name)) == nil {
            try outputFolder.makeLink(name, to: "current/\(name)")
        }
        try outputFolder.remove(Self.switching)
        try outputFolder.makeLink(Self.switching, to: "runs/\(id)")
        try checkPlace()
        try state.commit(report, learnt: learnt)
        isCommitted = true
        do throws(RunError) {
            try outputFolder.rename(Self.switching, to: "current")
        } catch {
            throw RunError(error.code, error.message, hint: "the run is complete; the next start will publish it")
        }
    }

    /// The name under which the next `current` waits for its turn.
    static let switching = ".current"

    /// Makes the switch outlast a power cut.
    func flush() throws(RunError) {
        do throws(RunError) {
            try outputFolder.sync()
            try checkPlace()
        } catch {
            throw RunError(error.code, "run \(id) was published, but perhaps not for good: \(error.message)")
        }
    }

    /// Removes links of files that are exported no more and runs beyond the number to keep.
    ///
    /// - Throws: ``RunError``; the set is published all the same.
    func tidy(files: [String], keepRuns: Int) throws(RunError) {
        for name in try FileSystem.names(in: output) where !files.contains(name) {
            if FileSystem.linkTarget("\(output)/\(name)") == "current/\(name)" { try outputFolder.remove(name) }
        }
        for run in try published.folders().dropLast(keepRuns) where run != id {
            try FileSystem.removeTree(published.path(of: run))
        }
        if let oldest = try published.list().first { try state.prune(before: oldest.number) }
        try state.sweepFiles()
    }

    /// Keeps a run that a guard held back where it can be looked at; returns its new place.
    func refuse() throws(RunError) -> String {
        try checkPlace()
        let refused = output + "/refused"
        // A folder of that name that no run left is somebody's own.
        if FileSystem.exists(refused), !FileSystem.exists(refused + "/manifest.json") {
            throw RunError(.cannotCreate, "\(refused) exists and is no run", hint: "move it away")
        }
        try FileSystem.removeTree(refused)
        try FileSystem.move(path, to: refused)
        return refused
    }

    /// Leaves nothing of an unpublished run behind; what cannot be removed is swept by the next start.
    func discard() {
        guard !isCommitted, outputFolder.isInPlace, lock.isInPlace else { return }
        // A refused run was moved away.
        if folder.isInPlace { try? FileSystem.removeTree(path) }
        try? outputFolder.remove(Self.switching)
        try? state.sweepFiles()
    }
}
