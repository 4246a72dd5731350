import Foundation
import Testing

#if FAULTS
    /// FAULTS 25: two runs at once; the lock dies with its holder.
    @Suite struct LockTests {
        @Test func theSecondRunLeavesAtOnceAndTheLockDiesWithItsHolder() throws {
            let pipeline = try Pipeline()
            let calls = try pipeline.calls()
            // Stopped in the middle of its work, holding the lock.
            let middle = try #require(calls.firstIndex { $0.contains(" write ") })
            let holder = try pipeline.etl("run", "--jobs", "1", fault: "stop:\(middle + 1)").start()
            try #require(holder.waitUntilStopped())
            let before = pipeline.names("output/runs")
            let second = try pipeline.etl().run()
            #expect(second.code == 75)
            #expect(second.errors.contains("another run is writing to this output"))
            #expect(pipeline.names("output/runs") == before)
            let patient = try pipeline.etl("run", "--wait", "1m").start()
            usleep(300_000)
            #expect(patient.process.isRunning)
            holder.signal(SIGKILL)
            #expect(holder.wait().code == 128 + SIGKILL)
            #expect(patient.wait().code == 0)
            #expect(try pipeline.etl().run().code == 0)
            #expect(pipeline.published() == (try Pipeline.expected(day: 1)))
        }

        @Test func aRunWhoseLockWasTakenFromItPublishesNothing() throws {
            let pipeline = try Pipeline()
            let calls = try pipeline.calls()
            let middle = try #require(calls.firstIndex { $0.contains(" write ") })
            let first = try pipeline.etl("run", "--jobs", "1", fault: "stop:\(middle + 1)").start()
            try #require(first.waitUntilStopped())
            try FileManager.default.removeItem(atPath: pipeline.output + "/.lock")
            #expect(try pipeline.etl().run().code == 0)
            let published = pipeline.published()
            first.signal(SIGCONT)
            #expect([73, 74].contains(first.wait().code))
            #expect(pipeline.published() == published)
            #expect(pipeline.names("output/runs").count == 1)
        }
    }

    /// FAULTS 6: the output folder is removed or replaced during the run.
    @Suite struct ReplacedOutputTests {
        @Test(arguments: ["removed", "replaced", "linked elsewhere"])
        func nothingIsWrittenElsewhere(how: String) throws {
            let pipeline = try Pipeline()
            let calls = try pipeline.calls()
            let files = FileManager.default
            let begun = try #require(calls.lastIndex { $0.contains(" mkdir ") })
            let switched = try #require(calls.lastIndex { $0.contains(" rename ") && $0.hasSuffix("/current") })
            for call in Array(stride(from: begun + 1, to: switched, by: 5)) + [switched] {
                let pipeline = try pipeline.copy()
                let running = try pipeline.etl("run", "--jobs", "1", fault: "stop:\(call + 1)").start()
                try #require(running.waitUntilStopped())
                try files.moveItem(atPath: pipeline.output, toPath: pipeline.path + "/away")
                switch how {
                case "removed": try files.removeItem(atPath: pipeline.path + "/away")
                case "replaced":
                    try files.createDirectory(atPath: pipeline.output + "/runs", withIntermediateDirectories: true)
                default:
                    try files.createDirectory(
                        atPath: pipeline.path + "/elsewhere/runs",
                        withIntermediateDirectories: true
                    )
                    try files.createSymbolicLink(atPath: pipeline.output, withDestinationPath: "elsewhere")
                }
                running.signal(SIGCONT)
                let ending = running.wait()
                #expect([73, 74].contains(ending.code), "at \(calls[call]): \(ending.errors)")
                #expect(!ending.errors.isEmpty)
                switch how {
                case "removed": #expect(!files.fileExists(atPath: pipeline.output))
                case "replaced": #expect(everything(below: pipeline.output) == ["runs"], "at \(calls[call])")
                default: #expect(everything(below: pipeline.path + "/elsewhere") == ["runs"], "at \(calls[call])")
                }
            }
        }

        private func everything(below path: String) -> [String] {
            FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        }
    }
#endif
