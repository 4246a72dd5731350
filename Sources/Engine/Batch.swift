import Pipeline

/// Some articles that travel together: the unit of scheduling.
///
/// One worker at a time holds a batch; the scheduler's lock orders their accesses.
final class Batch: @unchecked Sendable {
    /// Place in the source order, from 0.
    let number: Int
    /// Articles still in the chain, in source order.
    var slots: [IngestedBatch.PlacedArticle] = []
    /// Articles that left the chain.
    var outcomes: [Outcome] = []
    var read = 0
    var inputBytes = 0
    /// Inputs that could not be read to their end.
    var failedInputs = 0
    /// Those among them of which not even the bytes are known.
    var unseenInputs = 0
    var finished: [FinishedInput] = []
    var counts: [StageCounts]
    var removed: [String: Int] = [:]
    /// Articles that a stage worked on for long.
    var slow: [SlowArticle] = []
    /// What ends the run when this batch's turn comes: thrown in source order, so that the same failure is named
    /// whatever the workers did first.
    private(set) var fatal: (position: Int, error: RunError)?
    /// Whether an article failed that may not fail the next time.
    private var hasPassingFailure = false
    /// What ordered stages prepared, and what sinks encoded, by the stage's place in the plan.
    var prepared: [Any?]
    /// Turns a chunk into articles; set while the batch is fresh.
    var load: ((inout IngestedBatch) -> Void)?
    var sourceIndex = 0

    struct Outcome: Sendable {
        enum Kind: Sendable {
            case dropped(reason: String)
            case failed(ArticleError)
        }

        let position: Int
        let stage: Int
        let kind: Kind
        let record: RecordSummary
    }

    init(number: Int, stages: Int) {
        self.number = number
        counts = Array(repeating: StageCounts(), count: stages)
        prepared = Array(repeating: nil, count: stages)
    }

    /// The same batch without articles, on which nothing was done.
    func untouched() -> Batch {
        let batch = Batch(number: number, stages: counts.count)
        batch.read = read
        return batch
    }

    /// Whether the next run would come to the same.
    var isFinal: Bool { fatal == nil && !hasPassingFailure }

    /// Takes over what was done to an ``untouched()`` batch with the articles of this one.
    func absorb(_ work: Batch) {
        slots = work.slots
        outcomes += work.outcomes
        removed.merge(work.removed, uniquingKeysWith: +)
        slow += work.slow
        for stage in counts.indices { counts[stage].add(work.counts[stage]) }
        if let other = work.fatal, fatal.map({ other.position < $0.position }) ?? true { fatal = other }
    }

    /// Calls `decide` for each article of the chain and takes out those that do not stay.
    ///
    /// - Parameter decide: nil lets the article pass by, uncounted.
    func forEach(stage: PlannedStep, _ decide: (_ index: Int, _ article: inout Article) throws -> Verdict?)
        throws(RunError)
    {
        var counts = StageCounts()
        let start = monotonicNanoseconds()
        var moment = start
        var write = 0
        for read in slots.indices {
            let ending: Outcome.Kind?
            do {
                let verdict = try decide(read, &slots[read].article)
                if verdict != nil { counts.entered += 1 }
                switch verdict {
                case nil: ending = nil
                case .keep:
                    counts.kept += 1
                    ending = nil
                case .drop(let reason):
                    counts.dropped[reason, default: 0] += 1
                    ending = .dropped(reason: reason)
                }
            } catch {
                counts.entered += 1
                ending = try failure(error, at: stage, slots[read], &counts)
            }
            let now = monotonicNanoseconds()
            if now - moment >= SlowArticle.minNanoseconds { note(slow: slots[read].article, now - moment, stage) }
            moment = now
            if let ending {
                let slot = slots[read]
                outcomes.append(
                    Outcome(
                        position: slot.position,
                        stage: stage.index,
                        kind: ending,
                        record: RecordSummary(slot.article)
                    )
                )
                count(removed: slot.article.removed)
            } else {
                if write != read { slots.swapAt(write, read) }
                write += 1
            }
        }
        slots.removeLast(slots.count - write)
        counts.nanoseconds = monotonicNanoseconds() - start
        self.counts[stage.index].add(counts)
    }

    private func note(slow article: Article, _ nanoseconds: UInt64, _ stage: PlannedStep) {
        let place = "\(article.provenance.path) @ \(article.provenance.offset)"
        slow.append(SlowArticle(stage: stage.index, nanoseconds: nanoseconds, title: article.title, place: place))
    }

    /// Keeps the failure that ends the run: that of the earliest article.
    private func note(_ failure: ArticleError, at stage: PlannedStep, _ slot: IngestedBatch.PlacedArticle) {
        if let fatal, fatal.position <= slot.position { return }
        let place = slot.article.provenance
        let error = RunError(
            .refused,
            "stage \(stage.number) (\(stage.name)) failed on \(place.path) at byte \(place.offset): \(failure.message)",
            hint: "\"onError\": \"fail\" stops the run at the first failure"
        )
        fatal = (slot.position, error)
    }

    func count(removed removals: [Removal]) {
        for removal in removals { removed[removal.reason, default: 0] += 1 }
    }

    private func failure(
        _ error: any Error,
        at stage: PlannedStep,
        _ slot: IngestedBatch.PlacedArticle,
        _ counts: inout StageCounts
    ) throws(RunError) -> Outcome.Kind {
        if let error = error as? RunError { throw error }
        // What earlier runs left is at fault, not the article.
        if let error = error as? MemoryError {
            throw StateFile.refusal("of stage \(stage.number) (\(stage.name))", error.message, hint: error.hint)
        }
        let failure = error as? ArticleError ?? ArticleError(code: "unexpected", message: "\(error)")
        if failure.mayPass { hasPassingFailure = true }
        switch stage.onError {
        case .quarantine:
            counts.failed += 1
            return .failed(failure)
        case .drop:
            counts.dropped["error", default: 0] += 1
            return .dropped(reason: "error")
        case .fail:
            counts.failed += 1
            note(failure, at: stage, slot)
            return .failed(failure)
        }
    }
}

/// What the lists of dropped and quarantined articles say about one.
struct RecordSummary: Sendable {
    var id: String?
    var url: String?
    var outlet: String?
    var title: String?
    var published: String?
    var words: Int?
    var duplicate: Duplicate?
    var path: String
    var offset: Int

    init(_ article: Article) {
        id = article.id
        url = article.url
        outlet = article.outlet
        title = article.title
        published = article.published?.rfc3339
        words = article.wordCount
        duplicate = article.duplicate
        path = article.provenance.path
        offset = article.provenance.offset
    }

    init(path: String, offset: Int) {
        self.path = path
        self.offset = offset
    }
}

/// A stage's place in the plan.
struct PlannedStep: Sendable {
    /// From 0, sources included.
    let index: Int
    let number: Int
    let name: String
    let when: Condition?
    let onError: ErrorPolicy

    init(_ stage: Plan.PlannedStage, index: Int) {
        self.index = index
        number = stage.number
        name = stage.name
        when = stage.when
        onError = stage.onError
    }

    func applies(to article: inout Article) -> Bool {
        when?.matches(&article) ?? true
    }
}
