import Engine
import Foundation
import Language
import Pipeline
import TestSupport
import Testing

@testable import Stages

@Suite struct ExportStageTests {
    static let names = [
        "a.jsonl.gz", "a.csv.gz", "a.jsonl.zst", "A.CSV.ZST", "a.jsonl", "a.csv", "a.parquet", "a.sqlite",
    ]

    private func plan(_ exports: [String], in folder: TemporaryFolder) throws -> Plan {
        let stages =
            exports.map { #"{"stage":"export","file":"\#($0)"}"# }
            + exports.filter { !$0.hasSuffix("sqlite") }
            .map { #"{"stage":"export","file":"m-\#($0)","rows":"mentions"}"# }
        let definition = """
            {"output":"out","stages":[{"stage":"ingest","paths":["in.jsonl"]},{"stage":"tag"},
            \(stages.joined(separator: ","))]}
            """
        let text = DefinitionText(name: "export.json", bytes: Array(definition.utf8))
        return try Plan(text, directory: folder.path, stages: standardStages)
    }

    private func input(_ folder: TemporaryFolder) throws {
        let lines = (0..<300).map {
            #"{"id":"\#($0)","title":"العنوان \#($0)","text":"وصل 250 مسافرا إلى طرابلس يوم 12 مارس 2024، رقم \#($0)"}"#
        }
        try folder.write(lines.joined(separator: "\n"), to: "in.jsonl")
    }

    @Test("the same bytes for any workers and batches")
    func anyWorkersAndBatches() throws {
        let folder = try TemporaryFolder()
        try input(folder)
        var reference: [Data] = []
        for (jobs, batch) in [(1, 256), (1, 1), (4, 7), (8, 256)] {
            let options = Run.Options(jobs: jobs, batchArticles: batch)
            let plan = try plan(Self.names, in: folder)
            let result = try Run(plan, options: options, started: Timestamp(seconds: 0)).execute()
            #expect(result.manifest.outputs.first { $0.file == "a.jsonl.gz" }?.rows == 300)
            let files = plan.files.map { folder.data("out/" + $0) }
            #expect(files.allSatisfy { !$0.isEmpty })
            if reference.isEmpty { reference = files }
            #expect(files == reference, "\(jobs) workers, batches of \(batch)")
        }
    }

    @Test func noScratchIsLeft() throws {
        let folder = try TemporaryFolder()
        try input(folder)
        let plan = try plan(Self.names, in: folder)
        _ = try Run(plan, options: .init(jobs: 2), started: Timestamp(seconds: 0)).execute()
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out/current/")
        #expect(left.filter { $0.hasPrefix(".") } == [])
    }

    @Test(
        arguments: [
            ("a.txt", "no suffix of a format"), ("a.gz", "no suffix of a format"), ("jsonl", "no suffix of a format"),
            ("a.jsonl.zip", "no suffix of a format"), ("a.parquet.gz", "would be packed twice"),
            ("a.sqlite.zst", "would be packed twice"),
        ]
    )
    func refusesOtherSuffixes(_ name: String, _ message: String) throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: DefinitionError.self) { try plan([name], in: folder) }
        #expect(error?.problems.first?.message.contains(message) == true)
    }
}
