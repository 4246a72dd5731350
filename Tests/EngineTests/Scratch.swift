import Foundation
import JSON
import Language
import Pipeline

@testable import Engine

/// A folder of a test, gone with it.
final class Scratch {
    let path: String
    var output: String { path + "/output" }

    init() {
        let made = FileManager.default.temporaryDirectory.path + "/etl-engine-\(UUID().uuidString)"
        try? FileManager.default.createDirectory(atPath: made, withIntermediateDirectories: true)
        path = FileSystem.canonical(made)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A plan of toy stages; `stages` is the inside of the list.
    func plan(_ stages: String, _ more: String = #""keepRuns": 3"#, environment: [String: String] = [:]) throws -> Plan
    {
        let text = #"{ "name": "toy", "output": "output", "stages": [\#(stages)], \#(more) }"#
        return try Plan(
            DefinitionText(name: "toy.json", bytes: Array(text.utf8)),
            directory: path,
            inputs: DefinitionInputs(environment: environment),
            stages: toyStages
        )
    }

    func run(_ plan: Plan, jobs: Int = 2, batch: Int = 3, started: Int64 = 1_600_000_000) throws -> Run.Result {
        try Run(plan, options: .init(jobs: jobs, batchArticles: batch), started: Timestamp(seconds: started)).execute()
    }

    /// The exit code of a run that fails.
    func failure(_ plan: Plan, jobs: Int = 2, batch: Int = 3) -> RunError? {
        do {
            _ = try run(plan, jobs: jobs, batch: batch)
            return nil
        } catch {
            return error as? RunError
        }
    }

    func text(_ name: String) -> String? {
        FileSystem.contents(path + "/" + name).map { String(decoding: $0, as: UTF8.self) }
    }

    func write(_ text: String, _ name: String) {
        let file = path + "/" + name
        try? FileManager.default.createDirectory(
            atPath: (file as NSString).deletingLastPathComponent,
            withIntermediateDirectories: true
        )
        _ = FileManager.default.createFile(atPath: file, contents: Data(text.utf8))
    }

    func names(_ folder: String = "output") -> [String] {
        (try? FileSystem.names(in: path + "/" + folder)) ?? []
    }

    func json(_ name: String) throws -> JSONValue {
        try JSONValue(parsing: FileSystem.contents(path + "/" + name) ?? [])
    }

    /// Every file of the run that the outputs show, but for the manifest with its times.
    func published() -> [String: String] {
        var files: [String: String] = [:]
        for name in names("output/current") where name != "manifest.json" && name != "report.html" {
            files[name] = text("output/current/" + name)
        }
        return files
    }
}
