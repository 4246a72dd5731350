import Foundation
import Testing

#if FAULTS
    /// FAULTS 1, 3, 4, 28: a run that was killed is continued by the next, with the bytes of one that never was.
    @Suite(.serialized) struct ContinueTests {
        /// A pipeline with a program, what it publishes when nobody kills it, and the calls of such a run.
        private struct Fixture {
            let pipeline: ProgramPipeline
            let expected: [String: Data]
            let calls: [String]

            init() throws {
                pipeline = try ProgramPipeline()
                expected = try pipeline.unbroken()
                calls = try pipeline.calls()
            }
        }

        /// Made once for all tests; each works on a copy.
        nonisolated(unsafe) private static let fixture = Result { try Fixture() }
        private let fresh: ProgramPipeline
        private let expected: [String: Data]
        private let calls: [String]

        init() throws {
            let fixture = try Self.fixture.get()
            (fresh, expected, calls) = (fixture.pipeline, fixture.expected, fixture.calls)
        }

        /// The bytes are those of an unbroken run, and nothing of the journal is left.
        private func expectWhole(_ pipeline: ProgramPipeline, _ comment: Comment) {
            #expect(pipeline.published() == expected, comment)
            #expect(!pipeline.hasJournal, comment)
        }

        @Test(arguments: ["kill", "tear"])
        func killedAtAnyCallItContinues(kind: String) throws {
            let writes = calls.filter { $0.contains(" write ") && $0.hasSuffix("run.journal") }
            #expect(writes.count == 1 + 2 * ProgramPipeline.batches)
            var continued = 0
            for call in struck(calls, kind == "kill" ? 0 : 1, of: 6)
            where kind == "kill" || calls[call].contains(" write ") {
                let pipeline = try fresh.copy()
                let ending = try pipeline.etl("run", "--jobs", "1", fault: "\(kind):\(call + 1)").run()
                #expect(ending.code == 128 + SIGKILL, "call \(calls[call])")
                let seen = pipeline.published()
                #expect(seen == nil || seen == expected, "killed at \(calls[call])")
                // Records that were whole when the process died; the first write is the header.
                let whole = calls[..<call].count { writes.contains($0) } - 1
                let isPublished = seen != nil || calls[..<call].contains { $0.contains(" commit ") }
                pipeline.forgetWork()
                let again = try pipeline.etl("run", "--jobs", "2").run()
                #expect(again.code == 0, "after \(calls[call]): \(again.errors)")
                expectWhole(pipeline, "after a \(kind) at \(calls[call])")
                guard !isPublished else { continue }
                // Two sections; the program is in the second.
                let taken = max(0, whole / 2)
                #expect(again.errors.contains("continuing an interrupted run") == (whole > 0), "\(calls[call])")
                #expect(pipeline.batchesWorked == ProgramPipeline.batches - taken, "after \(calls[call])")
                if taken > 0 { continued += 1 }
            }
            #expect(continued > 3)
        }

        @Test(arguments: [false, true])
        func killedAtRandomMomentsAgainAndAgain(remembers: Bool) throws {
            let seed = ProcessInfo.processInfo.environment["ETL_SEED"].flatMap { UInt64($0) } ?? 20_201_122
            let kills = ProcessInfo.processInfo.environment["ETL_KILLS"].flatMap { Int($0) } ?? 12
            let rounds = max(2, kills / 6)
            var random = Xorshift(state: seed)
            let original = try ProgramPipeline(remembers: remembers)
            let days = try original.unbroken(days: 2)
            let start = Date()
            _ = try original.copy().etl("run").run()
            let microseconds = UInt64(max(10_000, Date().timeIntervalSince(start) * 1_000_000))
            for round in 0..<rounds {
                let pipeline = try original.copy()
                for (day, expected) in days.enumerated() {
                    try pipeline.writeDay(day + 1)
                    for kill in 0..<3 {
                        let jobs = ["1", "2", "8"][Int(random.next() % 3)]
                        let running = try pipeline.etl("run", "--jobs", jobs).start()
                        usleep(UInt32(random.next() % microseconds))
                        running.signal(kill == 2 ? SIGTERM : SIGKILL)
                        _ = running.wait()
                        let seen = pipeline.published()
                        #expect(seen == (day == 0 ? nil : days[day - 1]) || seen == expected, "seed \(seed), \(round)")
                    }
                    let again = try pipeline.etl("run").run()
                    #expect(again.code == 0, "seed \(seed), round \(round): \(again.errors)")
                    #expect(pipeline.published() == expected, "seed \(seed), round \(round), day \(day)")
                    #expect(!pipeline.hasJournal)
                }
            }
        }

        // MARK: Damage

        /// A run that was killed with most of its work done.
        private func killed() throws -> ProgramPipeline {
            let pipeline = try fresh.copy()
            let commit = try #require(calls.firstIndex { $0.contains(" commit ") })
            let ending = try pipeline.etl("run", "--jobs", "1", fault: "kill:\(commit + 1)").run()
            #expect(ending.code == 128 + SIGKILL)
            pipeline.forgetWork()
            return pipeline
        }

        @Test func allWorkIsTakenOver() throws {
            let pipeline = try killed()
            let ending = try pipeline.etl("run").run()
            #expect(
                ending.errors
                    == "etl: long: continuing an interrupted run: \(ProgramPipeline.articles) articles are done\n"
            )
            #expect(pipeline.batchesWorked == 0)
            expectWhole(pipeline, "")
        }

        /// A power cut leaves of what was not flushed any part of it.
        @Test func aJournalThatLostAnyPartIsAsGoodAsWhatIsLeft() throws {
            var random = Xorshift(state: 4)
            let original = try killed()
            let whole = try original.journal()
            for round in 0..<12 {
                let pipeline = try original.copy()
                var damaged = whole
                let place = Int(random.next() % UInt64(whole.count))
                switch round % 3 {
                case 0: damaged.removeSubrange(place...)
                case 1: damaged[place] ^= 0x20
                default: damaged.replaceSubrange(place..., with: Data(count: whole.count - place))
                }
                try pipeline.setJournal(damaged)
                let ending = try pipeline.etl("run").run()
                #expect(ending.code == 0)
                expectWhole(pipeline, "\(round % 3) at byte \(place)")
                if round % 3 == 1, place > 1000 { #expect(pipeline.batchesWorked < ProgramPipeline.batches) }
            }
        }

        @Test func aForeignFileStaysAndTheRunGoesOn() throws {
            let pipeline = try killed()
            try pipeline.setJournal(Data("my notes".utf8))
            let ending = try pipeline.etl("run").run()
            #expect(ending.code == 0)
            #expect(ending.errors.hasSuffix("run.journal is no journal of a run\n"))
            #expect(pipeline.published() == expected)
            #expect(try pipeline.journal() == Data("my notes".utf8))
        }

        // MARK: Another run

        @Test(arguments: ["definition", "size", "time", "added", "removed", "program", "gazetteer", "touched"])
        func whatWasChangedStartsAfresh(kind: String) throws {
            let pipeline = try killed()
            let reason: String
            switch kind {
            case "definition":
                try pipeline.writeDefinition(minWords: 4)
                reason = "the definition was changed"
            case "program":
                try pipeline.write("#!/bin/sh\n" + ProgramPipeline.program, "program.sh")
                reason = "a file that a stage reads was changed"
            case "gazetteer":
                try pipeline.write(#"{"id":"Q1","type":"LOC","name":"بنغازي"}"# + "\n", "names.jsonl")
                reason = "a file that a stage reads was changed"
            default:
                try pipeline.changeInputs(kind)
                reason = "the inputs were changed"
            }
            let other = try pipeline.copy()
            let ending = try pipeline.etl("run").run()
            #expect(ending.code == 0)
            #expect(ending.errors == "etl: long: an interrupted run is not continued: \(reason); starting afresh\n")
            #expect(pipeline.batchesWorked >= ProgramPipeline.batches - 3)
            // What is published is what a run publishes that knows of no other.
            try FileManager.default.removeItem(atPath: other.output)
            _ = try other.etl("run").run()
            #expect(pipeline.published() == other.published())
            #expect(!pipeline.hasJournal)
        }

        @Test func quietMeansQuiet() throws {
            let pipeline = try killed()
            #expect(try pipeline.etl("run", "--quiet").run().errors == "")
        }

        @Test func theLogTellsItAsAnEvent() throws {
            let pipeline = try killed()
            let ending = try pipeline.etl("run", "--log", "json").run()
            #expect(
                ending.errors.contains(
                    #"{"event":"run_continued","pipeline":"long","articles":\#(ProgramPipeline.articles)}"#
                )
            )
        }

        // MARK: Disk

        /// Whatever fails on the journal, the run does not: it warns once, and goes on without.
        @Test(arguments: ["ENOSPC", "EROFS", "EACCES", "EIO"])
        func aJournalThatCannotBeWrittenCostsAWarning(error: String) throws {
            let places = calls.indices.filter { calls[$0].hasSuffix("run.journal") && !calls[$0].contains(" unlink ") }
            for place in [places[0], places[1], places[places.count / 2]] {
                let pipeline = try fresh.copy()
                let ending = try pipeline.etl("run", "--jobs", "1", fault: "fail:\(place + 1):\(error)").run()
                #expect(ending.code == 0, "\(calls[place]): \(ending.errors)")
                #expect(
                    ending.errors.hasPrefix(
                        "etl: long: should this run be interrupted, the next one starts afresh: cannot "
                    )
                )
                #expect(ending.errors.split(separator: "\n").count == 1)
                expectWhole(pipeline, "\(error) at \(calls[place])")
            }
        }

        @Test func aFullDiskEndsTheRunAndTheNextContinuesOrStartsAnew() throws {
            let first = try #require(calls.firstIndex { $0.hasSuffix("run.journal") })
            for call in stride(from: first - 2, to: calls.count, by: 11) {
                let pipeline = try fresh.copy()
                let ending = try pipeline.etl("run", "--jobs", "1", fault: "full:\(call + 1)").run()
                #expect([0, 74].contains(ending.code), "\(calls[call]): \(ending.errors)")
                #expect(try pipeline.etl("run").run().code == 0)
                expectWhole(pipeline, "after a full disk from \(calls[call]) on")
            }
        }

        // MARK: Signals

        @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
        func aRunThatWasAskedToStopIsContinued(signal: Int32) throws {
            let writes = calls.indices.filter { calls[$0].contains(" write ") && calls[$0].hasSuffix("run.journal") }
            let pipeline = try fresh.copy()
            let running = try pipeline.etl("run", "--jobs", "1", fault: "stop:\(writes[writes.count / 2] + 1)").start()
            try #require(running.waitUntilStopped())
            let start = DispatchTime.now().uptimeNanoseconds
            running.signal(signal)
            running.signal(SIGCONT)
            #expect(running.wait().code == 128 + signal)
            #expect(DispatchTime.now().uptimeNanoseconds - start < 5_000_000_000)
            #expect(pipeline.names("output/runs").isEmpty)
            pipeline.forgetWork()
            #expect(try pipeline.etl("run", "--jobs", "2").run().errors.contains("continuing an interrupted run"))
            #expect(pipeline.batchesWorked < ProgramPipeline.batches)
            expectWhole(pipeline, "")
        }
    }
#endif
