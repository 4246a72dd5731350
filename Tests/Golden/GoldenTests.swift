import Foundation
import TestSupport
import Testing

/// Whole runs of the program: `Cases/<topic>/<case>/` holds what a user would have in a folder, the command line in
/// `command`, and under `expected/` what the command prints, its exit code and the files it leaves.
///
/// `make golden-update` writes the expected files anew; then read the diff.
@Suite struct GoldenTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let path: String
        var testDescription: String { name }
    }

    static let root = Program.repository + "/Tests/Golden/Cases"
    static let isUpdating = ProcessInfo.processInfo.environment["ETL_GOLDEN_UPDATE"] != nil

    static let cases: [Case] = {
        let files = FileManager.default
        let topics = ((try? files.contentsOfDirectory(atPath: root)) ?? []).sorted()
        return topics.flatMap { topic in
            ((try? files.contentsOfDirectory(atPath: "\(root)/\(topic)")) ?? []).sorted()
                .map { Case(name: "\(topic)/\($0)", path: "\(root)/\(topic)/\($0)") }
        }
    }()

    @Test func thereAreCases() {
        #expect(!Self.cases.isEmpty)
    }

    @Test(arguments: cases)
    func runs(_ golden: Case) throws {
        let folder = try TemporaryFolder()
        try folder.copy(golden.path, to: "case")
        let work = folder.path + "/case"
        let command = folder.read("case/command").split { $0 == " " || $0 == "\n" }.map(String.init)
        let result = try Program.run(
            command,
            in: work,
            input: folder.read("case/stdin"),
            environment: ["PATH": "/usr/bin:/bin", "TZ": "Africa/Tripoli"]
        )
        var actual = ["exit": "\(result.exitCode)\n", "stdout": result.output, "stderr": result.errors]
            .mapValues { $0.replacingOccurrences(of: work, with: "CASE") }
        for name in outputs(of: work + "/out") { actual["out/" + name] = folder.read("case/out/current/" + name) }
        actual = actual.filter { !$0.value.isEmpty }

        if Self.isUpdating { return try update(golden, actual) }
        let expected = expectedFiles(golden)
        #expect(Set(actual.keys) == Set(expected.keys), "the files that the run left")
        for (name, text) in expected.sorted(by: { $0.key < $1.key }) {
            #expect(actual[name] == text, "\(golden.name): \(name)")
        }
    }

    /// The published files but the manifest, whose times differ from run to run, and what describes them.
    private func outputs(of folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder + "/current")) ?? []).filter {
            !["manifest.json", "schema.json", "load.py", "report.html"].contains($0)
        }
    }

    private func expectedFiles(_ golden: Case) -> [String: String] {
        let root = golden.path + "/expected"
        var files: [String: String] = [:]
        for case let name as String in FileManager.default.enumerator(atPath: root) ?? .init() {
            guard let data = FileManager.default.contents(atPath: "\(root)/\(name)") else { continue }
            files[name] = String(decoding: data, as: UTF8.self)
        }
        return files
    }

    private func update(_ golden: Case, _ actual: [String: String]) throws {
        let root = golden.path + "/expected"
        try? FileManager.default.removeItem(atPath: root)
        for (name, text) in actual {
            let url = URL(fileURLWithPath: "\(root)/\(name)")
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: url)
        }
    }
}
