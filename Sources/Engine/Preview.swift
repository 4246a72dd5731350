import Pipeline

/// The first articles of a plan's input, before and after each stage. Nothing is written.
public struct Preview {
    public struct Step: Sendable {
        public let stage: Plan.PlannedStage
        public let outcome: Outcome
        /// The article behind the stage.
        public let article: Article
    }

    public enum Outcome: Sendable {
        case kept, passedBy
        case dropped(reason: String)
        case failed(ArticleError)
    }

    public struct Entry: Sendable {
        /// As the source read it; nil for a record that could not be read.
        public let article: Article?
        public let failure: RecordFailure?
        public let steps: [Step]
    }

    /// Carries the first `count` records through the chain, up to the stage with the number `last`.
    ///
    /// Stages that have to know all articles are told of all, as in a run: then every input is read once before.
    ///
    /// - Throws: ``SourceError`` or ``RunError`` when there is no input.
    public static func entries(of plan: Plan, count: Int, through last: Int = .max, jobs: Int = 1) throws -> [Entry] {
        let plan = try SurveyPass(plan, options: Run.Options(jobs: jobs), upTo: last).run()
        let stages = chain(of: plan, through: last)
        var entries: [Entry] = []
        for source in plan.sources where entries.count < count {
            let batch = try pull(source, count - entries.count)
            var records = batch.articles.map {
                ($0.position, Entry(article: $0.article, failure: nil, steps: carry($0.article, stages)))
            }
            records += batch.failures.map { ($0.position, Entry(article: nil, failure: $0.failure, steps: [])) }
            entries += records.sorted { $0.0 < $1.0 }.map(\.1).prefix(count - entries.count)
        }
        return entries
    }

    /// Carries articles through the chain behind the sources, one after the other, up to the stage with the number
    /// `last`. What a stage would have to know of all articles first, it does not know here.
    public static func steps(of articles: [Article], in plan: Plan, through last: Int = .max) -> [[Step]] {
        let stages = chain(of: plan, through: last)
        return articles.map { carry($0, stages) }
    }

    private static func chain(of plan: Plan, through last: Int) -> [(Plan.PlannedStage, Apply)] {
        plan.stages.filter { !($0.stage is any Source) && $0.number <= last }.map { ($0, opened($0.stage)) }
    }

    private static func pull<S: Source>(_ source: S, _ count: Int) throws -> IngestedBatch {
        var source = source
        try source.open()
        var batch = IngestedBatch()
        while batch.count < count, let chunk = try source.next(maxArticles: count - batch.count) {
            source.read(chunk, into: &batch)
        }
        return batch
    }

    /// What a stage does with one article, whatever its kind.
    private typealias Apply = (inout Article) throws -> Verdict

    private static func opened(_ stage: any Stage) -> Apply {
        switch stage {
        case let transform as any Transform: return { try transform.apply(&$0) }
        case let ordered as any OrderedStage: return remembering(ordered)
        case let sink as any Sink:
            return { article in
                var bytes: [UInt8] = []
                _ = sink.encode(&article, into: &bytes)
                return .keep
            }
        default: return { _ in .keep }
        }
    }

    private static func remembering<S: OrderedStage>(_ stage: S) -> Apply {
        var owner = stage
        return { article in
            let prepared = try stage.prepare(&article)
            return try owner.decide(&article, prepared)
        }
    }

    private static func carry(_ article: Article, _ stages: [(Plan.PlannedStage, Apply)]) -> [Step] {
        var article = article
        var steps: [Step] = []
        for (stage, apply) in stages {
            if let when = stage.when, !when.matches(&article) {
                steps.append(Step(stage: stage, outcome: .passedBy, article: article))
                continue
            }
            let outcome: Outcome
            do {
                switch try apply(&article) {
                case .keep: outcome = .kept
                case .drop(let reason): outcome = .dropped(reason: reason)
                }
            } catch {
                outcome = .failed(error as? ArticleError ?? ArticleError(code: "unexpected", message: "\(error)"))
            }
            steps.append(Step(stage: stage, outcome: outcome, article: article))
            guard case .kept = outcome else { break }
        }
        return steps
    }
}
