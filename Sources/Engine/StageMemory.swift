import Language
import Locking
import Pipeline

/// The memories of a run's stages.
struct RunMemory: Sendable {
    let state: StateFile
    let run: Int
    let started: Timestamp
    let files = OpenFiles()

    /// - Parameter stage: the stage's name, with its place among those of the same name.
    /// - Throws: ``RunError``, `refused` when a file of the memory is missing or is another.
    func memory(of stage: String) throws(RunError) -> StageMemory {
        try StageMemory(stage: stage, self)
    }
}

/// What earlier runs left for one stage, and the files that this run adds.
final class StageMemory: Memory, @unchecked Sendable {
    let started: Timestamp
    let files: [any MemoryFile]
    let stage: String
    private let state: StateFile
    private let run: Int

    // Under the monitor.
    private let monitor = Monitor()
    private var folder: Folder?
    private var added: [StoredFile] = []
    private var removed: [StoredFile] = []

    init(stage: String, _ memory: RunMemory) throws(RunError) {
        self.stage = stage
        state = memory.state
        run = memory.run
        started = memory.started
        var files: [any MemoryFile] = []
        for file in try state.files(of: stage) { files.append(try StageFile(file, in: state.folder, memory.files)) }
        self.files = files
    }

    func note(of key: [UInt8]) throws -> [UInt8]? { try state.note(of: key, stage) }

    func create(_ name: String) throws -> any MemoryWriter {
        try StageWriter(name: name, run: run, in: stageFolder()) { [stage, run] summary in
            self.locked {
                self.added.append(
                    StoredFile(stage: stage, run: run, name: name, bytes: summary.bytes, sha256: summary.sha256.hex)
                )
            }
        }
    }

    func remove(_ file: any MemoryFile) {
        guard let file = file as? StageFile else { return }
        locked { removed.append(file.stored) }
    }

    /// What becomes part of the state with the run; what was written outlasts a power cut from here on.
    func learnt(_ notes: [MemoryNote]) throws(RunError) -> StageLearnt {
        if let folder {
            try folder.sync()
            try state.folder.sync()
        }
        return StageLearnt(stage: stage, notes: notes, files: added, removed: removed)
    }

    /// Why the stage cannot work with this memory, as the end of the run.
    func failure(_ error: any Error) -> RunError {
        switch error {
        case let error as RunError: error
        case let error as MemoryError: StateFile.refusal(state.folder.place(stage), error.message, hint: error.hint)
        default: RunError(.bug, "the memory of \(stage) failed: \(error)")
        }
    }

    private func stageFolder() throws(RunError) -> Folder {
        if let folder { return folder }
        let made = try state.folder.makeFolder(stage)
        folder = made
        return made
    }

    private func locked(_ body: () -> Void) {
        monitor.lock()
        body()
        monitor.unlock()
    }
}

private final class StageWriter: MemoryWriter {
    private let file: OutputFile
    private let finished: (OutputFile.Summary) -> Void

    init(name: String, run: Int, in folder: Folder, finished: @escaping (OutputFile.Summary) -> Void) throws(RunError) {
        file = try OutputFile(name: StoredFile.diskName(name, of: run), in: folder)
        self.finished = finished
    }

    func append(_ bytes: [UInt8]) throws { try file.write(bytes) }

    func finish() throws { finished(try file.finish()) }
}
