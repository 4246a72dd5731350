import Foundation
import Testing

/// FAULTS 29: whoever opens the outputs while runs publish finds one whole set, old or new.
@Suite struct ReaderTests {
    @Test func aReaderNeverSeesAMix() throws {
        let publishes = ProcessInfo.processInfo.environment["ETL_PUBLISHES"].flatMap { Int($0) } ?? 30
        let sets = [try Pipeline.expected(day: 1), try Pipeline.expected(day: 2)]
        let pipeline = try Pipeline()
        _ = try pipeline.etl().run()
        let reader = Reader(pipeline: pipeline, sets: sets.compactMap { $0 })
        let thread = Thread { reader.read() }
        thread.start()
        for publish in 1...publishes {
            try pipeline.writeDay(publish % 2 + 1)
            #expect(try pipeline.etl().run().code == 0)
        }
        let (looks, wrong) = reader.stop()
        #expect(wrong == [])
        #expect(looks > publishes)
    }

    private final class Reader: @unchecked Sendable {
        private let pipeline: Pipeline
        private let sets: [[String: Data]]
        private let lock = NSCondition()
        private var isStopped = false
        private var isDone = false
        private var looks = 0
        private var wrong: [String] = []

        init(pipeline: Pipeline, sets: [[String: Data]]) {
            self.pipeline = pipeline
            self.sets = sets
        }

        func read() {
            while true {
                lock.lock()
                let isStopped = isStopped
                lock.unlock()
                if isStopped { break }
                look()
                looks += 1
            }
            lock.lock()
            isDone = true
            lock.signal()
            lock.unlock()
        }

        private func look() {
            // A file through its link is whole, whichever day it is of.
            for name in Pipeline.files {
                let bytes = FileManager.default.contents(atPath: pipeline.output + "/" + name)
                if !sets.contains(where: { $0[name] == bytes }) { wrong.append("\(name): \(bytes?.count ?? -1) bytes") }
            }
            // A set is opened by resolving `current` once.
            if let set = pipeline.published(), !sets.contains(set) { wrong.append("a mixed set") }
        }

        func stop() -> (looks: Int, wrong: [String]) {
            lock.lock()
            isStopped = true
            while !isDone { lock.wait() }
            lock.unlock()
            return (looks, wrong)
        }
    }
}
