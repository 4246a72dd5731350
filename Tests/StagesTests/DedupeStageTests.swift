import Engine
import JSON
import Language
import Pipeline
import TestSupport
import Testing

@testable import Stages

/// `dedupe` over several runs.
@Suite struct DedupeStageTests {
    private struct Sample {
        var id: String
        var text: String
        var outlet: String
        var title: String { text.split(separator: " ").prefix(3).joined(separator: " ") }

        var line: String {
            #"{"id":"\#(id)","text":"\#(text)","outlet":"\#(outlet)","title":"\#(title)"}"# + "\n"
        }
    }

    private func run(_ samples: [Sample], day: Int, in folder: TemporaryFolder, options: String = "", jobs: Int = 2)
        throws
    {
        try folder.write(samples.map(\.line).joined(), to: "articles.jsonl")
        let text = """
            { "name": "test", "output": "out", "allowEmpty": true, "stages": [
              { "stage": "ingest", "paths": ["articles.jsonl"] }, { "stage": "dedupe", "across": "runs"\(options) },
              { "stage": "export", "file": "out.jsonl" } ] }
            """
        let plan = try Plan(
            DefinitionText(name: "test.json", bytes: Array(text.utf8)),
            directory: folder.path,
            stages: standardStages
        )
        let started = Timestamp(seconds: 1_600_000_000 + Int64(day) * 86_400)
        _ = try Run(plan, options: .init(jobs: jobs, batchArticles: 16), started: started).execute()
    }

    private func samples(_ count: Int, seed: UInt64) -> [Sample] {
        var generator = ArticleGenerator(seed: seed)
        return generator.stream(count).enumerated().map { k, words in
            Sample(id: "\(k)", text: words.joined(separator: " "), outlet: "outlet \(k % 3)")
        }
    }

    /// Ids of what was kept, and of what was dropped: of which, why and how similar.
    private func decisions(_ folder: TemporaryFolder) throws -> [String] {
        try ["out/out.jsonl", "out/current/duplicates.jsonl"].flatMap(folder.lines).map { line in
            let row = try JSONValue(parsing: Array(line.utf8))
            let fields = ["id", "duplicate_of", "duplicate_kind"].map { row[$0]?.string ?? "-" }
            return (fields + ["\(row["duplicate_similarity"]?.integer ?? -1)"]).joined(separator: " ")
        }
    }

    /// The rows of `stories.csv`, whose lines end with CR and LF.
    private func stories(_ folder: TemporaryFolder) -> [String] {
        folder.read("out/current/stories.csv").split(whereSeparator: \.isNewline).map(String.init)
    }

    @Test(arguments: [1, 8])
    func oneRunOrThirtyDecideTheSame(jobs: Int) throws {
        let samples = samples(300, seed: 5)
        let whole = try TemporaryFolder()
        try run(samples, day: 0, in: whole, jobs: jobs)
        let expected = try decisions(whole)
        let folder = try TemporaryFolder()
        var found: [String] = []
        for day in 0..<30 {
            try run(Array(samples[day * 10..<day * 10 + 10]), day: day, in: folder, jobs: jobs)
            found += try decisions(folder)
        }
        #expect(found.sorted() == expected.sorted())
        // The last run counts over all of them.
        let known = Set(stories(whole))
        #expect(stories(folder).allSatisfy(known.contains))
    }

    @Test func unchangedInputsGiveTheSameBytes() throws {
        let folder = try TemporaryFolder()
        let names = ["out.jsonl", "duplicates.jsonl", "stories.csv", "contained.csv"]
        try run(samples(120, seed: 6), day: 0, in: folder)
        let first = names.map { folder.read("out/current/" + $0) }
        #expect(first.allSatisfy { !$0.isEmpty })
        for day in 1...2 {
            try run(samples(120, seed: 6), day: day, in: folder)
            #expect(names.map { folder.read("out/current/" + $0) } == first)
        }
    }

    @Test func storiesCountOverAllRuns() throws {
        let folder = try TemporaryFolder()
        var samples = samples(3, seed: 7)
        try run(samples, day: 0, in: folder)
        #expect(stories(folder).count == 1)
        for day in 1...3 {
            samples.append(Sample(id: "copy \(day)", text: samples[0].text, outlet: "copier \(day)"))
            try run(samples, day: day, in: folder)
            let rows = stories(folder)
            #expect(rows.count == 2)
            let outlets = ["outlet 0"] + (1...day).map { "copier \($0)" }
            #expect(rows.last == "0,\(samples[0].title),\(day),\(outlets.joined(separator: "; ")),,")
        }
        // A run without a repeat of it says nothing of it.
        try run([samples[1]], day: 4, in: folder)
        #expect(stories(folder).count == 1)
    }

    @Test func partsOfRoundUpsAreListedEachTime() throws {
        var generator = ArticleGenerator(seed: 31)
        let items = (0..<4).map { _ in generator.words(60).joined(separator: " ") }
        func sample(_ id: String, _ text: String) -> Sample { Sample(id: id, text: text, outlet: "o") }
        let first = [sample("1", items[0]), sample("2", items[3]), sample("week", items.joined(separator: " "))]
        let header = "id,title,contained_in,contained_in_title,share"
        func title(_ k: Int) -> String { sample("", items[k]).title }
        let folder = try TemporaryFolder()
        try run(first, day: 0, in: folder)
        let rows = [header, "2,\(title(3)),week,\(title(0)),100"]
        // The first one is the round-up's beginning: a shorter version of it, as far as anybody can tell.
        #expect(contained(folder) == rows)
        let before = contained(folder)
        try run(first, day: 1, in: folder)
        #expect(contained(folder) == before)
        try run([sample("3", items[2])], day: 2, in: folder)
        #expect(contained(folder) == [header, "3,\(title(2)),week,\(title(0)),100"])
        try run(first, day: 3, in: folder)
        #expect(contained(folder) == before)
    }

    private func contained(_ folder: TemporaryFolder) -> [String] {
        folder.read("out/current/contained.csv").split(whereSeparator: \.isNewline).map(String.init)
    }

    @Test func anotherRuleIsRefused() throws {
        let folder = try TemporaryFolder()
        try run(samples(5, seed: 8), day: 0, in: folder)
        let error = #expect(throws: RunError.self) {
            try run(samples(5, seed: 8), day: 1, in: folder, options: #","threshold":50"#)
        }
        #expect(error?.code == .refused)
        #expect(error?.message.hasSuffix(#"/dedupe was decided by another rule ("threshold": 40, now 50)"#) == true)
        #expect(error?.hint == "go back to that rule, or begin the memory anew: etl state DEFINITION --rebuild")
    }

    @Test func aWindowWantsAMemory() throws {
        let text = """
            { "name": "test", "output": "out", "stages": [
              { "stage": "ingest", "paths": ["a"] }, { "stage": "dedupe", "window": "3 days" },
              { "stage": "export", "file": "out.jsonl" } ] }
            """
        let error = #expect(throws: DefinitionError.self) {
            try Plan(DefinitionText(name: "test.json", bytes: Array(text.utf8)), directory: "/", stages: standardStages)
        }
        #expect(error?.problems.map(\.message) == [#"stage 2 (dedupe): "window" is for a memory over runs"#])
    }
}
