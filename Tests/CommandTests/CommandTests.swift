import Foundation
import JSON
import TestSupport
import Testing

/// The program as a user meets it.
@Suite struct CommandTests {
    static let pipeline = Program.repository + "/Pipelines/libya.json"

    @Test func versionAndUsage() throws {
        #expect(try Program.run(["--version"]).output == "0.1.0\n")
        #expect(try Program.run(["run"]).exitCode == 64)
        #expect(try Program.run(["rnu", Self.pipeline]).exitCode == 64)
        #expect(try Program.run(["run", Self.pipeline, "--jobs", "0"]).exitCode == 64)
        #expect(try Program.run(["run", Self.pipeline, "--param", "data"]).exitCode == 64)
    }

    @Test func theSampleDefinitionIsValid() throws {
        let result = try Program.run(["validate", Self.pipeline])
        #expect(result.exitCode == 0)
        #expect(result.errors.isEmpty)
    }

    @Test func generatedFilesAreUpToDate() throws {
        let folder = Program.repository + "/Pipelines"
        let schema = FileManager.default.contents(atPath: folder + "/pipeline.schema.json") ?? Data()
        let stages = FileManager.default.contents(atPath: folder + "/STAGES.md") ?? Data()
        #expect(try Program.run(["schema"]).output == String(decoding: schema, as: UTF8.self))
        #expect(try Program.run(["stages", "--reference"]).output == String(decoding: stages, as: UTF8.self))
    }

    @Test func stagesExplainsOne() throws {
        let all = try Program.run(["stages"]).output.split(separator: "\n").map { String($0.prefix { $0 != " " }) }
        #expect(all.first == "ingest")
        #expect(Set(["clean", "filter", "dedupe", "tag", "export"]).isSubset(of: all))
        #expect(try Program.run(["stages", "filter"]).output.hasPrefix("## filter\n"))
        let unknown = try Program.run(["stages", "fliter"])
        #expect(unknown.exitCode == 64)
        #expect(unknown.errors == "etl: no stage \"fliter\"; did you mean \"filter\"?\n")
    }

    @Test func initMakesAPipelineThatRuns() throws {
        let folder = try TemporaryFolder()
        #expect(try Program.run(["init", "mine"], in: folder.path).exitCode == 0)
        #expect(try Program.run(["test", "mine/pipeline.json"], in: folder.path).exitCode == 0)
        #expect(try Program.run(["run", "mine/pipeline.json"], in: folder.path).exitCode == 0)
        #expect(folder.lines("mine/output/articles.jsonl").count == 1)
        #expect(folder.lines("mine/output/current/duplicates.jsonl").count == 1)
        #expect(folder.read("mine/output/mentions.csv").contains("loc:tripoli"))
        #expect(try Program.run(["init", "mine"], in: folder.path).exitCode == 73)
    }

    @Test func planShowsAndDoesNothing() throws {
        let folder = try TemporaryFolder()
        _ = try Program.run(["init", "mine"], in: folder.path)
        let result = try Program.run(["plan", "mine/pipeline.json"], in: folder.path)
        #expect(result.exitCode == 0)
        #expect(result.output.contains("reads 2 inputs"))
        #expect(result.output.contains("mine/output/articles.csv"))
        #expect(!folder.exists("mine/output"))
    }

    @Test func previewShowsEachStage() throws {
        let folder = try TemporaryFolder()
        _ = try Program.run(["init", "mine"], in: folder.path)
        let all = try Program.run(["preview", "mine/pipeline.json", "-n", "2"], in: folder.path)
        #expect(all.exitCode == 0)
        #expect(all.output.contains("- زر الذهاب إلى الأعلى   (navigation)"))
        #expect(all.output.contains("dropped as duplicate"))
        let one = try Program.run(["preview", "mine/pipeline.json", "-n", "1", "--stage", "clean"], in: folder.path)
        #expect(!one.output.contains("3 filter"))
        #expect(!folder.exists("mine/output"))
        #expect(try Program.run(["preview", "mine/pipeline.json", "--stage", "cleen"], in: folder.path).exitCode == 64)
    }

    @Test func quietOnSuccessWithoutATerminal() throws {
        let folder = try TemporaryFolder()
        _ = try Program.run(["init", "mine"], in: folder.path)
        let result = try Program.run(["run", "mine/pipeline.json"], in: folder.path)
        #expect(result.output.isEmpty)
        #expect(result.errors.isEmpty)
        let log = try Program.run(["run", "mine/pipeline.json", "--log", "json"], in: folder.path).errors
        let events = try log.split(separator: "\n").map { try JSONValue(parsing: String($0))["event"]?.string }
        #expect(events == ["run_started", "run_finished"])
    }
}
