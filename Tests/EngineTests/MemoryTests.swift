import Foundation
import Testing

@testable import Engine

/// What a stage remembers over runs.
@Suite struct MemoryTests {
    private let scratch = Scratch()

    private func run(_ articles: Int, across: Bool = true, guards: String = "") throws -> RunCounts {
        let stages = """
            {"stage":"numbers","articles":\(articles)},{"stage":"recall","modulus":10,"across":\(across)},
            {"stage":"lines","file":"a.txt"}
            """
        return try scratch.run(scratch.plan(stages, #""guards": { \#(guards) }"#)).manifest.counts
    }

    @Test func aLaterRunKnowsWhatAnEarlierOneKept() throws {
        #expect(try run(5).kept == 5)
        // 0 to 4 are the articles of the first run, 5 to 9 are new; 10 to 14 repeat the first run's.
        #expect(try run(15).dropped == ["known": 5])
        #expect(try run(15).kept == 10)
        // Without a memory nothing is known.
        #expect(try run(15, across: false).kept == 15)
    }

    @Test func aRunThatIsNotPublishedLeavesNoMemory() throws {
        #expect(try run(2).kept == 2)
        #expect(throws: RunError.self) { try run(5, guards: #""minArticles": 100"#) }
        #expect(try run(15).dropped == ["known": 2])
    }

    @Test func aRunTakenBackIsForgotten() throws {
        _ = try run(2)
        _ = try run(5)
        let published = PublishedRuns(output: scratch.output)
        let first = try #require(published.list().first)
        _ = try Rollback(output: scratch.output, pipeline: "toy", files: ["a.txt"]).execute(to: first)
        #expect(scratch.text("output/a.txt") == "id\n0\n1\n")
        #expect(try run(15).dropped == ["known": 2])
        #expect(published.current?.number == 3)
    }

    // MARK: Files

    private func runLedger(_ articles: Int, _ options: String = "", keepRuns: Int = 3, guards: String = "") throws
        -> RunCounts
    {
        let stages = """
            {"stage":"numbers","articles":\(articles)},{"stage":"ledger"\(options)},{"stage":"lines","file":"a.txt"}
            """
        let plan = try scratch.plan(stages, #""keepRuns": \#(keepRuns), "guards": { \#(guards) }"#)
        return try scratch.run(plan).manifest.counts
    }

    private var ledgers: [String] { scratch.names("output/.state/ledger") }

    @Test func filesOfEarlierRunsAreRead() throws {
        #expect(try runLedger(3).kept == 3)
        #expect(try runLedger(5).dropped == ["known": 3])
        #expect(try runLedger(6).dropped == ["known": 5])
        #expect(ledgers == ["1-numbers", "2-numbers", "3-numbers"])
        #expect(scratch.text("output/.state/ledger/2-numbers") == "\u{3}\u{4}")
    }

    @Test func filesStayUntilNoKeptRunKnowsThem() throws {
        _ = try runLedger(3, keepRuns: 2)
        _ = try runLedger(5, #","merges":true"#, keepRuns: 2)
        #expect(ledgers == ["1-numbers", "2-numbers"])
        #expect(try runLedger(6, keepRuns: 2).dropped == ["known": 5])
        #expect(ledgers == ["2-numbers", "3-numbers"])
    }

    @Test func aRollbackFindsItsFilesWhole() throws {
        _ = try runLedger(3)
        _ = try runLedger(5, #","merges":true"#)
        let published = PublishedRuns(output: scratch.output)
        let first = try #require(published.list().first)
        _ = try Rollback(output: scratch.output, pipeline: "toy", files: ["a.txt"]).execute(to: first)
        #expect(try runLedger(6).dropped == ["known": 3])
        #expect(ledgers == ["1-numbers", "3-numbers"])
    }

    @Test func aRunThatIsNotPublishedLeavesNoFiles() throws {
        _ = try runLedger(2)
        #expect(throws: RunError.self) { try runLedger(5, guards: #""minArticles": 100"#) }
        #expect(ledgers == ["1-numbers"])
        #expect(try runLedger(4).dropped == ["known": 2])
    }

    @Test(arguments: [
        ("", "is damaged (0 bytes, 3 were written)"), ("xyzz", "is damaged (4 bytes, 3 were written)"),
        (nil, "is missing"),
    ])
    func aFileThatIsNotOursIsRefused(contents: String?, problem: String) throws {
        _ = try runLedger(3)
        let path = FileSystem.canonical(scratch.output) + "/.state/ledger/1-numbers"
        try FileManager.default.removeItem(atPath: path)
        if let contents { scratch.write(contents, "output/.state/ledger/1-numbers") }
        let error = #expect(throws: RunError.self) { try runLedger(4) }
        #expect(error?.code == .refused)
        #expect(error?.message == "the state \(path) \(problem)")
        #expect(error?.hint?.hasSuffix("etl state DEFINITION --rebuild") == true)
        #expect(scratch.text("output/a.txt") == "id\n0\n1\n2\n")
    }

    @Test func aCheckReadsEveryByte() throws {
        _ = try runLedger(3)
        let check = StateCheck(output: scratch.output, pipeline: "toy")
        #expect(try check.history()?.count == 1)
        scratch.write("xyz", "output/.state/ledger/1-numbers")
        let error = #expect(throws: RunError.self) { try check.history() }
        #expect(error?.code == .refused)
        #expect(error?.message.hasSuffix("/ledger/1-numbers is damaged (its checksum is another)") == true)
    }

    @Test func aStageThatCannotRecallRefusesTheRun() throws {
        _ = try runLedger(3)
        let error = #expect(throws: RunError.self) { try runLedger(4, #","fails":true"#) }
        #expect(error?.code == .refused)
        #expect(error?.message.hasSuffix("/.state/ledger was written by an older stage") == true)
        #expect(error?.hint == "ask it")
    }
}
