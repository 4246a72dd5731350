import Foundation
import TestSupport
import Testing

/// `load.py` and `schema.json`, tried by the libraries that people use, where they are installed: in the Python that
/// `ETL_PYTHON` names, in `.venv`, or the system's.
@Suite struct LoaderTests {
    static let python: String? = {
        let named = ProcessInfo.processInfo.environment["ETL_PYTHON"]
        return [named, Program.repository + "/.venv/bin/python", "/usr/bin/python3"].compactMap { $0 }
            .first { run($0, ["-c", "import pandas, pyarrow, polars, duckdb"])?.exitCode == 0 }
    }()

    private static func run(_ python: String, _ arguments: [String]) -> (exitCode: Int32, errors: String)? {
        let process = Process()
        let errors = Pipe()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors
        guard (try? process.run()) != nil else { return nil }
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    @Test("pandas, polars and DuckDB read every format alike", .enabled(if: python != nil))
    func loads() throws {
        let folder = try TemporaryFolder()
        let check = Program.repository + "/Tests/Loader/loader_check.py"
        let result = try #require(Self.run(Self.python ?? "", [check, Program.path, folder.path]))
        #expect(result.exitCode == 0, "\(result.errors)")
    }

    @Test func everyFileIsDescribed() throws {
        let folder = try TemporaryFolder()
        let result = try Program.run(["run", CommandTests.pipeline, "--set", "output=\(folder.path)/out"])
        #expect(result.exitCode == 0, "\(result.errors)")
        let tables = [
            "articles.jsonl", "articles.csv", "mentions.csv", "stories.csv", "quarantine.jsonl", "duplicates.jsonl",
            "dropped.jsonl",
        ]
        for name in tables {
            #expect(folder.read("out/load.py").contains("\n    \"\(name)\": {\n"), "\(name)")
            #expect(folder.read("out/schema.json").contains("\n    \"\(name)\": {\n"), "\(name)")
        }
    }
}
