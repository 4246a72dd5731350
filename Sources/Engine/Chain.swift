import Pipeline

/// A plan's stages as the workers run them: segments of parallel steps, each ended by ordered ones.
struct Chain {
    private(set) var segments: [Workers.Segment] = [Workers.Segment(parallel: [LoadStep()])]
    private(set) var sources: [any SourceStep] = []
    private(set) var skipped: [String: Int] = [:]
    /// Bytes of all sources; nil when one of them cannot know.
    private(set) var totalBytes: Int? = 0
    private var files: [ExportFile] = []
    private var finishing: [any FinishingStep] = []

    init(_ plan: Plan, folder: Folder, state: StateFile? = nil) throws(RunError) {
        for (index, planned) in plan.stages.enumerated() {
            let place = PlannedStep(planned, index: index)
            switch planned.stage {
            case let source as any Source: try add(source, index: index, allowEmpty: plan.definition.allowEmpty)
            case let sink as any Sink: try add(sink, place, folder)
            case let stage as any OrderedStage: add(stage, place, state, Self.memoryName(of: index, plan))
            case let stage as any Transform:
                segments[segments.count - 1].parallel.append(TransformStep(place: place, stage: stage))
            default: throw RunError(.bug, "the stage \(place.name) is of no kind that the engine knows")
            }
        }
        if segments.count > 1, let last = segments.last, last.parallel.isEmpty, last.ordered.isEmpty {
            segments.removeLast()
        }
    }

    /// The sources and the transforms before a stage, for a pass that writes nothing.
    init(transformsOf plan: Plan, before end: Int) throws(RunError) {
        for (index, planned) in plan.stages.prefix(end).enumerated() {
            if let source = planned.stage as? any Source {
                try add(source, index: index, allowEmpty: plan.definition.allowEmpty)
            } else if let transform = planned.stage as? any Transform {
                let place = PlannedStep(planned, index: index)
                segments[0].parallel.append(TransformStep(place: place, stage: transform))
            }
        }
    }

    private mutating func add<S: Source>(_ source: S, index: Int, allowEmpty: Bool) throws(RunError) {
        var source = source
        do throws(SourceError) {
            try source.open()
        } catch {
            if error.kind == .empty, allowEmpty { return }
            throw RunError(error)
        }
        totalBytes = totalBytes.flatMap { total in source.totalBytes.map { total + $0 } }
        skipped.merge(source.skipped, uniquingKeysWith: +)
        sources.append(PulledSource(source, index: index))
    }

    private mutating func add(_ sink: any Sink, _ place: PlannedStep, _ folder: Folder) throws(RunError) {
        let file = try ExportFile(sink, in: folder)
        files.append(file)
        segments[segments.count - 1].parallel.append(EncodeStep(place: place, sink: sink))
        segments[segments.count - 1].ordered.append(WriteStep(place: place, file: file))
    }

    private mutating func add<S: OrderedStage>(
        _ stage: S,
        _ place: PlannedStep,
        _ state: StateFile?,
        _ memoryName: String
    ) {
        var owner = stage
        if let state, var remembering = stage as? any RememberingStage, remembering.remembers {
            remembering.recall(state.memory(of: memoryName))
            owner = remembering as? S ?? stage
        }
        let decide = DecideStep(place: place, stage: owner, memoryName: memoryName)
        finishing.append(decide)
        segments[segments.count - 1].parallel.append(PrepareStep(place: place, stage: stage))
        segments[segments.count - 1].ordered.append(decide)
        segments.append(Workers.Segment())
    }

    /// What the stages leave for later runs.
    var notes: [StageNotes] { finishing.compactMap(\.notes) }

    /// The stage's name, with its place among those of the same name, so that two of them keep two memories.
    private static func memoryName(of index: Int, _ plan: Plan) -> String {
        let name = plan.stages[index].name
        let earlier = plan.stages[..<index].count { $0.name == name }
        return earlier == 0 ? name : "\(name)-\(earlier + 1)"
    }

    /// Flushes the exports and writes what the stages add at the end.
    func finish(in folder: Folder) throws(RunError) -> [OutputFile.Summary] {
        var summaries: [OutputFile.Summary] = []
        for file in files { summaries.append(try file.finish()) }
        for step in finishing {
            for table in step.finish() {
                let file = try OutputFile(
                    name: Self.free(table.file, step.number, taken: summaries.map(\.name)),
                    in: folder
                )
                try file.write(table.bytes, rows: table.rows)
                summaries.append(try file.finish())
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
