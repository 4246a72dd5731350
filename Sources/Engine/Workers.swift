import Dispatch
import Locking
import Pipeline

/// Carries batches through the chain: work anywhere, decide in order.
///
/// ```
///             pull            work anywhere (any worker)             decide in order (one owner)
///  source ──▶ batch n ──▶ read · clean · filter · sign · encode ──▶ reorder ──▶ dedupe · write ──▶ next segment
///               ▲                                                                   │
///               └─────────────── permits: at most W batches in flight ◀─────────────┘
/// ```
///
/// An ordered stage ends a segment: what stands behind it is worked on only for articles that it kept. Each worker
/// takes the batch that is furthest along, so that what was begun is finished before more is begun. The source and
/// each ordered part have one owner at a time; the lock hands them on, the work is done outside it.
///
/// Output bytes depend neither on the number of workers nor on the batch size. Memory is bounded by the permits.
final class Workers: @unchecked Sendable {
    struct Segment {
        var parallel: [any ParallelStep] = []
        var ordered: [any OrderedStep] = []
    }

    private let segments: [Segment]
    private let sources: [any SourceStep]
    private let stageCount: Int
    private let maxArticles: Int
    private let permits: Int
    private let shouldStop: @Sendable () -> Int32?
    /// Called by the owner of the last segment for each batch, in source order.
    private let retire: (Batch) throws -> Void

    // Under the monitor.
    private let monitor = Monitor()
    private var states: [SegmentState]
    private var sourceIndex = 0
    private var isPulling = false
    private var isExhausted: Bool
    private var pulled = 0
    private var inFlight = 0
    private var failure: (any Error)?

    private struct SegmentState {
        /// Batches that wait for a worker, in source order.
        var waiting: [Batch] = []
        /// Batches that are ready to be decided: the reorder buffer.
        var ready: [Int: Batch] = [:]
        /// The batch whose turn it is.
        var turn = 0
        var isOwned = false
    }

    private enum Task {
        case pull
        case work(Batch, segment: Int)
        case decide(Batch, segment: Int)
    }

    init(
        segments: [Segment],
        sources: [any SourceStep],
        stageCount: Int,
        jobs: Int,
        maxArticles: Int,
        shouldStop: @escaping @Sendable () -> Int32?,
        retire: @escaping (Batch) throws -> Void
    ) {
        self.segments = segments
        self.sources = sources
        self.stageCount = stageCount
        self.maxArticles = maxArticles
        self.shouldStop = shouldStop
        self.retire = retire
        permits = 2 * jobs + 2
        states = segments.map { _ in SegmentState() }
        isExhausted = sources.isEmpty
    }

    /// Runs until the sources are exhausted and every batch is retired.
    ///
    /// - Throws: what a step, a source or `retire` threw first.
    func run(jobs: Int) throws {
        // The caller is one of them. A queue each: a global queue would start no more workers than there are cores.
        let group = DispatchGroup()
        for number in 1..<max(1, AddressSpace.workers(jobs)) {
            DispatchQueue(label: "etl.worker.\(number)").async(group: group) { self.work() }
        }
        work()
        group.wait()
        if let failure { throw failure }
    }

    private func work() {
        monitor.lock()
        while let task = nextTask() {
            monitor.unlock()
            do {
                try stopIfAsked()
                try perform(task)
            } catch {
                monitor.lock()
                if failure == nil { failure = error }
                monitor.announce()
                monitor.unlock()
            }
            monitor.lock()
        }
        monitor.unlock()
    }

    /// The task furthest along; waits for one, nil when there will be none. Called under the monitor.
    private func nextTask() -> Task? {
        while true {
            if failure != nil { return nil }
            for segment in states.indices.reversed() {
                if !states[segment].isOwned, let batch = states[segment].ready.removeValue(forKey: states[segment].turn)
                {
                    states[segment].isOwned = true
                    return .decide(batch, segment: segment)
                }
                if !states[segment].waiting.isEmpty {
                    return .work(states[segment].waiting.removeFirst(), segment: segment)
                }
            }
            if !isPulling, !isExhausted, inFlight < permits {
                isPulling = true
                inFlight += 1
                return .pull
            }
            if isExhausted, inFlight == 0 { return nil }
            monitor.wait()
        }
    }

    private func perform(_ task: Task) throws {
        switch task {
        case .pull: try pull()
        case .work(let batch, let segment):
            for step in segments[segment].parallel {
                try step.run(on: batch)
                try stopIfAsked()
            }
            monitor.lock()
            states[segment].ready[batch.number] = batch
            // Only the batch whose turn it is gives somebody something to do.
            if batch.number == states[segment].turn { monitor.announce() }
            monitor.unlock()
        case .decide(let batch, let segment):
            if let fatal = batch.fatal { throw fatal.error }
            for step in segments[segment].ordered { try step.run(on: batch) }
            if let fatal = batch.fatal { throw fatal.error }
            let isLast = segment == segments.count - 1
            if isLast { try retire(batch) }
            monitor.lock()
            states[segment].turn += 1
            states[segment].isOwned = false
            if isLast { inFlight -= 1 } else { states[segment + 1].waiting.append(batch) }
            monitor.announce()
            monitor.unlock()
        }
    }

    private func stopIfAsked() throws(RunInterrupted) {
        if let signal = shouldStop() { throw RunInterrupted(signal: signal) }
    }

    private func pull() throws {
        // Only the owner of the source touches it, its index and the count.
        var load: ((inout IngestedBatch) -> Void)?
        while sourceIndex < sources.count {
            load = try sources[sourceIndex].pull(maxArticles: maxArticles)
            if load != nil { break }
            sourceIndex += 1
        }
        var batch: Batch?
        if let load {
            let fresh = Batch(number: pulled, stages: stageCount)
            fresh.load = load
            fresh.sourceIndex = sources[sourceIndex].index
            pulled += 1
            batch = fresh
        }
        monitor.lock()
        isPulling = false
        if let batch {
            states[0].waiting.append(batch)
        } else {
            isExhausted = true
            inFlight -= 1
        }
        monitor.announce()
        monitor.unlock()
    }
}
