import Foundation
import TestSupport
import Testing

/// The sample of a program with a stage of its own, built here from the same source as by its own package.
@Suite struct PluginTests {
    private static let program = (Program.path as NSString).deletingLastPathComponent + "/news"

    private func run(_ arguments: [String], in folder: String) throws -> (code: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }

    @Test func hasEveryCommandAndItsOwnStage() throws {
        let folder = try TemporaryFolder()
        let stages = try run(["stages"], in: folder.path).output.split(separator: "\n").map { $0.prefix { $0 != " " } }
        #expect(stages.first == "ingest")
        #expect(stages.last == "headline")
        let help = try run(["--help"], in: folder.path).output
        #expect(help == (try Program.run(["--help"]).output))
        #expect(try run(["schema"], in: folder.path).output.contains(#""maxLength""#))
    }

    @Test func runsItsStage() throws {
        let folder = try TemporaryFolder()
        try folder.write(#"{"id":"1","title":"افتتاح معرض الكتاب","text":"x"}"# + "\n", to: "a.jsonl")
        try folder.write(
            """
            {"output":"out","stages":[{"stage":"ingest","paths":["a.jsonl"]},{"stage":"headline","maxLength":12},
            {"stage":"export","file":"a.csv","columns":["id","title"]}]}
            """,
            to: "a.json"
        )
        let result = try run(["run", "a.json"], in: folder.path)
        #expect(result.code == 0, "\(result.output)")
        #expect(folder.read("out/a.csv") == "id,title\r\n1,افتتاح معرض…\r\n")
    }

    @Test func isShort() {
        let folder = Program.repository + "/Samples/plugin/"
        let lines = ["Package.swift", "Sources/news/News.swift"].map { name in
            String(decoding: FileManager.default.contents(atPath: folder + name) ?? Data(), as: UTF8.self)
                .split(separator: "\n", omittingEmptySubsequences: false).count - 1
        }
        #expect(lines.allSatisfy { $0 > 5 })
        #expect(lines.reduce(0, +) < 60)
    }
}
