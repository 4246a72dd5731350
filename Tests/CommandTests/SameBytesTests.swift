import Foundation
import TestSupport
import Testing

/// The sample pipeline's outputs depend on its inputs alone.
@Suite struct SameBytesTests {
    static let files = [
        "articles.jsonl", "articles.csv", "mentions.csv", "current/quarantine.jsonl", "current/dropped.jsonl",
        "current/duplicates.jsonl", "current/stories.csv",
    ]

    private func outputs(_ arguments: [String], environment: [String: String]? = nil) throws -> [Data] {
        let folder = try TemporaryFolder()
        let output = folder.path + "/out"
        let result = try Program.run(
            ["run", CommandTests.pipeline, "--set", "output=\(output)"] + arguments,
            in: folder.path,
            environment: environment
        )
        #expect(result.exitCode == 0, "\(result.errors)")
        let outputs = Self.files.map { folder.data("out/" + $0) }
        #expect(outputs.allSatisfy { !$0.isEmpty })
        return outputs
    }

    @Test("any number of workers, any batch size")
    func anyWorkersAndBatches() throws {
        let reference = try outputs(["--jobs", "1", "--batch", "256"])
        for (jobs, batch) in [(1, 1), (2, 1), (2, 256), (8, 1), (8, 3), (8, 256)] {
            #expect(
                try outputs(["--jobs", "\(jobs)", "--batch", "\(batch)"]) == reference,
                "\(jobs) workers, batches of \(batch)"
            )
        }
    }

    @Test("any locale and time zone, and none at all")
    func anyEnvironment() throws {
        let reference = try outputs([])
        let environments: [[String: String]] = [
            [:], ["LANG": "C", "TZ": "Pacific/Apia"], ["LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"],
            ["LC_ALL": "ar_LY.UTF-8", "TZ": "Africa/Tripoli"],
        ]
        for environment in environments {
            #expect(try outputs([], environment: environment) == reference, "\(environment)")
        }
    }

    @Test("the definition's path in any case, from any folder")
    func pathInAnyCase() throws {
        let folder = try TemporaryFolder()
        let lower = Program.repository + "/pipelines/libya.json"
        let result = try Program.run(["run", lower, "--set", "output=\(folder.path)/out"], in: "/")
        #expect(result.exitCode == 0)
        #expect(result.errors.contains("reading \(Program.repository)/Pipelines/libya.json"))
    }
}
