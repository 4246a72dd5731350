import Hashing
import Pipeline

/// A plan's stages as the workers run them: segments of parallel steps, each ended by ordered ones.
struct Chain {
    private(set) var segments: [Workers.Segment] = [Workers.Segment(parallel: [LoadStep()])]
    private(set) var sources: [any SourceStep] = []
    private(set) var skipped: [String: Int] = [:]
    /// Bytes of all sources; nil when one of them cannot know.
    private(set) var totalBytes: Int? = 0
    /// Whether a source passes over what earlier runs have read.
    private(set) var readsOnlyNew = false
    /// What the sources will read; nil when that cannot be known.
    private(set) var inputs: [Digest256]? = []
    private var exports: [any FinishedExport] = []
    private let last: LastSet?
    private let limit: ArticleTimeout
    private var finishing: [any FinishingStep] = []
    /// What exports that go on from the last run leave for the next.
    private var growing: [ExportSet] = []
    private var learning: [(step: any LearningStep, memory: StageMemory)] = []

    init(_ plan: Plan, folder: Folder, memory: RunMemory? = nil, last: LastSet? = nil) throws(RunError) {
        self.last = last
        limit = ArticleTimeout(plan.definition.limits.articleTimeout)
        for (index, planned) in plan.stages.enumerated() {
            let place = PlannedStep(planned, index: index)
            let runMemory = memory
            let memory = try Self.memory(of: index, plan, memory)
            switch planned.stage {
            case let source as any Source:
                try add(source, index: index, memory, allowEmpty: plan.definition.allowEmpty)
            case let sink as any GrowingSink where sink.growsOrSplits:
                try add(sink, place, runMemory, folder)
            case let sink as any Sink: try add(sink, place, memory, folder)
            case let stage as any OrderedStage: try add(stage, place, memory)
            case let stage as any BatchTransform: add(stage, place)
            case let stage as any Transform: try add(stage, place, memory)
            default: throw RunError(.bug, "the stage \(place.name) is of no kind that the engine knows")
            }
        }
        if segments.count > 1, let last = segments.last, last.parallel.isEmpty, last.ordered.isEmpty {
            segments.removeLast()
        }
    }

    /// The sources and the transforms before a stage, for a pass that writes nothing.
    init(transformsOf plan: Plan, before end: Int, memory: RunMemory?) throws(RunError) {
        last = nil
        limit = ArticleTimeout(plan.definition.limits.articleTimeout)
        for (index, planned) in plan.stages.prefix(end).enumerated() {
            if let source = planned.stage as? any Source {
                let memory = try Self.memory(of: index, plan, memory)
                try add(source, index: index, memory, allowEmpty: plan.definition.allowEmpty)
            } else if let transform = planned.stage as? any Transform {
                let place = PlannedStep(planned, index: index)
                if let transform = transform as? any BatchTransform {
                    segments[0].parallel.append(BatchTransformStep(place: place, stage: transform))
                } else {
                    segments[0].parallel.append(TransformStep(place: place, stage: transform, limit: limit))
                }
            }
        }
    }

    private mutating func add<S: Source>(_ source: S, index: Int, _ memory: StageMemory?, allowEmpty: Bool)
        throws(RunError)
    {
        var source = try Self.recalling(source, memory)
        do {
            try source.open()
        } catch let error as SourceError {
            if error.kind == .empty, allowEmpty { return }
            throw RunError(error)
        } catch {
            throw memory?.failure(error) ?? RunError(.bug, "the input cannot be opened: \(error)")
        }
        totalBytes = totalBytes.flatMap { total in source.totalBytes.map { total + $0 } }
        skipped.merge(source.skipped, uniquingKeysWith: +)
        inputs = inputs.flatMap { inputs in source.fingerprint.map { inputs + [$0] } }
        let pulled = PulledSource(source, index: index)
        sources.append(pulled)
        if memory != nil { readsOnlyNew = true }
        learn(pulled, memory)
    }

    private mutating func add<S: Sink>(_ sink: S, _ place: PlannedStep, _ memory: StageMemory?, _ folder: Folder)
        throws(RunError)
    {
        let sink = try Self.recalling(sink, memory)
        let file = try ExportFile(sink, in: folder)
        exports.append(file)
        segments[segments.count - 1].parallel.append(EncodeStep(place: place, sink: sink))
        let write = WriteStep(place: place, file: file, sink: sink)
        segments[segments.count - 1].ordered.append(write)
        learn(write, memory)
    }

    private mutating func add(_ stage: any BatchTransform, _ place: PlannedStep) {
        let step = BatchTransformStep(place: place, stage: stage)
        segments[segments.count - 1].parallel.append(step)
        finishing.append(step)
    }

    private mutating func add<S: GrowingSink>(_ sink: S, _ place: PlannedStep, _ memory: RunMemory?, _ folder: Folder)
        throws(RunError)
    {
        var known: ExportMemory?
        if sink.mode == .append, let memory {
            known = try ExportMemory(sink, memory, readsOnlyNew: readsOnlyNew)
        }
        let set = try ExportSet(sink, place, in: folder, last: last, memory: known)
        exports.append(set)
        if known != nil { growing.append(set) }
        segments[segments.count - 1].parallel.append(EncodeRowsStep(place: place, sink: sink))
        segments[segments.count - 1].ordered.append(CollectRowsStep(place: place, set: set))
    }

    private mutating func add<S: Transform>(_ stage: S, _ place: PlannedStep, _ memory: StageMemory?)
        throws(RunError)
    {
        let stage = try Self.recalling(stage, memory)
        segments[segments.count - 1].parallel.append(TransformStep(place: place, stage: stage, limit: limit))
        learn(TransformMemory(stage), memory)
    }

    private mutating func add<S: OrderedStage>(_ stage: S, _ place: PlannedStep, _ memory: StageMemory?)
        throws(RunError)
    {
        let stage = try Self.recalling(stage, memory)
        let decide = DecideStep(place: place, stage: stage)
        finishing.append(decide)
        learn(decide, memory)
        segments[segments.count - 1].parallel.append(PrepareStep(place: place, stage: stage, limit: limit))
        segments[segments.count - 1].ordered.append(decide)
        segments.append(Workers.Segment())
    }

    /// Tells a batch's source that the batch has passed the chain.
    func retire(_ batch: Batch) {
        sources.first { $0.index == batch.sourceIndex }?.retire(batch)
    }

    // MARK: Memory

    /// The stage with what earlier runs left for it.
    static func recalling<S: Stage>(_ stage: S, _ memory: StageMemory?) throws(RunError) -> S {
        guard let memory, var remembering = stage as? any RememberingStage else { return stage }
        do {
            try remembering.recall(memory)
        } catch {
            throw memory.failure(error)
        }
        return remembering as? S ?? stage
    }

    private mutating func learn(_ step: any LearningStep, _ memory: StageMemory?) {
        if let memory { learning.append((step, memory)) }
    }

    /// What the stages leave for later runs; to be asked once, behind the last article.
    func learnt() throws(RunError) -> [StageLearnt] {
        var learnt: [StageLearnt] = []
        for (step, memory) in learning {
            do {
                learnt.append(try memory.learnt(step.notes()))
            } catch {
                throw memory.failure(error)
            }
        }
        for export in growing { learnt += try export.learnt() }
        return learnt
    }

    /// What earlier runs left for a stage of the plan; nil for one that does not remember.
    static func memory(of index: Int, _ plan: Plan, _ memory: RunMemory?) throws(RunError) -> StageMemory? {
        guard let memory, let stage = plan.stages[index].stage as? any RememberingStage, stage.remembers else {
            return nil
        }
        return try memory.memory(of: type(of: stage).sharedMemory ?? memoryName(of: index, plan))
    }

    /// The stage's name, with its place among those of the same name, so that two of them keep two memories.
    private static func memoryName(of index: Int, _ plan: Plan) -> String {
        let name = plan.stages[index].name
        let earlier = plan.stages[..<index].count { $0.name == name }
        return earlier == 0 ? name : "\(name)-\(earlier + 1)"
    }

    /// Flushes the exports and writes what the stages add at the end.
    func finish(in folder: Folder) throws(RunError) -> [OutputFile.Summary] {
        var summaries: [OutputFile.Summary] = []
        for export in exports { summaries += try export.finishFiles() }
        for step in finishing {
            for table in step.finish() {
                let file = try OutputFile(
                    name: Self.free(table.file, step.number, taken: summaries.map(\.name)),
                    in: folder
                )
                try file.write(table.bytes, rows: table.rows)
                var summary = try file.finish()
                summary.schema = table.schema
                summaries.append(summary)
            }
        }
        return summaries
    }

    /// The second `stories.csv` of a chain is called after its stage: `stories-6.csv`.
    private static func free(_ name: String, _ number: Int, taken: [String]) -> String {
        guard taken.contains(name) else { return name }
        let dot = name.lastIndex(of: ".") ?? name.endIndex
        return "\(name[..<dot])-\(number)\(name[dot...])"
    }
}
