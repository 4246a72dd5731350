import Foundation
import Language
import Locking
import Pipeline
import Testing

@testable import Engine

@Suite struct ContinuedRunTests {
    private let scratch = Scratch()
    private var journal: String { scratch.output + "/.state/" + JournalFile.name }

    /// Sections before, between and behind ordered stages and exports; drops, failures and a condition in them.
    private let stages = """
        {"stage":"numbers","articles":100,"unreadable":[3,50]},
        {"stage":"picky","fails":11,"drops":13},
        {"stage":"witness","file":"first"},
        {"stage":"lines","file":"all.txt"},
        {"stage":"together"},
        {"stage":"first","modulus":61,"fails":17},
        {"stage":"witness","file":"second","when":{"language":"en"}},
        {"stage":"lines","file":"firsts.txt"}
        """

    /// What a run had to tell.
    private final class Heard: @unchecked Sendable {
        private let monitor = Monitor()
        private var all: [RunNotice] = []

        func add(_ notice: RunNotice) {
            monitor.lock()
            all.append(notice)
            monitor.unlock()
        }

        var notices: [RunNotice] {
            monitor.lock()
            defer { monitor.unlock() }
            return all
        }
    }

    /// Runs until the file `witness` is so long, and stops then.
    @discardableResult
    private func run(
        _ plan: Plan,
        stopAt: Int = .max,
        of witness: String = "first",
        jobs: Int = 1,
        batch: Int = 10,
        after seconds: Double = 0
    ) throws -> [RunNotice] {
        let heard = Heard()
        let path = scratch.path + "/" + witness
        let options = Run.Options(
            jobs: jobs,
            batchArticles: batch,
            journalAfterSeconds: seconds,
            shouldStop: { (FileSystem.stamp(path).flatMap { Int($0.prefix { $0 != " " }) } ?? 0) >= stopAt ? 15 : nil },
            notice: heard.add
        )
        let run = Run(plan, options: options, started: Timestamp(seconds: 1_600_000_000))
        if stopAt < .max {
            #expect(throws: RunInterrupted.self) { try run.execute() }
        } else {
            _ = try run.execute()
        }
        return heard.notices
    }

    private func worked(_ witness: String) -> Int { scratch.text(witness)?.utf8.count ?? 0 }

    private func expected(_ stages: String) throws -> [String: String] {
        let other = Scratch()
        _ = try other.run(other.plan(stages), jobs: 2, batch: 10)
        return other.published()
    }

    @Test(arguments: [1, 15, 40, 77], [(1, 1), (1, 8), (4, 1)])
    func aRunContinuesWhereItWasStopped(at stop: Int, jobs: (before: Int, after: Int)) throws {
        let plan = try scratch.plan(stages)
        try run(plan, stopAt: stop, jobs: jobs.before)
        let done = worked("first")
        #expect(scratch.names("output/runs").isEmpty)
        let notices = try run(plan, jobs: jobs.after)
        #expect(try scratch.published() == expected(stages))
        #expect(!FileSystem.exists(journal))
        // 81 articles come to the first witness; a worker that is stopped loses a batch of ten at most.
        let again = worked("first") - 81
        #expect(again >= 0 && again <= 10 * jobs.before, "\(again) of \(done) were worked on twice")
        #expect(notices.count == (stop >= 15 ? 1 : 0))
    }

    /// Counts, reasons and what was removed are those of a run that was never stopped.
    @Test func theManifestAndTheReportAreTheSame() throws {
        func manifest(_ scratch: Scratch) throws -> String {
            var text = try #require(scratch.text("output/current/manifest.json"))
            for pattern in [#""seconds": [^,\n]*"#, #""jobs": [^,\n]*"#] {
                text = text.replacingOccurrences(of: pattern, with: "", options: .regularExpression)
            }
            return text
        }
        try run(scratch.plan(stages), stopAt: 60)
        try run(scratch.plan(stages))
        let other = Scratch()
        _ = try other.run(other.plan(stages), jobs: 2, batch: 10)
        #expect(try manifest(scratch) == manifest(other))
        func report(_ scratch: Scratch) throws -> ArraySlice<Substring> {
            try #require(scratch.text("output/current/report.html"))
                .replacingOccurrences(of: #"[0-9.,]+ (s|ms)\b"#, with: "", options: .regularExpression)
                .split(separator: "\n").prefix { !$0.contains("Where the time went") }
        }
        #expect(try report(scratch).count > 50)
        #expect(try report(scratch) == report(other))
    }

    @Test func stoppedAgainAndAgainItComesToItsEnd() throws {
        let expected = try expected(stages)
        let plan = try scratch.plan(stages)
        for stop in [12, 31, 52, 70] { try run(plan, stopAt: stop) }
        try run(plan, stopAt: 10, of: "second")
        try run(plan)
        #expect(scratch.published() == expected)
        #expect(worked("first") <= 81 + 5 * 10)
    }

    @Test func aShortRunKeepsNothing() throws {
        try run(scratch.plan(stages), stopAt: 60, after: 3600)
        #expect(!FileSystem.exists(journal))
        let done = worked("first")
        #expect(try run(scratch.plan(stages)) == [])
        #expect(worked("first") == done + 81)
    }

    // MARK: Starting afresh

    @Test func anotherKeyStartsAfresh() throws {
        let stages =
            #"{"stage":"numbers","articles":50},{"stage":"witness","file":"first"},{"stage":"lines","file":"a.txt"}"#
        func second(_ change: (inout String) throws -> Void, batch: Int = 10) throws -> [RunNotice] {
            try? FileManager.default.removeItem(atPath: scratch.path + "/first")
            try run(scratch.plan(stages), stopAt: 30)
            var other = stages
            try change(&other)
            return try run(scratch.plan(other), stopAt: 35, batch: batch)
        }
        #expect(try second { _ in } == [.continues(articles: 20)])
        #expect(
            try second { $0 = $0.replacingOccurrences(of: "a.txt", with: "b.txt") }
                == [.startsAfresh(because: "the definition was changed")]
        )
        #expect(
            try second { _ in scratch.write("x", "first.list") }
                == [.startsAfresh(because: "a file that a stage reads was changed")]
        )
        #expect(try second({ _ in }, batch: 7) == [.startsAfresh(because: "--batch is another one now")])
    }

    /// A run that was killed when it was published already leaves its journal: nothing is to be told.
    @Test func aJournalOfAPublishedRunIsRemovedSilently() throws {
        let plan = try scratch.plan(stages)
        try run(plan, stopAt: 60)
        let left = try Data(contentsOf: URL(fileURLWithPath: journal))
        try run(plan)
        try left.write(to: URL(fileURLWithPath: journal))
        #expect(try run(plan) == [])
        #expect(!FileSystem.exists(journal))
    }

    @Test func runsThatWereTakenBackAreNotContinued() throws {
        let plan = try scratch.plan(stages)
        try run(plan)
        try run(plan)
        try? FileManager.default.removeItem(atPath: scratch.path + "/first")
        try run(plan, stopAt: 30)
        _ = try Rollback(output: scratch.output, pipeline: "toy", files: plan.links).execute(
            to: #require(PublishedRuns(output: scratch.output).list().first)
        )
        #expect(try run(plan) == [.startsAfresh(because: "the published run is another one now")])
    }

    // MARK: What is not kept

    /// What failed for want of time is tried again; whoever waits for it in vain learns it from no journal.
    @Test func failuresThatMayPassAreNotKept() throws {
        let stages =
            #"{"stage":"numbers","articles":40},{"stage":"witness","file":"first","passing":5},{"stage":"lines","file":"a.txt"}"#
        try run(scratch.plan(stages), stopAt: 30)
        scratch.write(String(repeating: ".", count: 1000), "first")
        try run(scratch.plan(stages))
        #expect(scratch.text("output/current/quarantine.jsonl") == "")
        // The batch with the failure, and those that the stopped run had not come to.
        #expect(worked("first") == 1000 + 10 + 20)
    }

    @Test(arguments: [(#""guards": { "minArticles": 1000 }"#, "quarantine"), (#""keepRuns": 3"#, "fail")])
    func aRunThatCameToItsEndLeavesNone(more: String, onError: String) throws {
        let stages =
            #"{"stage":"numbers"},{"stage":"witness","file":"first"},{"stage":"picky","fails":7,"onError":"\#(onError)"},{"stage":"lines","file":"a.txt"}"#
        #expect(throws: RunError.self) { try run(scratch.plan(stages, more), batch: 2) }
        #expect(worked("first") > 0)
        #expect(!FileSystem.exists(journal))
    }

    @Test(arguments: ["link", "file"])
    func whatIsForeignStays(kind: String) throws {
        try FileSystem.makeFolders(scratch.output + "/.state")
        if kind == "link" {
            symlink("/etc/passwd", journal)
        } else {
            scratch.write("my notes", "output/.state/run.journal")
        }
        let notices = try run(scratch.plan(stages))
        #expect(
            notices == [
                .keepsNoJournal("\(FileSystem.canonical(scratch.output))/.state/run.journal is no journal of a run")
            ]
        )
        #expect(try scratch.published() == expected(stages))
        #expect(FileSystem.exists(journal))
    }
}
