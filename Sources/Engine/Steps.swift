import Pipeline

/// A part of the chain that any worker may carry a batch through.
protocol ParallelStep: Sendable {
    /// Whether what it does to an article depends on that article alone, once it is part of the chain.
    var isTransform: Bool { get }
    func run(on batch: Batch) throws
}

extension ParallelStep {
    var isTransform: Bool { false }
}

/// A part of the chain that one owner carries the batches through, in source order.
protocol OrderedStep: AnyObject {
    func run(on batch: Batch) throws(RunError)
}

struct TransformStep: ParallelStep {
    let place: PlannedStep
    let stage: any Transform
    let limit: ArticleTimeout

    /// What a stage remembers may be another the next time; one that surveys says so.
    var isTransform: Bool { (stage as? any RememberingStage)?.remembers != true || stage is any SurveyingTransform }

    func run(on batch: Batch) throws(RunError) {
        try batch.forEach(stage: place) { _, article in
            guard place.applies(to: &article) else { return nil }
            return try limit.watch { try stage.apply(&article) }
        }
    }
}

/// The copy of a transform that remembers and is asked, behind the last article, what it learnt before the first.
final class TransformMemory<S: Transform>: LearningStep {
    private var stage: S

    init(_ stage: S) {
        self.stage = stage
    }

    func notes() throws -> [MemoryNote] { try Engine.notes(of: &stage) }
}

/// Hands the stage those articles of the batch that its `when` admits, all at once. It keeps an eye on the time itself.
struct BatchTransformStep: ParallelStep, FinishingStep {
    let place: PlannedStep
    let stage: any BatchTransform
    var isTransform: Bool { true }

    func run(on batch: Batch) throws(RunError) {
        let start = monotonicNanoseconds()
        let chosen = batch.slots.indices.filter { place.applies(to: &batch.slots[$0].article) }
        var articles = chosen.map { batch.slots[$0].article }
        let answers: [Result<Verdict, ArticleError>]
        do throws(StageFailure) {
            answers = articles.isEmpty ? [] : try stage.apply(to: &articles)
        } catch {
            throw RunError(.unavailable, "stage \(place.number) (\(place.name)): \(error.message)", hint: error.hint)
        }
        var verdicts = [Result<Verdict, ArticleError>?](repeating: nil, count: batch.slots.count)
        for (position, index) in chosen.enumerated() {
            batch.slots[index].article = articles[position]
            verdicts[index] = answers[position]
        }
        batch.counts[place.index].nanoseconds += monotonicNanoseconds() - start
        try batch.forEach(stage: place) { index, _ in try verdicts[index]?.get() }
    }

    var number: Int { place.number }
    func finish() -> [ExtraTable] { stage.finish() }
}

/// The half of an ordered stage that runs anywhere. It works on the stage as it was built and given its memory.
struct PrepareStep<S: OrderedStage>: ParallelStep {
    let place: PlannedStep
    let stage: S
    let limit: ArticleTimeout

    func run(on batch: Batch) throws(RunError) {
        // By position in the batch: articles that other stages drop shift the slots behind them.
        var prepared = [Result<S.Prepared, any Error>?](repeating: nil, count: batch.read)
        let start = monotonicNanoseconds()
        for index in batch.slots.indices where place.applies(to: &batch.slots[index].article) {
            let result = Result { try limit.watch { try stage.prepare(&batch.slots[index].article) } }
            prepared[batch.slots[index].position] = result
        }
        batch.prepared[place.index] = prepared
        batch.counts[place.index].nanoseconds += monotonicNanoseconds() - start
    }
}

/// The half that decides. It owns the copy of the stage that remembers.
final class DecideStep<S: OrderedStage>: OrderedStep, FinishingStep, LearningStep {
    private let place: PlannedStep
    private var stage: S

    init(place: PlannedStep, stage: S) {
        self.place = place
        self.stage = stage
    }

    func run(on batch: Batch) throws(RunError) {
        guard let prepared = batch.prepared[place.index] as? [Result<S.Prepared, any Error>?] else { return }
        batch.prepared[place.index] = nil
        let positions = batch.slots.map(\.position)
        try batch.forEach(stage: place) { index, article in
            guard let result = prepared[positions[index]] else { return nil }
            return try stage.decide(&article, try result.get())
        }
    }

    var number: Int { place.number }

    func notes() throws -> [MemoryNote] { try Engine.notes(of: &stage) }

    func finish() -> [ExtraTable] { stage.finish() }
}

/// A step that has something to add at the end.
protocol FinishingStep {
    /// The stage's number in the definition.
    var number: Int { get }
    func finish() -> [ExtraTable]
}

/// A step that owns a stage which remembers over runs.
protocol LearningStep: AnyObject {
    /// What the stage notes for later runs.
    func notes() throws -> [MemoryNote]
}

private func notes<S: Stage>(of stage: inout S) throws -> [MemoryNote] {
    guard var remembering = stage as? any RememberingStage else { return [] }
    defer { stage = remembering as? S ?? stage }
    return try remembering.notes()
}

struct EncodeStep: ParallelStep {
    let place: PlannedStep
    let sink: any Sink

    func run(on batch: Batch) throws(RunError) {
        var encoded = Encoded()
        encoded.bytes.reserveCapacity(batch.slots.count * 1024)
        try batch.forEach(stage: place) { _, article in
            guard place.applies(to: &article) else { return nil }
            try article.requireText(place.name)
            encoded.rows += sink.encode(&article, into: &encoded.bytes)
            return .keep
        }
        batch.prepared[place.index] = encoded
    }
}

private struct Encoded: Sendable {
    var bytes: [UInt8] = []
    var rows = 0
}

final class WriteStep<S: Sink>: OrderedStep, LearningStep {
    private let place: PlannedStep
    private let file: ExportFile
    private var sink: S

    init(place: PlannedStep, file: ExportFile, sink: S) {
        self.place = place
        self.file = file
        self.sink = sink
    }

    func notes() throws -> [MemoryNote] { try Engine.notes(of: &sink) }

    func run(on batch: Batch) throws(RunError) {
        guard let encoded = batch.prepared[place.index] as? Encoded else { return }
        batch.prepared[place.index] = nil
        let start = monotonicNanoseconds()
        try file.write(encoded.bytes, rows: encoded.rows)
        batch.counts[place.index].nanoseconds += monotonicNanoseconds() - start
    }
}

/// Articles read out of a chunk become the batch's first slots.
struct LoadStep: ParallelStep {
    func run(on batch: Batch) throws(RunError) {
        guard let load = batch.load else { return }
        batch.load = nil
        let start = monotonicNanoseconds()
        var ingested = IngestedBatch()
        load(&ingested)
        batch.read = ingested.count
        batch.inputBytes = ingested.inputBytes
        batch.finished = ingested.finished
        batch.slots = ingested.articles
        var counts = StageCounts()
        counts.entered = ingested.count
        counts.failed = ingested.failures.count
        let lost = ingested.failures.map(\.failure).filter(\.losesInput)
        batch.failedInputs = lost.count
        batch.unseenInputs = lost.count { failure in !ingested.finished.contains { $0.path == failure.path } }
        for (position, failure) in ingested.failures {
            batch.outcomes.append(
                Batch.Outcome(
                    position: position,
                    stage: batch.sourceIndex,
                    kind: .failed(failure.error),
                    record: RecordSummary(path: failure.path, offset: failure.error.offset ?? failure.offset)
                )
            )
        }
        counts.kept = batch.slots.count
        counts.nanoseconds = monotonicNanoseconds() - start
        batch.counts[batch.sourceIndex].add(counts)
    }
}

/// A source as the engine pulls it: the owner's copy advances, the other one reads.
final class PulledSource<S: Source>: SourceStep, LearningStep {
    private var owner: S
    private let reader: S
    let index: Int
    private let remembers: Bool
    private var finished: [FinishedInput] = []

    init(_ source: S, index: Int) {
        owner = source
        reader = source
        remembers = (source as? any RememberingSource)?.remembers == true
        self.index = index
    }

    /// Keeps what was read to its end in a batch of this source.
    func retire(_ batch: Batch) {
        if remembers { finished += batch.finished }
    }

    func notes() throws -> [MemoryNote] {
        if var remembering = owner as? any RememberingSource {
            remembering.finish(finished)
            owner = remembering as? S ?? owner
        }
        return try Engine.notes(of: &owner)
    }

    func pull(maxArticles: Int) throws -> ((inout IngestedBatch) -> Void)? {
        guard let chunk = try owner.next(maxArticles: maxArticles) else { return nil }
        let reader = reader
        return { reader.read(chunk, into: &$0) }
    }
}

protocol SourceStep: AnyObject {
    var index: Int { get }
    /// Called for each batch that has passed the chain, in source order.
    func retire(_ batch: Batch)
    func pull(maxArticles: Int) throws -> ((inout IngestedBatch) -> Void)?
}
