import Hashing

/// One link of the chain. A stage is built from its checked options and says nothing about threads or batches.
///
/// Conform to ``Transform``, ``OrderedStage``, ``Source`` or ``Sink``, never to `Stage` alone.
public protocol Stage: Sendable {
    /// Name, prose, options and examples: the one declaration that parsing, validation, the JSON Schema, the
    /// reference page and the tests are made from.
    static var reference: StageReference { get }

    /// - Throws: ``StageProblem`` when the options, right one by one, cannot be worked with: a file that is
    ///   missing, a range that is empty.
    init(_ options: StageOptions) throws(StageProblem)

    /// Files besides the inputs that the stage was made from, such as lists of names: a run that was interrupted is
    /// continued only while they are as they were.
    var resources: [String] { get }
}

extension Stage {
    public var resources: [String] { [] }
}

/// Looks at one article alone. The engine calls it from any thread, in any order.
public protocol Transform: Stage {
    /// - Throws: ``ArticleError``; any other error is quarantined as well, with the code `unexpected`.
    func apply(_ article: inout Article) throws -> Verdict
}

/// A transform that has to know all articles before it works on one: the engine reads the sources twice.
///
/// The first pass carries the articles through the transforms before this one, lets it take a sighting of each
/// (anywhere) and add the sightings up (in source order, by one owner). The second pass works with
/// ``informed(by:)``. Sources that can be read only once are not surveyed.
///
/// One that is a ``RememberingStage`` too is handed its memory before the first pass and once more, informed, before
/// the second: what it writes for later runs goes into the one that it was handed last.
public protocol SurveyingTransform: Transform {
    associatedtype Sighting: Sendable
    associatedtype Survey: Sendable

    /// What is known before anything was seen; nil when the options ask for no survey.
    var survey: Survey? { get }

    /// What matters of one article; nil when nothing does. Called from any thread.
    func sight(_ article: Article) -> Sighting?

    /// Adds a sighting, in source order.
    static func add(_ sighting: Sighting, to survey: inout Survey)

    /// The stage for the second pass.
    ///
    /// - Throws: what reading the stage's memory throws; it ends the run.
    func informed(by survey: Survey) throws -> Self

    /// Of what it was informed of: with the same one it makes the same of every article. Asked once, behind
    /// ``informed(by:)``.
    var fingerprint: Digest256 { get }
}

/// Needs memory across articles: prepared anywhere, decided in source order by one owner.
public protocol OrderedStage: Stage {
    associatedtype Prepared: Sendable

    /// The costly part, for one article alone; called from any thread on the stage as it was built and, when it
    /// remembers, given its memory.
    func prepare(_ article: inout Article) throws -> Prepared

    /// The verdict, article by article in source order. What this changes in the stage is seen by later articles.
    mutating func decide(_ article: inout Article, _ prepared: Prepared) throws -> Verdict

    /// Tables that are known only at the end of a run.
    func finish() -> [ExtraTable]
}

extension OrderedStage {
    public func finish() -> [ExtraTable] { [] }
}

/// A file that a stage adds to the run directory at the end.
public struct ExtraTable: Sendable {
    public let file: String
    public let bytes: [UInt8]
    public let rows: Int
    /// For `schema.json` and `load.py`.
    public let schema: TableSchema?

    public init(file: String, bytes: [UInt8], rows: Int, schema: TableSchema? = nil) {
        self.schema = schema
        self.file = file
        self.bytes = bytes
        self.rows = rows
    }
}

/// Where articles come from: pulled in order by one owner, read anywhere.
public protocol Source: Stage {
    associatedtype Chunk: Sendable

    /// Finds the inputs; called once, before anything is pulled.
    ///
    /// - Throws: ``SourceError``, or what the source's memory threw.
    mutating func open() throws

    /// What was passed over while the inputs were found, by kind.
    var skipped: [String: Int] { get }

    /// Whether the inputs can be read a second time; a stream cannot.
    var isRepeatable: Bool { get }

    /// Bytes that will be read, once open; nil when that cannot be known.
    var totalBytes: Int? { get }

    /// What will be read, once open: another digest as soon as an input is added, removed or changed. nil when that
    /// cannot be known, as of a stream; a run that reads it is not continued when it was interrupted.
    var fingerprint: Digest256? { get }

    /// The next raw piece of the input; nil at the end. Cheap: what can be done anywhere belongs into `read`.
    ///
    /// - Parameter maxArticles: the largest batch that is wanted.
    mutating func next(maxArticles: Int) throws -> Chunk?

    /// Turns a piece into articles; called from any thread on the stage as it was built.
    func read(_ chunk: Chunk, into batch: inout IngestedBatch)

    /// What would be read, for `etl plan`.
    func inputs() throws(SourceError) -> [InputSummary]
}

extension Source {
    public var fingerprint: Digest256? { nil }
}

/// Why a source has nothing to give.
public struct SourceError: Error, Sendable {
    public let message: String
    public let hint: String?
    public let kind: Kind

    public enum Kind: Sendable {
        /// There is simply no input, which `allowEmpty` forgives.
        case empty
        /// What was named is not there.
        case missing
        /// It is there and may not be read.
        case forbidden
    }

    public init(_ message: String, hint: String? = nil, kind: Kind) {
        self.message = message
        self.hint = hint
        self.kind = kind
    }
}

/// An input and its size.
public struct InputSummary: Sendable {
    public let path: String
    public let format: String
    /// Bytes on disk; nil for a stream.
    public let size: Int?

    public init(path: String, format: String, size: Int?) {
        self.path = path
        self.format = format
        self.size = size
    }
}

/// What a source read out of one chunk, in source order.
public struct IngestedBatch: Sendable {
    /// An article and its place among the batch's records.
    public struct PlacedArticle: Sendable {
        public let position: Int
        public var article: Article
    }

    public var articles: [PlacedArticle] = []
    public private(set) var failures: [(position: Int, failure: RecordFailure)] = []
    /// Records so far, read or failed.
    public private(set) var count = 0
    /// Inputs that were read to their end in this chunk.
    public var finished: [FinishedInput] = []
    /// Bytes of input behind this chunk, for the progress.
    public var inputBytes = 0

    public init() {}

    public mutating func reserve(_ records: Int) {
        articles.reserveCapacity(articles.count + records)
    }

    public mutating func add(_ article: consuming Article) {
        articles.append(PlacedArticle(position: count, article: article))
        count += 1
    }

    public mutating func add(_ failure: RecordFailure) {
        failures.append((count, failure))
        count += 1
    }
}

/// A record that could not be read.
public struct RecordFailure: Sendable {
    public let error: ArticleError
    public let path: String
    public let offset: Int
    /// Whether the rest of the input is lost with the record.
    public let losesInput: Bool

    public init(_ error: ArticleError, path: String, offset: Int, losesInput: Bool = false) {
        self.error = error
        self.path = path
        self.offset = offset
        self.losesInput = losesInput
    }
}

/// An input that was read whole.
public struct FinishedInput: Sendable {
    public let path: String
    /// Bytes on disk.
    public let size: Int
    /// SHA-256 of its bytes as they lie on disk.
    public let sha256: Digest256
    /// When it was last changed, in nanoseconds since 1970, as it was when it was found; nil for a stream.
    public var modified: Int64?

    public init(path: String, size: Int, sha256: Digest256, modified: Int64? = nil) {
        self.path = path
        self.size = size
        self.sha256 = sha256
        self.modified = modified
    }
}

/// Writes articles to a file of the run directory: encoded anywhere, written in source order. The engine owns the
/// file; a sink is pure.
public protocol Sink: Stage {
    /// Name inside the run directory.
    var file: String { get }
    /// Bytes before the first article.
    var header: [UInt8] { get }

    /// Appends the article's rows; called from any thread. Returns how many rows that were.
    func encode(_ article: inout Article, into bytes: inout [UInt8]) -> Int

    /// What makes the file out of header and rows; nil when they are the file as they are.
    ///
    /// - Parameter scratch: a path beside the file that the writer may use while it works; the engine removes it.
    func makeWriter(scratch: String) throws -> (any RowWriter)?

    /// What the file holds, for `schema.json` and `load.py`; empty when that is not told.
    var tables: [ExportTable] { get }
}

extension Sink {
    public var tables: [ExportTable] { [] }

    public func makeWriter(scratch: String) throws -> (any RowWriter)? { nil }
}
