import Engine
import Foundation
import JSON
import Language
import Pipeline
import Stages
import TestSupport
import Testing

/// `"only": "new"`: an input is read once.
@Suite struct KnownInputsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func plan(_ more: String = "", first: String = "") throws -> Plan {
        let text = """
            { "name": "known", "output": "out", "stages": [
              \(first) { "stage": "ingest", "paths": ["in"], "only": "new" },
              { "stage": "export", "file": "a.csv", "columns": ["id"] } ] \(more) }
            """
        return try Plan(
            DefinitionText(name: "known.json", bytes: Array(text.utf8)),
            directory: folder.path,
            stages: standardStages
        )
    }

    @discardableResult
    private func run(_ plan: Plan? = nil) throws -> Run.Result {
        try Run(plan ?? self.plan(), options: .init(jobs: 2), started: Timestamp(seconds: 1_600_000_000)).execute()
    }

    private func write(_ ids: String..., to name: String) throws {
        try folder.write(ids.map { #"{"id":"\#($0)","text":"t \#($0)"}"# + "\n" }.joined(), to: "in/" + name)
    }

    private var ids: [String] {
        folder.read("out/a.csv").split(whereSeparator: \.isNewline).dropFirst().map(String.init)
    }

    private func touch(_ name: String, _ seconds: Double) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: seconds)],
            ofItemAtPath: folder.path + "/in/" + name
        )
    }

    @Test func anInputIsReadOnce() throws {
        try write("1", "2", to: "a.jsonl")
        try run()
        #expect(ids == ["1", "2"])
        try write("3", to: "b.jsonl")
        let second = try run()
        #expect(ids == ["3"])
        #expect(second.manifest.skipped == ["unchanged": 1])
        // Changed: read again, from its start.
        try write("1", "2", "4", to: "a.jsonl")
        try run()
        #expect(ids == ["1", "2", "4"])
    }

    @Test func nothingNewChangesNothing() throws {
        try write("1", to: "a.jsonl")
        try run()
        let before = try FileManager.default.attributesOfItem(atPath: folder.path + "/out/a.csv")
        let target = try FileManager.default.destinationOfSymbolicLink(atPath: folder.path + "/out/current")
        let result = try run()
        #expect(!result.isPublished)
        #expect(result.manifest.skipped == ["unchanged": 1])
        let after = try FileManager.default.attributesOfItem(atPath: folder.path + "/out/a.csv")
        #expect(before[.systemFileNumber] as? Int == after[.systemFileNumber] as? Int)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path + "/out/current") == target)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out/runs").count == 1)
    }

    @Test func noInputAtAllIsStillAFailure() throws {
        try write("1", to: "a.jsonl")
        try run()
        try FileManager.default.removeItem(atPath: folder.path + "/in/a.jsonl")
        #expect(throws: RunError.self) { try run() }
        #expect(try !run(plan(#", "allowEmpty": true"#)).isPublished)
        #expect(ids == ["1"])
    }

    @Test func aTouchedFileIsComparedByItsContent() throws {
        try write("1", to: "a.jsonl")
        try run()
        try touch("a.jsonl", 1_000_000_000)
        #expect(try !run().isPublished)
        // As long as before, and another text: read again, whatever its time says.
        try write("2", to: "a.jsonl")
        try touch("a.jsonl", 900_000_000)
        try run()
        #expect(ids == ["2"])
    }

    @Test func anInputOfAnUnpublishedRunIsNotKnown() throws {
        try write("1", to: "a.jsonl")
        #expect(throws: RunError.self) { try run(plan(#", "guards": { "minArticles": 2 }"#)) }
        try run()
        #expect(ids == ["1"])
    }

    @Test func anInputOfARunTakenBackIsNotKnown() throws {
        try write("1", to: "a.jsonl")
        try run()
        let first = try #require(PublishedRuns(output: folder.path + "/out").list().first)
        try write("2", to: "b.jsonl")
        try run()
        _ = try Rollback(output: folder.path + "/out", pipeline: "known", files: ["a.csv"]).execute(to: first)
        try run()
        #expect(ids == ["2"])
    }

    @Test func anotherStageBeforeItForgetsNothing() throws {
        try write("1", to: "a.jsonl")
        try run()
        try folder.write("{\"id\":\"9\",\"text\":\"x\"}\n", to: "more/b.jsonl")
        try run(plan(first: #"{ "stage": "ingest", "paths": ["more"], "only": "new" },"#))
        #expect(ids == ["9"])
    }

    @Test func whatCouldNotBeReadIsReadAgainWhenAskedFor() throws {
        try write("1", to: "a.jsonl")
        try folder.write("{broken\n", to: "in/b.jsonl")
        try run()
        #expect(try !run().isPublished)
        let retry = InputRetry(output: folder.path + "/out", pipeline: "known")
        #expect(try retry.execute(["in/b.jsonl", "in/none.jsonl"]) == 1)
        let result = try run()
        #expect(result.manifest.counts.read == 1)
        #expect(result.manifest.skipped == ["unchanged": 1])
    }

    @Test func aDayOfNothingButRepeatsIsPublished() throws {
        try write("1", to: "a.jsonl")
        try run()
        try folder.write("\n", to: "in/b.jsonl")
        // Nothing was read in it, but it is known from now on only when there is a run.
        #expect(try !run().isPublished)
        try folder.write("{broken\n", to: "in/c.jsonl")
        #expect(try run().isPublished)
        #expect(try run().manifest.skipped == ["unchanged": 3])
    }
}
