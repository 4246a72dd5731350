import Foundation
import Testing

#if FAULTS
    /// FAULTS 1, 3: killed at every call, the old set stays whole, and the rerun is byte-identical to an unbroken run.
    @Suite(.serialized) struct KillTests {
        private let days: TwoDays
        private var old: [String: Data] { days.old }
        private var new: [String: Data] { days.new }
        private var yesterday: Pipeline { days.yesterday }

        init() throws { days = try TwoDays() }

        @Test func theOutputsOfTwoDaysDiffer() {
            #expect(old.keys.sorted() == new.keys.sorted())
            for name in ["articles.jsonl", "articles.csv", "dropped.jsonl", "duplicates.jsonl"] {
                #expect(old[name] != new[name])
            }
        }

        @Test(arguments: ["kill", "tear"])
        func killedAtAnyCall(kind: String) throws {
            let calls = try yesterday.calls()
            #expect(calls.count > 40)
            for call in struck(calls) where kind == "kill" || calls[call].contains(" write ") {
                let pipeline = try yesterday.copy()
                let ending = try pipeline.etl("run", "--jobs", "1", fault: "\(kind):\(call + 1)").run()
                #expect(ending.code == 128 + SIGKILL, "call \(calls[call])")
                let seen = pipeline.published()
                #expect(seen == old || seen == new, "killed at \(calls[call])")
                let again = try pipeline.etl().run()
                #expect(again.code == 0, "after a kill at \(calls[call]): \(again.errors)")
                #expect(pipeline.published() == new, "after a kill at \(calls[call])")
                #expect(
                    pipeline.names("output") == [
                        ".lock", ".state", "articles.csv", "articles.jsonl", "current", "load.py", "mentions.csv",
                        "news.sqlite", "report.html", "runs", "schema.json",
                    ]
                )
                #expect(pipeline.names("output/runs").count == 2, "after a kill at \(calls[call])")
            }
        }

        /// What a killed run had learnt is not known to the next: the day after decides as if nothing had happened.
        @Test(arguments: ["kill", "tear"])
        func aRunThatRemembersKilledAtAnyCall(kind: String) throws {
            let old = try #require(try Pipeline.expected(days: [1], Pipeline(remembers: true)))
            let new = try #require(try Pipeline.expected(days: [1, 2], Pipeline(remembers: true)))
            let dayAfter = try #require(try Pipeline.expected(days: [1, 2, 3], Pipeline(remembers: true)))
            #expect(String(decoding: new["duplicates.jsonl"] ?? Data(), as: UTF8.self).contains(#""long-1-3""#))
            for (set, hasSlogan) in [(old, true), (new, false), (dayAfter, false)] {
                let articles = String(decoding: set["articles.jsonl"] ?? Data(), as: UTF8.self)
                #expect(articles.contains("oasis-") && articles.contains(Pipeline.slogan) == hasSlogan)
            }
            let yesterday = try Pipeline(remembers: true)
            _ = try yesterday.etl().run()
            try yesterday.writeDay(2)
            let calls = try yesterday.calls()
            #expect(calls.count { $0.contains(".state/dedupe/") && $0.contains(" write ") } == 3)
            let writes = calls.indices.filter { calls[$0].contains(".state/") && calls[$0].contains(" write ") }
            for call in Set(struck(calls, 2, of: 8) + writes).sorted()
            where kind == "kill" || calls[call].contains(" write ") {
                let pipeline = try yesterday.copy()
                _ = try pipeline.etl("run", "--jobs", "1", fault: "\(kind):\(call + 1)").run()
                let seen = pipeline.published()
                #expect(seen == old || seen == new, "killed at \(calls[call])")
                #expect(try pipeline.etl().run().code == 0, "after a kill at \(calls[call])")
                #expect(pipeline.published() == new, "after a kill at \(calls[call])")
                #expect(try pipeline.etl("state").run().code == 0)
                try pipeline.writeDay(3)
                #expect(try pipeline.etl().run().code == 0)
                #expect(pipeline.published() == dayAfter, "the day after a kill at \(calls[call])")
            }
        }

        @Test func theVeryFirstRunKilledAtAnyCall() throws {
            let fresh = try Pipeline()
            let calls = try fresh.calls()
            for call in struck(calls, 1) {
                let pipeline = try fresh.copy()
                _ = try pipeline.etl("run", "--jobs", "1", fault: "kill:\(call + 1)").run()
                let seen = pipeline.published()
                #expect(seen == nil || seen == old, "killed at \(calls[call])")
                #expect(try pipeline.etl().run().code == 0)
                #expect(pipeline.published() == old, "after a kill at \(calls[call])")
            }
        }

        @Test func killedAtRandomMoments() throws {
            let seed = ProcessInfo.processInfo.environment["ETL_SEED"].flatMap { UInt64($0) } ?? 20_201_122
            let rounds = ProcessInfo.processInfo.environment["ETL_KILLS"].flatMap { Int($0) } ?? 20
            var random = Xorshift(state: seed)
            let start = Date()
            _ = try yesterday.copy().etl().run()
            let microseconds = UInt64(max(10_000, Date().timeIntervalSince(start) * 1_200_000))
            for round in 0..<rounds {
                let pipeline = try yesterday.copy()
                let running = try pipeline.etl().start()
                usleep(UInt32(random.next() % microseconds))
                running.signal(SIGKILL)
                _ = running.wait()
                let seen = pipeline.published()
                #expect(seen == old || seen == new, "seed \(seed), round \(round)")
                #expect(try pipeline.etl().run().code == 0)
                #expect(pipeline.published() == new, "seed \(seed), round \(round)")
            }
        }

        /// A power cut keeps what was flushed and perhaps more. So before the switch every file, every name in the run's
        /// folder and the run's own name have to be flushed, each after its last change.
        @Test func everythingIsFlushedBeforeTheSwitch() throws {
            let calls = try yesterday.calls().map { line -> (call: String, path: String) in
                let parts = line.split(separator: " ", maxSplits: 2).map(String.init)
                return (parts[1], parts[2])
            }
            let switched = try #require(calls.lastIndex { $0.call == "rename" && $0.path.hasSuffix("/current") })
            var dirty: Set<String> = []
            for (call, path) in calls[..<switched] {
                let folder = (path as NSString).deletingLastPathComponent
                switch call {
                case "write": dirty.insert(path)
                case "create", "mkdir", "symlink", "unlink", "rmdir": dirty.insert(folder)
                case "rename": dirty.insert(folder)
                case "fsync": dirty.remove(path)
                default: break
                }
            }
            // The links themselves may be lost: they lead through `current`, and the next run makes them again.
            let output = (calls[switched].path as NSString).deletingLastPathComponent
            #expect(dirty.subtracting([output]).filter { $0.hasPrefix(output + "/runs") }.isEmpty)
            let rest = calls[(switched + 1)...]
            #expect(rest.first.map { $0.call == "fsync" && $0.path == output } == true)
        }
    }

    struct Xorshift {
        var state: UInt64

        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }
#endif
