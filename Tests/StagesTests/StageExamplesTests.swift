import Engine
import JSON
import Language
import Pipeline
import TestSupport
import Testing

@testable import Stages

/// The examples in the stages' references are their documentation and these tests; each one also runs in disguise.
@Suite struct StageExamplesTests {
    struct Example: CustomTestStringConvertible, Sendable {
        let stage: String
        let example: StageExample
        var testDescription: String { "\(stage): \(example.title)" }
    }

    static let examples = standardStages.flatMap { stage in
        stage.reference.examples.map { Example(stage: stage.reference.name, example: $0) }
    }

    @Test(arguments: examples)
    func holds(_ example: Example) throws {
        try check(example, jobs: 1, batch: 256)
    }

    @Test("batches of 1 and 3, 1 and 8 workers", arguments: examples, [(1, 1), (1, 8), (3, 8), (256, 8)])
    func anyBatchAndWorkers(_ example: Example, shape: (batch: Int, jobs: Int)) throws {
        try check(example, jobs: shape.jobs, batch: shape.batch)
    }

    @Test("a failing neighbour between the articles", arguments: examples)
    func failingNeighbour(_ example: Example) throws {
        try check(example, jobs: 8, batch: 1, neighbour: #"{"id":"broken","text":"#)
    }

    @Test("articles in other scripts beside them", arguments: examples)
    func otherScripts(_ example: Example) throws {
        let russian = "Министерство нефти сообщило сегодня о росте добычи на южных месторождениях страны 🛢️"
        try check(example, jobs: 2, batch: 3, neighbour: #"{"id":"other","text":"\#(russian)"}"#)
    }

    /// Stages that can stand in a chain without an option.
    static let plainStages = standardStages.map { $0.reference }.filter { reference in
        reference.name != "ingest" && !reference.options.contains { $0.isRequired }
    }.map { $0.name }

    @Test("no articles at all", arguments: plainStages)
    func noArticles(_ stage: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: "articles.jsonl")
        let result = try run(stage, "{}", in: folder, jobs: 2, batch: 3)
        #expect(result.manifest.counts.read == 0)
        #expect(folder.read("out/out.jsonl").isEmpty)
    }

    private func check(_ example: Example, jobs: Int, batch: Int, neighbour: String? = nil) throws {
        let folder = try TemporaryFolder()
        let inputs = example.example.articles.map(\.input)
        let lines = neighbour.map { neighbour in inputs.flatMap { [neighbour, $0] } } ?? inputs
        try folder.write(lines.map { $0 + "\n" }.joined(), to: "articles.jsonl")
        let result = try run(example.stage, example.example.options, in: folder, jobs: jobs, batch: batch)
        #expect(result.manifest.counts.addsUp)

        let kept = try rows(folder.lines("out/out.jsonl"))
        let dropped = try rows(folder.lines("out/current/dropped.jsonl"))
        let duplicates = try rows(folder.lines("out/current/duplicates.jsonl"))
        let quarantined = try rows(folder.lines("out/current/quarantine.jsonl"))
        for (input, outcome) in example.example.articles {
            let id = try #require(try JSONValue(parsing: input)["id"]?.string)
            switch outcome {
            case .kept(let fields):
                let row = try #require(kept[id], "\(id) was not kept")
                for member in try #require(try JSONValue(parsing: fields).members) {
                    #expect(text(row[member.key]) == text(member.value), "\(id): \(member.key)")
                }
            case .dropped(let reason):
                #expect(kept[id] == nil)
                #expect(dropped[id]?["reason"]?.string ?? (duplicates[id] == nil ? nil : "duplicate") == reason)
            case .failed(let code):
                #expect(kept[id] == nil)
                #expect(quarantined[id]?["code"]?.string == code)
            }
        }
    }

    private func run(
        _ stage: String,
        _ options: String,
        in folder: TemporaryFolder,
        jobs: Int,
        batch: Int
    ) throws -> Run.Result {
        let rest = options == "{}" ? "" : "," + options.dropFirst().dropLast()
        let definition = """
            {"output":"out","allowEmpty":true,"guards":{"minArticles":0},"stages":[
            {"stage":"ingest","paths":["articles.jsonl"]},{"stage":"\(stage)"\(rest)},
            {"stage":"export","file":"out.jsonl"}]}
            """
        let text = DefinitionText(name: "example.json", bytes: Array(definition.utf8))
        let plan = try Plan(text, directory: folder.path, stages: standardStages)
        let options = Run.Options(jobs: jobs, batchArticles: batch)
        return try Run(plan, options: options, started: Timestamp(seconds: 0)).execute()
    }

    private func rows(_ lines: [String]) throws -> [String: JSONValue] {
        var rows: [String: JSONValue] = [:]
        for line in lines {
            let row = try JSONValue(parsing: line)
            if let id = row["id"]?.string { rows[id] = row }
        }
        return rows
    }

    private func text(_ value: JSONValue?) -> String {
        guard let value else { return "missing" }
        var writer = JSONWriter()
        writer.value(value)
        return writer.text
    }
}
