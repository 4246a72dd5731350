import Pipeline

/// The first pass over the inputs, for stages that have to know all articles before they work on one.
struct SurveyPass {
    private let plan: Plan
    private let options: Run.Options
    private let progress: (RunCounts) -> Void
    private let last: Int
    private let memory: RunMemory?

    /// - Parameter last: the number of the last stage that matters.
    init(
        _ plan: Plan,
        options: Run.Options,
        memory: RunMemory? = nil,
        upTo last: Int = .max,
        progress: @escaping (RunCounts) -> Void = { _ in }
    ) {
        self.last = last
        self.memory = memory
        self.plan = plan
        self.options = options
        self.progress = progress
    }

    /// The plan with every such stage informed; the plan itself when there is none.
    func run() throws -> Plan {
        var informed = plan
        guard plan.sources.allSatisfy(\.isRepeatable) else { return plan }
        for (index, planned) in plan.stages.enumerated() where planned.number <= last {
            guard let stage = planned.stage as? any SurveyingTransform else { continue }
            if let replacement = try survey(stage, at: index, of: informed) {
                informed = informed.replacing(stage: index, by: replacement)
            }
        }
        return informed
    }

    private func survey<S: SurveyingTransform>(_ stage: S, at index: Int, of plan: Plan) throws -> S? {
        let known = try Chain.memory(of: index, plan, memory)
        let stage = try Chain.recalling(stage, known)
        guard let start = stage.survey else { return nil }
        let collect = CollectStep<S>(index: index, survey: start)
        let before = try Chain(transformsOf: plan, before: index, memory: memory)
        var segment = before.segments[0]
        segment.parallel.append(SightStep(place: PlannedStep(plan.stages[index], index: index), stage: stage))
        segment.ordered = [collect]
        var seen = RunCounts(stages: plan.stages.count)
        seen.isSurvey = true
        seen.totalBytes = before.totalBytes
        let workers = Workers(
            segments: [segment],
            sources: before.sources,
            stageCount: plan.stages.count,
            jobs: options.jobs,
            maxArticles: options.batchArticles,
            shouldStop: options.shouldStop
        ) { batch in
            seen.read += batch.read
            seen.inputBytes += batch.inputBytes
            progress(seen)
        }
        try workers.run(jobs: options.jobs)
        do {
            return try stage.informed(by: collect.survey)
        } catch {
            throw known?.failure(error) ?? error
        }
    }
}

private struct SightStep<S: SurveyingTransform>: ParallelStep {
    let place: PlannedStep
    let stage: S

    /// Articles that the stage will not work on tell it nothing.
    func run(on batch: Batch) {
        var sightings: [S.Sighting] = []
        for index in batch.slots.indices where place.applies(to: &batch.slots[index].article) {
            if let sighting = stage.sight(batch.slots[index].article) { sightings.append(sighting) }
        }
        batch.prepared[place.index] = sightings
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
