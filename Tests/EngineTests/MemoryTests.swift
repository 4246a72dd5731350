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
}
