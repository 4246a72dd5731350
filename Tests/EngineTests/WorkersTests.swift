import Foundation
import Language
import Pipeline
import Testing

@testable import Engine

@Suite struct WorkersTests {
    /// Hands out batches of one article and counts how many are on their way.
    private final class Gauge: SourceStep, @unchecked Sendable {
        let index = 0
        let count: Int
        let failsAt: Int?
        private let lock = NSLock()
        private(set) var pulled = 0
        private(set) var retired: [Int] = []
        private(set) var mostInFlight = 0

        init(count: Int, failsAt: Int? = nil) {
            self.count = count
            self.failsAt = failsAt
        }

        struct Dry: Error {}

        func pull(maxArticles: Int) throws -> ((inout IngestedBatch) -> Void)? {
            lock.lock()
            defer { lock.unlock() }
            if pulled == failsAt { throw Dry() }
            guard pulled < count else { return nil }
            pulled += 1
            mostInFlight = max(mostInFlight, pulled - retired.count)
            return { _ in }
        }

        /// To be asked while the workers are at work.
        func hasPulled(_ batches: Int) -> Bool {
            lock.lock()
            defer { lock.unlock() }
            return pulled >= batches
        }

        func retire(_ batch: Batch) {
            lock.lock()
            defer { lock.unlock() }
            retired.append(batch.number)
        }
    }

    private struct Pause: ParallelStep {
        /// Microseconds by the batch's number.
        let length: @Sendable (Int) -> UInt32

        func run(on batch: Batch) { usleep(length(batch.number)) }
    }

    private struct Break: ParallelStep {
        let at: Int

        func run(on batch: Batch) throws(RunError) {
            if batch.number == at { throw RunError(.ioError, "broken at \(at)") }
        }
    }

    private final class Order: OrderedStep, @unchecked Sendable {
        private(set) var seen: [Int] = []
        var failsAt: Int?

        func run(on batch: Batch) throws(RunError) {
            if batch.number == failsAt { throw RunError(.ioError, "decided against \(batch.number)") }
            seen.append(batch.number)
        }
    }

    private func workers(
        _ segments: [Workers.Segment],
        _ gauge: Gauge,
        jobs: Int,
        shouldStop: @escaping @Sendable () -> Int32? = { nil }
    ) -> Workers {
        Workers(
            segments: segments,
            sources: [gauge],
            stageCount: 1,
            jobs: jobs,
            maxArticles: 1,
            shouldStop: shouldStop,
            retire: gauge.retire
        )
    }

    @Test(arguments: [1, 2, 8])
    func everythingOrderedSeesTheSourceOrder(jobs: Int) throws {
        let gauge = Gauge(count: 300)
        let first = Order(), second = Order()
        // The earlier of two neighbours takes longer: without a reorder buffer it would come second.
        let pause = Pause { $0.isMultiple(of: 2) ? 300 : 0 }
        let segments = [
            Workers.Segment(parallel: [LoadStep(), pause], ordered: [first]),
            Workers.Segment(parallel: [pause], ordered: [second]),
        ]
        try workers(segments, gauge, jobs: jobs).run(jobs: jobs)
        #expect(first.seen == Array(0..<300))
        #expect(second.seen == Array(0..<300))
        #expect(gauge.retired == Array(0..<300))
    }

    @Test(arguments: [1, 2, 8])
    func aSlowBatchHoldsTheSourceBack(jobs: Int) throws {
        let gauge = Gauge(count: 200)
        let segment = Workers.Segment(parallel: [LoadStep(), Pause { $0 == 0 ? 50_000 : 0 }], ordered: [Order()])
        try workers([segment], gauge, jobs: jobs).run(jobs: jobs)
        #expect(gauge.retired == Array(0..<200))
        #expect(gauge.mostInFlight <= 2 * jobs + 2)
        if jobs > 1 { #expect(gauge.mostInFlight > jobs) }
    }

    @Test(arguments: [1, 2, 8])
    func aThrowingStepStopsAll(jobs: Int) throws {
        let gauge = Gauge(count: 1_000_000)
        let segment = Workers.Segment(parallel: [LoadStep(), Break(at: 20)], ordered: [Order()])
        let error = #expect(throws: RunError.self) { try workers([segment], gauge, jobs: jobs).run(jobs: jobs) }
        #expect(error?.message == "broken at 20")
        #expect(gauge.pulled <= 20 + 2 * jobs + 2)
        #expect(!gauge.retired.contains(20))
    }

    @Test(arguments: [1, 8])
    func aThrowingDecisionStopsAll(jobs: Int) throws {
        let gauge = Gauge(count: 1_000_000)
        let order = Order()
        order.failsAt = 5
        let segment = Workers.Segment(parallel: [LoadStep()], ordered: [order])
        #expect(throws: RunError.self) { try workers([segment], gauge, jobs: jobs).run(jobs: jobs) }
        #expect(order.seen == [0, 1, 2, 3, 4])
        #expect(gauge.retired == [0, 1, 2, 3, 4])
    }

    @Test(arguments: [1, 8])
    func aThrowingSourceStopsAll(jobs: Int) throws {
        let gauge = Gauge(count: 100, failsAt: 7)
        let segment = Workers.Segment(parallel: [LoadStep()], ordered: [])
        #expect(throws: Gauge.Dry.self) { try workers([segment], gauge, jobs: jobs).run(jobs: jobs) }
        #expect(gauge.retired.count <= 7)
    }

    @Test(arguments: [1, 8])
    func aSignalStopsAll(jobs: Int) throws {
        let gauge = Gauge(count: 1_000_000)
        let segment = Workers.Segment(parallel: [LoadStep()], ordered: [])
        let error = #expect(throws: RunInterrupted.self) {
            try workers([segment], gauge, jobs: jobs) { gauge.hasPulled(10) ? 15 : nil }.run(jobs: jobs)
        }
        #expect(error?.signal == 15)
        #expect(gauge.pulled <= 10 + 2 * jobs + 2)
    }

    @Test func nothingToPullIsNothingToDo() throws {
        let gauge = Gauge(count: 0)
        try workers([Workers.Segment(parallel: [LoadStep()])], gauge, jobs: 4).run(jobs: 4)
        #expect(gauge.retired.isEmpty)
    }
}
