import Foundation
import Hashing
import Pipeline

/// Stages of a stranger: nothing but the public face of `Pipeline`. They are also what the engine's tests run.
let toyStages: [any Stage.Type] = [
    NumberSource.self, PickyStage.self, FirstStage.self, LineSink.self, RecallStage.self, LedgerStage.self,
    CensusStage.self, TogetherStage.self, WitnessStage.self,
]

/// Articles 0, 1, 2 …: even ones are Arabic, odd ones English.
struct NumberSource: Source {
    static let count = StageOption("articles", 10, in: 0...Int.max, "How many.")
    static let unreadable = StageOption<[Int]>("unreadable", [], "Records that cannot be read.")
    static let reference = StageReference(
        name: "numbers",
        summary: "Counts.",
        discussion: "",
        options: [count.erased, unreadable.erased]
    )

    let count: Int
    let unreadable: [Int]
    private var next = 0

    init(_ options: StageOptions) throws(StageProblem) {
        count = options[Self.count]
        unreadable = options[Self.unreadable]
    }

    mutating func open() throws(SourceError) {
        if count == 0 { throw SourceError("no numbers", kind: .empty) }
    }

    let isRepeatable = true
    let skipped: [String: Int] = [:]
    var totalBytes: Int? { count }

    mutating func next(maxArticles: Int) -> Range<Int>? {
        guard next < count else { return nil }
        defer { next = min(count, next + maxArticles) }
        return next..<min(count, next + maxArticles)
    }

    func read(_ chunk: Range<Int>, into batch: inout IngestedBatch) {
        batch.inputBytes = chunk.count
        for number in chunk {
            if unreadable.contains(number) {
                batch.add(
                    RecordFailure(
                        ArticleError(code: "unreadable", message: "no number"),
                        path: "numbers",
                        offset: number
                    )
                )
                continue
            }
            let digest = SHA256.hash(Array("\(number)".utf8))
            var article = Article(
                text: "number \(number)",
                provenance: Provenance(path: "numbers", offset: number, sha256: digest, format: "toy")
            )
            article.id = String(number)
            article.language = number.isMultiple(of: 2) ? "ar" : "en"
            batch.add(article)
        }
        if chunk.upperBound == count {
            batch.finished.append(
                FinishedInput(path: "numbers", size: count, sha256: SHA256.hash(Array("\(count)".utf8)))
            )
        }
    }

    var fingerprint: Digest256? { SHA256.hash(Array("\(count) \(unreadable)".utf8)) }

    func inputs() -> [InputSummary] { [InputSummary(path: "numbers", format: "toy", size: count)] }
}

extension Article {
    var number: Int { id.flatMap { Int($0) } ?? -1 }
}

/// Drops and fails by number, and takes its time over some, so that batches overtake one another.
struct PickyStage: Transform {
    static let drops = StageOption<Int?>("drops", nil, "Drops multiples of this.")
    static let fails = StageOption<Int?>("fails", nil, "Fails on multiples of this.")
    static let message = StageOption("message", "no", "What it says then.")
    static let slow = StageOption("slow", false, "Dawdles.")
    static let stops = StageOption<Int?>("stops", nil, "Ends the process's patience: throws no article error.")
    static let reference = StageReference(
        name: "picky",
        summary: "Picks.",
        discussion: "",
        options: [drops.erased, fails.erased, message.erased, slow.erased, stops.erased]
    )

    let drops, fails, stops: Int?
    let message: String
    let slow: Bool

    init(_ options: StageOptions) throws(StageProblem) {
        drops = options[Self.drops]
        fails = options[Self.fails]
        stops = options[Self.stops]
        message = options[Self.message]
        slow = options[Self.slow]
    }

    struct Unforeseen: Error {}

    func apply(_ article: inout Article) throws -> Verdict {
        let number = article.number
        if slow, number % 97 == 0 { usleep(2000) }
        if let stops, number == stops { throw Unforeseen() }
        if let fails, number.isMultiple(of: fails) { throw ArticleError(code: "picky", message: message) }
        if let drops, number.isMultiple(of: drops) { return .drop(reason: "multiple_of_\(drops)") }
        article.title = "\(number)"
        return .keep
    }
}

/// Leaves a byte in a file for each article that it works on, and gives the article every kind of field.
struct WitnessStage: Transform {
    static let file = StageOption<String>(required: "file", "Where to.")
    static let passing = StageOption<Int?>("passing", nil, "Fails on this one until the file is that long.")
    static let reference = StageReference(
        name: "witness",
        summary: "Tells.",
        discussion: "",
        options: [file.erased, passing.erased]
    )

    let file: String
    let passing: Int?
    var resources: [String] { [file + ".list"] }

    init(_ options: StageOptions) throws(StageProblem) {
        file = options.resolve(options[Self.file])
        passing = options[Self.passing]
    }

    func apply(_ article: inout Article) throws -> Verdict {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        defer { close(descriptor) }
        _ = write(descriptor, ".", 1)
        if let passing, article.number == passing, lseek(descriptor, 0, SEEK_END) < 1000 {
            throw ArticleError(code: "tired", message: "later", mayPass: true)
        }
        article.text += "\nقال \(article.number)"
        article.wordCount = 4
        article.entities = [Entity(start: 0, end: 6, text: "number", type: "MISC", source: "list")]
        article.removed = [Removal(text: "x", reason: "chrome")]
        article.extra.append(ExtraField(key: "rest", json: "\(article.number % 7)"))
        return .keep
    }
}

/// Keeps the first article of each rest: what it decides depends on the order alone.
struct FirstStage: OrderedStage {
    static let modulus = StageOption("modulus", 7, in: 1...Int.max, "Articles with the same rest are the same.")
    static let fails = StageOption<Int?>("fails", nil, "Preparing fails on multiples of this.")
    static let reference = StageReference(
        name: "first",
        summary: "Keeps firsts.",
        discussion: "",
        options: [modulus.erased, fails.erased]
    )

    let modulus: Int
    let fails: Int?
    private var seen: [Int] = []

    init(_ options: StageOptions) throws(StageProblem) {
        modulus = options[Self.modulus]
        fails = options[Self.fails]
    }

    func prepare(_ article: inout Article) throws -> Int {
        if let fails, article.number.isMultiple(of: fails) {
            throw ArticleError(code: "unprepared", message: "not ready")
        }
        return article.number % modulus
    }

    mutating func decide(_ article: inout Article, _ rest: Int) -> Verdict {
        if seen.contains(rest) {
            article.duplicate = Duplicate(of: "rest \(rest)", kind: "toy", similarity: 100)
            return .drop(reason: "duplicate")
        }
        seen.append(rest)
        return .keep
    }

    func finish() -> [ExtraTable] {
        [ExtraTable(file: "seen.csv", bytes: Array(seen.map { "\($0)\n" }.joined().utf8), rows: seen.count)]
    }
}

/// One id a line.
struct LineSink: Sink {
    static let fileOption = StageOption<String>(required: "file", "Where to.")
    static let reference = StageReference(
        name: "lines",
        summary: "Writes ids.",
        discussion: "",
        options: [fileOption.erased]
    )

    let file: String
    let header = Array("id\n".utf8)

    init(_ options: StageOptions) throws(StageProblem) { file = options[Self.fileOption] }

    func encode(_ article: inout Article, into bytes: inout [UInt8]) -> Int {
        bytes += Array("\(article.number)\n".utf8)
        return 1
    }
}

/// Drops what an earlier run kept under another number: a memory over runs.
struct RecallStage: OrderedStage, RememberingStage {
    static let modulus = StageOption("modulus", 7, in: 1...Int.max, "Articles with the same rest are the same.")
    static let across = StageOption("across", true, "Remembers.")
    static let reference = StageReference(
        name: "recall",
        summary: "Recalls.",
        discussion: "",
        options: [modulus.erased, across.erased]
    )

    let modulus: Int
    let remembers: Bool
    private var memory: (any Memory)?
    private var learnt: [MemoryNote] = []

    init(_ options: StageOptions) throws(StageProblem) {
        modulus = options[Self.modulus]
        remembers = options[Self.across]
    }

    mutating func recall(_ memory: any Memory) { self.memory = memory }

    func prepare(_ article: inout Article) -> [UInt8] { Array("\(article.number % modulus)".utf8) }

    mutating func decide(_ article: inout Article, _ key: [UInt8]) throws -> Verdict {
        let value = Array("\(article.number)".utf8)
        if let holder = try memory?.note(of: key) { return holder == value ? .keep : .drop(reason: "known") }
        learnt.append(MemoryNote(key: key, value: value))
        return .keep
    }

    func notes() -> [MemoryNote] { learnt }
}

/// Drops what an earlier run kept, out of files: one for each run, or all of them in one.
struct LedgerStage: OrderedStage, RememberingStage {
    static let merges = StageOption("merges", false, "Writes one file for all and removes the others.")
    static let fails = StageOption("fails", false, "Cannot recall.")
    static let reference = StageReference(
        name: "ledger",
        summary: "Files numbers.",
        discussion: "",
        options: [merges.erased, fails.erased]
    )

    let remembers = true
    private let merges: Bool
    private let fails: Bool
    private var memory: (any Memory)?
    private var known: [UInt8] = []
    private var learnt: [UInt8] = []

    init(_ options: StageOptions) throws(StageProblem) {
        merges = options[Self.merges]
        fails = options[Self.fails]
    }

    mutating func recall(_ memory: any Memory) throws {
        if fails { throw MemoryError("was written by an older stage", hint: "ask it") }
        self.memory = memory
        for file in memory.files {
            var bytes = [UInt8](repeating: 0, count: file.size)
            try bytes.withUnsafeMutableBytes { try file.read(at: 0, into: $0) }
            known += bytes
        }
    }

    /// Looked up anywhere.
    func prepare(_ article: inout Article) -> Bool { known.contains(UInt8(article.number)) }

    mutating func decide(_ article: inout Article, _ isKnown: Bool) -> Verdict {
        if isKnown { return .drop(reason: "known") }
        learnt.append(UInt8(article.number))
        return .keep
    }

    mutating func notes() throws -> [MemoryNote] {
        guard let memory else { return [] }
        let writer = try memory.create("numbers")
        try writer.append(merges ? known + learnt : learnt)
        try writer.finish()
        // Begun, and left out.
        try memory.create("scraps").append([1, 2, 3])
        if merges { for file in memory.files { memory.remove(file) } }
        return []
    }
}

/// Writes into each article how many there are.
struct CensusStage: SurveyingTransform {
    static let reference = StageReference(name: "census", summary: "Counts all.", discussion: "", options: [])

    private var total = 0

    init(_ options: StageOptions) throws(StageProblem) {}

    var survey: Int? { 0 }
    func sight(_ article: Article) -> Int? { 1 }
    static func add(_ sighting: Int, to survey: inout Int) { survey += sighting }

    var fingerprint: Digest256 { SHA256.hash(Array("\(total)".utf8)) }

    func informed(by survey: Int) -> CensusStage {
        var stage = self
        stage.total = survey
        return stage
    }

    func apply(_ article: inout Article) -> Verdict {
        article.title = "of \(total)"
        return .keep
    }
}
