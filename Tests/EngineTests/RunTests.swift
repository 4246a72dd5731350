import Language
import Pipeline
import Testing

@testable import Engine

@Suite struct RunTests {
    private let scratch = Scratch()

    /// Exports before and behind an ordered stage, failures everywhere, a condition, stages that dawdle.
    private let everything = """
        {"stage":"numbers","articles":1000,"unreadable":[3,500,999]},
        {"stage":"numbers","articles":40},
        {"stage":"picky","fails":11,"drops":13,"slow":true},
        {"stage":"lines","file":"all.txt"},
        {"stage":"first","modulus":301,"fails":17},
        {"stage":"picky","drops":5,"when":{"language":"en"}},
        {"stage":"lines","file":"english.txt","when":{"language":"en"}},
        {"stage":"first","modulus":100},
        {"stage":"lines","file":"firsts.txt"}
        """

    @Test func theResultDependsNeitherOnWorkersNorOnBatches() throws {
        let plan = try scratch.plan(everything)
        _ = try scratch.run(plan, jobs: 1, batch: 1)
        let expected = scratch.published()
        #expect(expected["all.txt"]?.count ?? 0 > 3000)
        for jobs in [1, 2, 8] {
            for batch in [1, 3, 256] {
                let other = Scratch()
                _ = try other.run(other.plan(everything), jobs: jobs, batch: batch)
                #expect(other.published() == expected, "jobs \(jobs), batches of \(batch)")
            }
        }
    }

    @Test(arguments: [(1, 1), (8, 3), (2, 256)])
    func everyRecordIsAccountedFor(jobs: Int, batch: Int) throws {
        let result = try scratch.run(scratch.plan(everything), jobs: jobs, batch: batch)
        let counts = result.manifest.counts
        #expect(counts.addsUp)
        #expect(counts.read == 1040)
        #expect(counts.quarantined["unreadable"] == 3)
        #expect(counts.inputs == 2)
        // What stands in a list is what was counted.
        let lists = ["quarantine.jsonl", "dropped.jsonl", "duplicates.jsonl"].map { lines(of: "output/current/" + $0) }
        #expect(lists[0] == counts.quarantinedTotal)
        #expect(lists[1] + lists[2] == counts.droppedTotal)
        #expect(lines(of: "output/firsts.txt") == counts.kept + 1)
        // What leaves a stage enters the next.
        let stages = counts.stages
        #expect(stages[0].kept + stages[1].kept == stages[2].entered)
        #expect(stages[2].kept == stages[3].entered)
        #expect(stages[3].entered == stages[4].entered)
        #expect(stages[8].entered == counts.kept)
    }

    private func lines(of name: String) -> Int {
        (scratch.text(name) ?? "").utf8.count { $0 == 0x0A }
    }

    @Test func whenLetsTheOthersPassByUncounted() throws {
        let plan = try scratch.plan(
            #"{"stage":"numbers"},{"stage":"picky","drops":1,"when":{"language":"en"}},{"stage":"lines","file":"a.txt"}"#
        )
        let result = try scratch.run(plan)
        #expect(scratch.text("output/a.txt") == "id\n0\n2\n4\n6\n8\n")
        #expect(result.manifest.counts.stages[1].entered == 5)
        #expect(result.manifest.counts.addsUp)
    }

    @Test func whenHoldsForOrderedStagesToo() throws {
        let plan = try scratch.plan(
            #"{"stage":"numbers"},{"stage":"first","modulus":1,"when":{"language":"en"}},{"stage":"lines","file":"a.txt"}"#
        )
        _ = try scratch.run(plan)
        #expect(scratch.text("output/a.txt") == "id\n0\n1\n2\n4\n6\n8\n")
    }

    @Test func failedArticlesGoWhereThePolicySays() throws {
        func stages(_ policy: String) -> String {
            #"{"stage":"numbers"},{"stage":"picky","fails":4,"onError":"\#(policy)"},{"stage":"lines","file":"a.txt"}"#
        }
        let quarantined = try scratch.run(scratch.plan(stages("quarantine"))).manifest.counts
        #expect(quarantined.quarantined == ["picky": 3])
        #expect(quarantined.dropped.isEmpty)
        #expect(
            scratch.text("output/current/quarantine.jsonl")?.split(separator: "\n").last.map(String.init)
                == #"{"stage":"picky","code":"picky","message":"no","path":"numbers","offset":8,"id":"8","url":null}"#
        )
        let dropped = try scratch.run(scratch.plan(stages("drop"))).manifest.counts
        #expect(dropped.quarantined.isEmpty)
        #expect(dropped.dropped == ["error": 3])
        // The earliest failure is named, whatever the workers did first.
        for _ in 0..<20 {
            let error = try scratch.failure(scratch.plan(stages("fail")))
            #expect(error?.code == .refused)
            #expect(error?.message == "stage 2 (picky) failed on numbers at byte 0: no")
        }
        #expect(scratch.text("output/a.txt") == "id\n1\n2\n3\n5\n6\n7\n9\n")
    }

    @Test func anUnforeseenErrorIsTheArticlesOwn() throws {
        let plan = try scratch.plan(
            #"{"stage":"numbers"},{"stage":"picky","stops":4},{"stage":"lines","file":"a.txt"}"#
        )
        #expect(try scratch.run(plan).manifest.counts.quarantined == ["unexpected": 1])
    }

    @Test func guardsHoldThePublishBack() throws {
        let stages = #"{"stage":"numbers"},{"stage":"picky","fails":4,"drops":5},{"stage":"lines","file":"a.txt"}"#
        _ = try scratch.run(scratch.plan(#"{"stage":"numbers","articles":2},{"stage":"lines","file":"a.txt"}"#))
        for (guards, message) in [
            (#""minArticles": 7"#, "6 articles were kept, fewer than guards.minArticles (7)"),
            (#""maxErrors": 2"#, "3 of 10 articles failed, more than guards.maxErrors (2) admits"),
            (#""maxDropped": "5%""#, "1 of 10 articles were dropped, more than guards.maxDropped (5.0%) admits"),
            (#""maxErrors": "29.99%""#, "3 of 10 articles failed, more than guards.maxErrors (29.99%) admits"),
        ] {
            let error = try scratch.failure(scratch.plan(stages, #""guards": { \#(guards) }"#))
            #expect(error?.code == .refused)
            #expect(error?.message == message)
            #expect(error?.hint == "nothing was published; the refused run lies in \(scratch.output)/refused")
            #expect(scratch.text("output/a.txt") == "id\n0\n1\n")
            #expect(scratch.text("output/refused/a.txt") == "id\n1\n2\n3\n6\n7\n9\n")
            #expect(scratch.names("output/runs").count == 1)
        }
        let lenient = #""guards": { "minArticles": 6, "maxErrors": "30%" }"#
        #expect(try scratch.run(scratch.plan(stages, lenient)).manifest.counts.kept == 6)
    }

    @Test func aSetThatShrinksTooMuchIsHeldBack() throws {
        func plan(_ count: Int, _ guards: String) throws -> Plan {
            try scratch.plan(
                #"{"stage":"numbers","articles":\#(count)},{"stage":"lines","file":"a.txt"}"#,
                #""guards": { \#(guards) }"#
            )
        }
        let half = #""maxShrink": "50%""#
        // Nothing to compare with.
        _ = try scratch.run(plan(100, half))
        _ = try scratch.run(plan(50, half))
        let error = try scratch.failure(plan(24, half))
        #expect(error?.code == .refused)
        #expect(
            error?.message == "24 articles were kept, 50 in the last run: fewer than guards.maxShrink (50.0%) admits"
        )
        // What was refused is not what the next run is compared with.
        #expect(try scratch.failure(plan(24, half))?.code == .refused)
        _ = try scratch.run(plan(25, half))
        _ = try scratch.run(plan(400, half))
        #expect(try scratch.failure(plan(379, #""maxShrink": 20"#))?.code == .refused)
        _ = try scratch.run(plan(380, #""maxShrink": 20"#))
    }

    @Test func noInputIsNoRun() throws {
        let stages = #"{"stage":"numbers","articles":0},{"stage":"lines","file":"a.txt"}"#
        #expect(try scratch.failure(scratch.plan(stages))?.code == .noInput)
        #expect(scratch.names("output/runs").isEmpty)
    }

    @Test func allowedEmptinessLeavesTheLastSet() throws {
        let empty = try scratch.plan(
            #"{"stage":"numbers","articles":0},{"stage":"lines","file":"a.txt"}"#,
            #""allowEmpty": true"#
        )
        // The first time there is a set to publish, so that what reads it finds its files.
        #expect(try scratch.run(empty).isPublished)
        #expect(scratch.text("output/a.txt") == "id\n")
        _ = try scratch.run(scratch.plan(#"{"stage":"numbers","articles":2},{"stage":"lines","file":"a.txt"}"#))
        let result = try scratch.run(empty)
        #expect(!result.isPublished)
        #expect(scratch.text("output/a.txt") == "id\n0\n1\n")
        #expect(scratch.names("output/runs").count == 2)
    }

    @Test func aSignalBeforeThePublishIsHeeded() throws {
        let plan = try scratch.plan(#"{"stage":"numbers"},{"stage":"lines","file":"a.txt"}"#)
        nonisolated(unsafe) var read = 0
        let run = Run(
            plan,
            options: .init(jobs: 1, batchArticles: 4, shouldStop: { read == 10 ? 2 : nil }),
            started: Timestamp(seconds: 0),
            progress: { read = $0.read }
        )
        #expect(throws: RunInterrupted.self) { try run.execute() }
        #expect(scratch.names("output/runs").isEmpty)
        #expect(scratch.text("output/a.txt") == nil)
    }

    @Test func twoStagesMayAddATableOfTheSameName() throws {
        _ = try scratch.run(
            scratch.plan(
                #"{"stage":"numbers"},{"stage":"first","modulus":4},{"stage":"first","modulus":2},{"stage":"lines","file":"a.txt"}"#
            )
        )
        #expect(scratch.text("output/current/seen.csv") == "0\n1\n2\n3\n")
        #expect(scratch.text("output/current/seen-3.csv") == "0\n1\n")
    }
}
