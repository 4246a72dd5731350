import Pipeline

/// A section of the chain: transforms that follow one another. What it made of a batch is kept in the journal, and taken
/// from there when an interrupted run left it.
struct SectionStep: ParallelStep {
    let number: Int
    let steps: [any ParallelStep]
    let journal: RunJournal
    let shouldStop: @Sendable () -> Int32?

    func run(on batch: Batch) throws {
        guard journal.wants(section: number, batch: batch.number) else { return try carry(batch) }
        let start = monotonicNanoseconds()
        let before = BatchImage(batch.slots)
        if let record = journal.record(section: number, batch: batch.number),
            let work = SectionRecord.decode(record, for: batch, before)
        {
            return batch.absorb(work)
        }
        let begun = monotonicNanoseconds()
        let work = batch.untouched()
        work.slots = batch.slots
        try carry(work)
        let done = monotonicNanoseconds()
        if work.isFinal {
            let record = SectionRecord.encode(work, since: before)
            journal.add(record, section: number, batch: batch.number, articles: batch.read)
        }
        let cost = begun - start + monotonicNanoseconds() - done
        journal.note(section: number, workNanoseconds: done - begun, costNanoseconds: cost)
        batch.absorb(work)
    }

    private func carry(_ batch: Batch) throws {
        for step in steps {
            try step.run(on: batch)
            if let signal = shouldStop() { throw RunInterrupted(signal: signal) }
        }
    }
}

extension Workers.Segment {
    /// The same with its transforms as sections, numbered on from `count`.
    func journaled(in journal: RunJournal, count: inout Int, shouldStop: @escaping @Sendable () -> Int32?) -> Self {
        var segment = Self(ordered: ordered)
        var section: [any ParallelStep] = []
        for step in parallel {
            if step.isTransform {
                section.append(step)
                continue
            }
            segment.close(&section, in: journal, &count, shouldStop)
            segment.parallel.append(step)
        }
        segment.close(&section, in: journal, &count, shouldStop)
        return segment
    }

    private mutating func close(
        _ steps: inout [any ParallelStep],
        in journal: RunJournal,
        _ count: inout Int,
        _ shouldStop: @escaping @Sendable () -> Int32?
    ) {
        guard !steps.isEmpty else { return }
        parallel.append(SectionStep(number: count, steps: steps, journal: journal, shouldStop: shouldStop))
        steps = []
        count += 1
    }
}

extension Chain {
    /// The segments; what their transforms do is kept in the journal, or taken from there.
    func segments(keptIn journal: RunJournal, shouldStop: @escaping @Sendable () -> Int32?) -> [Workers.Segment] {
        var count = 0
        return segments.map { $0.journaled(in: journal, count: &count, shouldStop: shouldStop) }
    }
}
