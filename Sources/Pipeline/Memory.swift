import Language

/// What earlier runs left for a stage: looked up, never changed while a run goes on.
///
/// Small things are notes, a value for a key; much of a kind goes into files, which the stage lays out as it likes.
/// What this run adds becomes part of the memory in the same step that publishes the run: a run that is killed,
/// refused or taken back leaves nothing.
public protocol Memory: Sendable {
    /// The moment this run began: the one clock by which a stage may forget.
    var started: Timestamp { get }

    /// What the newest earlier run noted under the key; nil when none did.
    ///
    /// Costs some microseconds: ask once an article at most.
    func note(of key: [UInt8]) throws -> [UInt8]?

    /// The files that earlier runs left and none removed, in the order of the runs, those of one run by their names.
    var files: [any MemoryFile] { get }

    /// Begins a file of this run. Its name has to be a plain one, and differ only from those of the same run.
    ///
    /// - Throws: as all writing of a run, an error that ends it.
    func create(_ name: String) throws -> any MemoryWriter

    /// Leaves a file out of the memory from this run on. It stays on the disk while a run that knows it is kept.
    func remove(_ file: any MemoryFile)
}

/// A file that an earlier run left. It never changes, and may be read from any thread.
public protocol MemoryFile: Sendable {
    /// As the stage called it.
    var name: String { get }
    /// The run that wrote it.
    var run: Int { get }
    /// Its size in bytes.
    var size: Int { get }

    /// Fills the buffer with what stands from `offset` on.
    ///
    /// - Throws: an error that ends the run, when the file cannot be read or ends before.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws
}

/// A file of this run, written from its start to its end.
public protocol MemoryWriter: AnyObject {
    /// Adds bytes at the end.
    func append(_ bytes: [UInt8]) throws
    /// Makes the file part of what the run leaves; one that is not finished is left out.
    func finish() throws
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

/// A stage that remembers over runs. It stays a value: what it knew is handed in, what it learnt handed back.
public protocol RememberingStage: Stage {
    /// Whether the options ask for a memory.
    var remembers: Bool { get }

    /// The name of the memory; nil for one of the stage's own. Stages that give the same name share what they know.
    static var sharedMemory: String? { get }

    /// Called once, before the first article and before a source is opened; the parts of the stage that run anywhere
    /// have the memory too.
    ///
    /// - Throws: ``MemoryError`` when what earlier runs left cannot be worked with.
    mutating func recall(_ memory: any Memory) throws

    /// The notes that this run adds; called once, behind the last article. Files are written here at the latest.
    mutating func notes() throws -> [MemoryNote]
}

extension RememberingStage {
    public static var sharedMemory: String? { nil }
}

/// A source that passes over what an earlier run has read.
public protocol RememberingSource: Source, RememberingStage {
    /// Takes note of the inputs that were read to their end in this run; called once, before ``notes()``.
    mutating func finish(_ inputs: [FinishedInput])
}

/// Why a stage cannot work with what earlier runs left; the run is refused.
public struct MemoryError: Error, Sendable, Equatable {
    /// What is wrong, lower case: "was written with other options …".
    public let message: String
    /// How to mend it; nil for the general advice on states.
    public let hint: String?

    public init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }
}
