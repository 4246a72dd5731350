import Hashing
import Language
import Pipeline

/// One execution of a plan: reads, decides, writes, and publishes with one rename.
public struct Run {
    /// A run that ended well.
    public struct Result: Sendable {
        public let manifest: Manifest
        /// False when there was nothing to read, which the definition allows: the last set stays.
        public let isPublished: Bool
        public let directory: String
        /// The folder with the links to the newest outputs.
        public let output: String
        /// What went wrong after the outputs were published.
        public let warnings: [String]
    }

    private let plan: Plan
    private let options: Options
    private let started: Timestamp
    private let progress: (RunCounts) -> Void

    /// - Parameters:
    ///   - started: the moment for the manifest; nothing else depends on it.
    ///   - progress: called in order, often; it has to be cheap.
    public init(_ plan: Plan, options: Options, started: Timestamp, progress: @escaping (RunCounts) -> Void = { _ in })
    {
        self.plan = plan
        self.options = options
        self.started = started
        self.progress = progress
    }

    /// - Throws: ``RunError`` or ``RunInterrupted``; nothing was published then, and the last set stands as it was.
    public func execute() throws -> Result {
        let start = monotonicNanoseconds()
        let directory = try RunDirectory(
            output: plan.definition.output,
            pipeline: plan.definition.name,
            started: started
        )
        let journal = RunJournal(
            in: directory.stateFolder,
            afterSeconds: options.journalAfterSeconds,
            notice: options.notice
        )
        options.didBegin()
        var manifest: Manifest
        do {
            try directory.checkLinks(plan.links)
            let learnt: [StageLearnt]?
            let figures: ReportFigures
            (manifest, learnt, figures) = try produce(into: directory, journal)
            manifest.seconds = Double(monotonicNanoseconds() - start) / 1e9
            guard let learnt else {
                directory.discard()
                try? journal.remove()
                return result(manifest, directory, isPublished: false)
            }
            let page = ReportPage(manifest: manifest, figures: figures, last: directory.lastReport)
            _ = try write(page.bytes, ReportPage.name, in: directory.folder)
            try directory.add(manifest: manifest.json)
            try guardPublish(manifest, directory)
            try stopIfAsked()
            guard let report = RunReport(directory.id, manifest: manifest.json) else {
                throw RunError(.bug, "the manifest of run \(directory.id) cannot be read")
            }
            try directory.publish(files: plan.links, report, learnt: learnt)
        } catch {
            directory.discard()
            if Self.isContinued(after: error) { journal.keep() } else { try? journal.remove() }
            throw error
        }
        options.didPublish()
        try directory.flush()
        return result(manifest, directory, isPublished: true, warnings: tidy(directory, journal))
    }

    /// A run that was stopped, or that something was missing for, is continued by the next. One that has come to its end
    /// is not, although a guard held it back: the next one would come to the same.
    private static func isContinued(after error: any Error) -> Bool {
        switch error {
        case is RunInterrupted: true
        case let error as RunError: error.code != .refused && error.code != .bug
        default: false
        }
    }

    private func tidy(_ directory: RunDirectory, _ journal: RunJournal) -> [String] {
        do throws(RunError) {
            try journal.remove()
            try directory.tidy(files: plan.links, keepRuns: plan.definition.keepRuns)
            return []
        } catch {
            return ["run \(directory.id) was published, but what is old stays: \(error.message)"]
        }
    }

    private func stopIfAsked() throws(RunInterrupted) {
        if let signal = options.shouldStop() { throw RunInterrupted(signal: signal) }
    }

    private func result(_ manifest: Manifest, _ directory: RunDirectory, isPublished: Bool, warnings: [String] = [])
        -> Result
    {
        Result(
            manifest: manifest,
            isPublished: isPublished,
            directory: isPublished ? directory.path : "",
            output: directory.output,
            warnings: warnings
        )
    }

    // MARK: Work

    /// - Returns: the manifest, and what the stages have learnt; nil when there was nothing to read and the last set
    ///   stays: an empty one would only take its place.
    private func produce(into directory: RunDirectory, _ journal: RunJournal) throws
        -> (Manifest, [StageLearnt]?, ReportFigures)
    {
        let lists = try RecordLists(in: directory.folder, secrets: plan.definition.secrets)
        let plan = try SurveyPass(plan, options: options, memory: directory.memory, progress: progress).run()
        let chain = try Chain(plan, folder: directory.folder, memory: directory.memory, last: directory.lastSet)
        journal.open(
            chain.inputs.map {
                JournalKey(plan, inputs: $0, batchArticles: options.batchArticles, last: directory.last)
            }
        )
        var totals = RunCounts(stages: plan.stages.count)
        totals.totalBytes = chain.totalBytes
        var inputs = SHA256()
        var figures = ReportFigures()
        let workers = Workers(
            segments: chain.segments(keptIn: journal, shouldStop: options.shouldStop),
            sources: chain.sources,
            stageCount: plan.stages.count,
            jobs: options.jobs,
            maxArticles: options.batchArticles,
            shouldStop: options.shouldStop
        ) { batch in
            try lists.append(batch.outcomes, stages: plan.stages)
            chain.retire(batch)
            Self.add(batch, to: &totals, &inputs)
            figures.add(batch)
            progress(totals)
        }
        try workers.run(jobs: options.jobs)
        try directory.checkPlace()
        var manifest = Manifest(
            run: directory.id.description,
            plan: plan,
            started: started,
            seconds: 0,
            jobs: options.jobs,
            counts: totals,
            inputsHash: inputs.finish(),
            skipped: chain.skipped,
            outputs: []
        )
        if totals.read == 0, plan.definition.allowEmpty || chain.readsOnlyNew, directory.last != nil {
            return (manifest, nil, figures)
        }
        var outputs = try chain.finish(in: directory.folder) + lists.finish()
        outputs += try describe(outputs, in: directory.folder)
        manifest.outputs = outputs.map {
            Manifest.OutputSummary(
                file: $0.name,
                rows: $0.rows,
                bytes: $0.bytes,
                sha256: $0.sha256.hex,
                changes: $0.changes.map { ($0.added, $0.updated) }
            )
        }
        return (manifest, try chain.learnt(), figures)
    }

    /// Writes what tells readers the types of the files.
    private func describe(_ outputs: [OutputFile.Summary], in folder: Folder) throws(RunError) -> [OutputFile.Summary] {
        var files = plan.stages.compactMap { $0.stage as? any Sink }.map {
            DescribedFile(name: $0.file, tables: $0.tables)
        }
        files += outputs.compactMap { list in
            list.schema.map { DescribedFile(name: list.name, tables: [ExportTable($0)]) }
        }
        return [
            try write(SchemaFile(files: files).bytes, SchemaFile.name, in: folder),
            try write(LoaderFile(files: files).bytes, LoaderFile.name, in: folder),
        ]
    }

    private func write(_ bytes: [UInt8], _ name: String, in folder: Folder) throws(RunError) -> OutputFile.Summary {
        let file = try OutputFile(name: name, in: folder)
        try file.write(bytes)
        return try file.finish()
    }

    private static func add(_ batch: Batch, to totals: inout RunCounts, _ inputs: inout SHA256) {
        for slot in batch.slots { batch.count(removed: slot.article.removed) }
        totals.read += batch.read
        totals.kept += batch.slots.count
        totals.inputBytes += batch.inputBytes
        totals.inputs += batch.finished.count + batch.unseenInputs
        totals.failedInputs += batch.failedInputs
        totals.removed.merge(batch.removed, uniquingKeysWith: +)
        for outcome in batch.outcomes {
            switch outcome.kind {
            case .dropped(let reason): totals.dropped[reason, default: 0] += 1
            case .failed(let error): totals.quarantined[error.code, default: 0] += 1
            }
        }
        for index in totals.stages.indices { totals.stages[index].add(batch.counts[index]) }
        for input in batch.finished {
            totals.diskBytes += input.size
            let line = Array("\(input.sha256.hex)  \(input.path)\n".utf8)
            line.withUnsafeBytes { inputs.update($0) }
        }
    }

    // MARK: Guards

    private func guardPublish(_ manifest: Manifest, _ directory: RunDirectory) throws(RunError) {
        let guards = PublishGuards(plan)
        guard let (problem, code) = guards.refusal(manifest.counts, after: directory.lastReport) else { return }
        let place: String
        do throws(RunError) {
            place = try directory.refuse()
        } catch {
            throw RunError(
                code,
                problem,
                hint: "nothing was published, and the refused run could not be kept: \(error.message)"
            )
        }
        throw RunError(code, problem, hint: "nothing was published; the refused run lies in \(place)")
    }
}
