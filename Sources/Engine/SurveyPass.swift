import Pipeline

/// The first pass over the inputs, for stages that have to know all articles before they work on one.
struct SurveyPass {
    private let plan: Plan
    private let options: Run.Options

    init(_ plan: Plan, options: Run.Options) {
        self.plan = plan
        self.options = options
    }

    /// The plan with every such stage informed; the plan itself when there is none.
    func run() throws -> Plan {
        var informed = plan
        guard plan.sources.allSatisfy(\.isRepeatable) else { return plan }
        for (index, planned) in plan.stages.enumerated() {
            guard let stage = planned.stage as? any SurveyingTransform else { continue }
            if let replacement = try survey(stage, at: index, of: informed) {
                informed = informed.replacing(stage: index, by: replacement)
            }
        }
        return informed
    }

    private func survey<S: SurveyingTransform>(_ stage: S, at index: Int, of plan: Plan) throws -> S? {
        guard let start = stage.survey else { return nil }
        let collect = CollectStep<S>(index: index, survey: start)
        let before = try Chain(transformsOf: plan, before: index)
        var segment = before.segments[0]
        segment.parallel.append(SightStep(stage: stage, index: index))
        segment.ordered = [collect]
        let workers = Workers(
            segments: [segment],
            sources: before.sources,
            stageCount: plan.stages.count,
            jobs: options.jobs,
            maxArticles: options.batchArticles,
            shouldStop: options.shouldStop,
            retire: { _ in }
        )
        try workers.run(jobs: options.jobs)
        return stage.informed(by: collect.survey)
    }
}

private struct SightStep<S: SurveyingTransform>: ParallelStep {
    let stage: S
    let index: Int

    func run(on batch: Batch) {
        batch.prepared[index] = batch.slots.compactMap { stage.sight($0.article) }
    }
}

private final class CollectStep<S: SurveyingTransform>: OrderedStep {
    private let index: Int
    private(set) var survey: S.Survey

    init(index: Int, survey: S.Survey) {
        self.index = index
        self.survey = survey
    }

    func run(on batch: Batch) {
        for sighting in batch.prepared[index] as? [S.Sighting] ?? [] { S.add(sighting, to: &survey) }
    }
}
