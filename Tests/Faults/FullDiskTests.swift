import Foundation
import Testing

#if FAULTS
    /// FAULTS 4, 5: a call that fails ends the run with its code; the old set stays and nothing of ours is left behind.
    @Suite(.serialized) struct FullDiskTests {
        private let days: TwoDays
        private var old: [String: Data] { days.old }
        private var new: [String: Data] { days.new }
        private var yesterday: Pipeline { days.yesterday }

        init() throws { days = try TwoDays() }

        @Test func aDiskThatFillsUpAtAnyCall() throws {
            let calls = try yesterday.calls()
            let switched = try #require(calls.lastIndex { $0.contains(" rename ") && $0.hasSuffix("/current") })
            for call in struck(calls, 2) {
                let pipeline = try yesterday.copy()
                let ending = try pipeline.etl("run", "--jobs", "1", fault: "full:\(call + 1)").run()
                if call <= switched, calls[call...switched].contains(where: needsSpace) {
                    #expect(ending.code == 74, "from \(calls[call]) on: \(ending.errors)")
                    #expect(ending.errors.contains("No space left on device"))
                    #expect(pipeline.published() == old, "from \(calls[call]) on")
                    #expect(pipeline.names("output/runs").count == 1, "from \(calls[call]) on")
                    #expect(!pipeline.names("output").contains(".current"))
                } else {
                    #expect(ending.code == 0 || ending.code == 74)
                    #expect(pipeline.published() == new)
                }
                #expect(try pipeline.etl().run().code == 0)
                #expect(pipeline.published() == new, "after a full disk from \(calls[call]) on")
            }
        }

        private func needsSpace(_ call: String) -> Bool {
            ["mkdir", "create", "write", "fsync", "symlink", "commit"].contains { call.contains(" \($0) ") }
        }

        @Test(arguments: ["EIO", "EDQUOT"])
        func anyOneCallFails(error: String) throws {
            let calls = try yesterday.calls()
            let switched = try #require(calls.lastIndex { $0.contains(" rename ") && $0.hasSuffix("/current") })
            for call in struck(calls, error == "EIO" ? 0 : 1) {
                let pipeline = try yesterday.copy()
                let ending = try pipeline.etl("run", "--jobs", "1", fault: "fail:\(call + 1):\(error)").run()
                if call <= switched {
                    #expect(ending.code == 74, "at \(calls[call]): \(ending.errors)")
                    #expect(pipeline.published() == old, "at \(calls[call])")
                } else {
                    // Published already: the flush has to be told of, the tidying up is a warning.
                    #expect([0, 74].contains(ending.code), "at \(calls[call])")
                    #expect(!ending.errors.isEmpty || calls[call].contains(" close "), "at \(calls[call])")
                    #expect(pipeline.published() == new, "at \(calls[call])")
                }
                #expect(try pipeline.etl().run().code == 0)
                #expect(pipeline.published() == new, "after \(error) at \(calls[call])")
            }
        }

        @Test func theMessageNamesPathAndBytes() throws {
            let calls = try yesterday.calls()
            let write = try #require(calls.firstIndex { $0.contains(" write ") && $0.hasSuffix("articles.jsonl") })
            let pipeline = try yesterday.copy()
            let ending = try pipeline.etl("run", "--jobs", "1", fault: "fail:\(write + 1):ENOSPC").run()
            let size = try #require(new["articles.jsonl"]).count
            #expect(
                ending.errors.hasPrefix("etl: small: cannot write \(size) bytes to \(pipeline.output)/runs/000002-"),
                "\(ending.errors)"
            )
            #expect(ending.errors.hasSuffix("/articles.jsonl: No space left on device\n"))
        }
    }
#endif
