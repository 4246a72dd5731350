import Foundation
import TestSupport
import Testing

/// `etl run --metrics`: what a run did, for Prometheus.
@Suite struct MetricsTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(
            #"""
            { "name": "a \"name\"", "output": "out", "guards": { "maxErrors": 1 }, "stages": [
              { "stage": "ingest", "paths": ["in.jsonl"] }, { "stage": "filter", "minWords": 2 },
              { "stage": "export", "file": "a.jsonl" } ] }
            """#,
            to: "p.json"
        )
        try folder.write("{\"text\":\"one two\"}\n{\"text\":\"one\"}\n{broken\n", to: "in.jsonl")
    }

    private func run(_ arguments: String...) throws -> Program.Result {
        try Program.run(["run", folder.path + "/p.json", "--metrics", folder.path + "/etl.prom"] + arguments)
    }

    private func value(_ name: String) -> String? {
        folder.lines("etl.prom").first { $0.hasPrefix(name) }?.split(separator: " ").last.map(String.init)
    }

    @Test func aRunIsMeasured() throws {
        #expect(try run().exitCode == 0)
        #expect(value(#"etl_run_success{pipeline="a \"name\""}"#) == "1")
        #expect(value("etl_run_exit_code{") == "0")
        #expect(value("etl_run_articles_read{") == "3")
        #expect(value("etl_run_articles_kept{") == "1")
        #expect(value(#"etl_run_articles_dropped{pipeline="a \"name\"",reason="too_short"}"#) == "1")
        #expect(value(#"etl_run_articles_quarantined{pipeline="a \"name\"",code="invalid_json"}"#) == "1")
        #expect(value("etl_run_input_bytes{") == "42")
        #expect(value("etl_run_last_success_timestamp_seconds{") == value("etl_run_end_timestamp_seconds{"))
        // Every sample has its type, and nothing else is left beside the file.
        let names = folder.lines("etl.prom").filter { !$0.hasPrefix("#") }.compactMap { $0.split(separator: "{").first }
        for name in names { #expect(folder.read("etl.prom").contains("# TYPE \(name) gauge\n")) }
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(files.filter { $0.contains("prom") } == ["etl.prom"])
    }

    @Test func aFailureIsMeasuredToo() throws {
        _ = try run()
        let success = value("etl_run_last_success_timestamp_seconds{")
        try folder.write("{broken\n{broken\n", to: "in.jsonl")
        #expect(try run().exitCode == 65)
        #expect(value("etl_run_success{") == "0")
        #expect(value("etl_run_exit_code{") == "65")
        #expect(value("etl_run_articles_read{") == "2")
        #expect(value("etl_run_last_success_timestamp_seconds{") == success)
        try folder.write("{", to: "p.json")
        #expect(try run().exitCode == 78)
        #expect(value(#"etl_run_exit_code{pipeline="p"}"#) == "78")
        #expect(value("etl_run_last_success_timestamp_seconds{") == success)
    }

    @Test func metricsThatCannotBeWrittenAreAWarning() throws {
        let result = try Program.run(["run", folder.path + "/p.json", "--metrics", folder.path + "/none/etl.prom"])
        #expect(result.exitCode == 0)
        #expect(result.errors.contains("cannot write the metrics to \(folder.path)/none/etl.prom"))
    }
}
