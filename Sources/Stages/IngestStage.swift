import Formats
import Hashing
import Pipeline

/// Reads articles from files: the source of a pipeline.
public struct IngestStage: RememberingSource {
    static let paths = StageOption<[String]>(
        required: "paths",
        "Files, folders and patterns (`**/*.html`), relative to the definition; `-` is the standard input."
    )
    static let format = StageOption<Format?>(
        "format",
        nil,
        "The format of all files, instead of telling it from name and content."
    )
    static let outletFromFolder = StageOption(
        "outletFromFolder",
        false,
        "The folder a file lies in names the outlet of articles that name none."
    )

    static let only = StageOption<Only>(
        "only",
        .all,
        "`new` passes over the inputs that an earlier run has read and that have not changed since."
    )

    enum Only: String, ChoiceOption {
        case all, new
    }

    public static let reference = StageReference(
        name: "ingest",
        summary: "Reads articles from files.",
        discussion: """
            | format | suffixes | what is read |
            |---|---|---|
            | `text` | `.txt` | one scraped article a file |
            | `html` | `.html`, `.htm` | one page a file; `clean` makes it an article |
            | `jsonl` | `.jsonl`, `.ndjson` | one article a line |
            | `csv` | `.csv`, `.tsv` | one article a row, named by the header row |

            Each also as `.gz` and `.zst`, the standard input too. A file whose name says nothing is told by its first \
            bytes. Text, pages and tables may be in any encoding, JSON Lines in UTF-8 or UTF-16; `provenance` says what \
            was decoded and by what evidence. A line `sep=;` above the header of a table names its delimiter.

            In `jsonl` and `csv`, a field `html` holds a page (`html_b64`: its bytes in base64, the encoding to be \
            decided), else `text` holds scraped text. `id`, `url`, `source`, `outlet`, `title`, `authors`, `published`, \
            `modified`, `language`, `section`, `keywords` and `excerpt` are taken over; every other field goes to `extra`.

            Files are read in the byte order of their paths, each once, whatever order the disk lists them in. Links \
            inside folders, pipes and devices are passed over and counted. A line, row or file that cannot be read is \
            one entry of the quarantine; the others are kept.

            With `"only": "new"` an input is read once: the next runs pass over it until it changes, and a run that \
            finds nothing new publishes nothing. An input is known when a published run has read it to its end; one of the \
            same size and another time is compared by its SHA-256. Exports then want `"mode": "append"`, and `dedupe` \
            `"across": "runs"`. `etl quarantine DEFINITION --retry` has the inputs of failed articles read again, `etl state \
            DEFINITION --rebuild` has all.
            """,
        options: [paths.erased, format.erased, outletFromFolder.erased, only.erased]
    )

    private let patterns: [String]
    private let format: Format?
    private let outletFromFolder: Bool
    private let options: StageOptions
    public let remembers: Bool
    private var known: KnownInputs?
    /// What was read in this run, or found to be as it was.
    private var seen: [FinishedInput] = []
    private var reader: RecordReader
    public private(set) var skipped: [String: Int] = [:]
    public private(set) var totalBytes: Int?
    public private(set) var fingerprint: Digest256?

    public init(_ options: StageOptions) throws(StageProblem) {
        patterns = options[Self.paths]
        format = options[Self.format]
        outletFromFolder = options[Self.outletFromFolder]
        self.options = options
        remembers = options[Self.only] == .new
        reader = RecordReader(files: [], maxRecordBytes: options.limits.maxRecordBytes)
        if patterns.isEmpty { throw StageProblem("\"paths\" is empty", option: "paths") }
        for (index, pattern) in patterns.enumerated() {
            if pattern.isEmpty { throw StageProblem("an empty path", option: "paths", element: index) }
            if holdsSecret(pattern, secrets: options.secrets) {
                let hint = "every article says which file it came from"
                throw StageProblem("a secret cannot be part of a path", option: "paths", element: index, hint: hint)
            }
        }
    }

    public var isRepeatable: Bool { !patterns.contains("-") }

    public mutating func open() throws {
        var (files, skipped, failures) = try list()
        if let known { files = try takeNew(files, known, &skipped) }
        self.skipped = skipped
        let isPlain = files.allSatisfy { $0.compression == .none && $0.size != nil }
        totalBytes = isPlain ? files.reduce(0) { $0 + ($1.size ?? 0) } : nil
        fingerprint = isRepeatable ? Self.fingerprint(of: files, failures) : nil
        reader = RecordReader(files: files, maxRecordBytes: options.limits.maxRecordBytes, failures: failures)
    }

    /// Over path, format, size and time of change of each file, and what cannot be read.
    private static func fingerprint(of files: [InputFile], _ failures: [RecordFailure]) -> Digest256 {
        var hash = SHA256()
        func add(_ line: String) { Array("\(line)\u{0}".utf8).withUnsafeBytes { hash.update($0) } }
        for file in files { add("\(file.path) \(file.format) \(file.size ?? -1) \(file.modified ?? -1)") }
        for failure in failures { add("\(failure.path) \(failure.error.message)") }
        return hash.finish()
    }

    public mutating func next(maxArticles: Int) -> RecordReader.Chunk? {
        reader.next(maxRecords: maxArticles)
    }

    public func read(_ chunk: RecordReader.Chunk, into batch: inout IngestedBatch) {
        reader.read(chunk, into: &batch)
        guard outletFromFolder else { return }
        for index in batch.articles.indices where batch.articles[index].article.outlet == nil {
            batch.articles[index].article.outlet = Self.folder(of: batch.articles[index].article.provenance.path)
        }
    }

    private mutating func takeNew(_ files: [InputFile], _ known: KnownInputs, _ skipped: inout [String: Int]) throws
        -> [InputFile]
    {
        var new: [InputFile] = []
        for file in files {
            switch try known.answer(on: file) {
            case .unread:
                new.append(file)
                continue
            case .unchanged: break
            case .sameContent(let input): seen.append(input)
            }
            skipped["unchanged", default: 0] += 1
        }
        return new
    }

    // MARK: Memory

    /// One for all stages that read files: an input stays known when another stage is put before its own.
    public static let sharedMemory: String? = "inputs"

    public mutating func recall(_ memory: any Memory) { known = KnownInputs(memory) }

    public mutating func finish(_ inputs: [FinishedInput]) { seen += inputs }

    public func notes() -> [MemoryNote] { seen.compactMap(KnownInputs.note) }

    // MARK: Listing

    public func inputs() throws(SourceError) -> [InputSummary] {
        try list().files.map { InputSummary(path: $0.path, format: $0.format.rawValue, size: $0.size) }
    }

    private func list() throws(SourceError) -> (files: [InputFile], skipped: [String: Int], failures: [RecordFailure]) {
        let listing = FileListing(
            patterns: patterns,
            excluding: options.output.isEmpty ? nil : options.output,
            resolve: options.resolve,
            fitsFolder: { format != nil || Format.named(by: $0) != nil }
        )
        for index in listing.unmatched where !Glob.isPattern(patterns[index]) {
            try refuse(options.resolve(patterns[index]), unreadable: listing.unreadable)
        }
        var files = listing.files.map {
            InputFile(path: $0.path, file: $0.file, format: format, size: $0.size, modified: $0.modified)
        }
        if patterns.contains("-") { files.append(InputFile(path: "-", file: "-", format: format, size: nil)) }
        var failures = listing.unreadable.map { folder in
            let error = ArticleError(code: "unreadable", message: "the folder cannot be read: \(folder.reason)")
            return RecordFailure(error, path: folder.path, offset: 0, losesInput: true)
        }
        if let limit = options.limits.maxInputBytes {
            failures += files.filter { $0.size ?? 0 > limit }.map { Self.tooLarge($0, limit) }
            files.removeAll { $0.size ?? 0 > limit }
        }
        guard !files.isEmpty || !failures.isEmpty else {
            throw SourceError(
                "nothing matches " + patterns.map { "\"\(options.resolve($0))\"" }.joined(separator: ", "),
                hint: "\"allowEmpty\": true makes a run without input a success",
                kind: .empty
            )
        }
        var skipped = listing.skipped
        if !listing.unmatched.isEmpty { skipped["unmatched_pattern"] = listing.unmatched.count }
        return (files, skipped, failures)
    }

    private static func tooLarge(_ file: InputFile, _ limit: Int) -> RecordFailure {
        let message = "the input has \(file.size ?? 0) bytes, more than maxInputBytes (\(limit))"
        return RecordFailure(
            ArticleError(code: "input_too_large", message: message),
            path: file.path,
            offset: 0,
            losesInput: true
        )
    }

    /// A path that was named and gives nothing is a mistake, unless it is a folder that is empty today.
    private func refuse(_ path: String, unreadable: [(path: String, reason: String)]) throws(SourceError) {
        switch FileKind(path) {
        case .folder where unreadable.isEmpty: break
        case .folder: throw SourceError("the folder \(path) may not be read", kind: .forbidden)
        case .missing: throw SourceError("no such input: \(path)", kind: .missing)
        case .file, .special:
            throw SourceError("\(path) is neither a file nor a folder; \"-\" reads the standard input", kind: .missing)
        }
    }

    private static func folder(of path: String) -> String? {
        let names = path.split(separator: "/")
        return names.count >= 2 ? String(names[names.count - 2]) : nil
    }
}
