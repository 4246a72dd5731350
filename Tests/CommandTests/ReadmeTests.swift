import Foundation
import JSON
import TestSupport
import Testing

/// What the README shows is what the program does.
@Suite struct ReadmeTests {
    static let readme = String(
        decoding: FileManager.default.contents(atPath: Program.repository + "/README.md") ?? Data(),
        as: UTF8.self
    )

    @Test func listsEveryStage() throws {
        #expect(Self.readme.contains(try Program.run(["stages", "--table"]).output))
    }

    @Test func showsTheSampleDefinition() throws {
        let definition = String(
            decoding: FileManager.default.contents(atPath: CommandTests.pipeline) ?? Data(),
            as: UTF8.self
        )
        // The README leaves the description out; all other lines stand there as they are.
        let lines = definition.split(separator: "\n").filter { !$0.contains("\"description\"") }
        #expect(Self.readme.contains(lines.joined(separator: "\n")))
    }

    @Test func showsTheMistakeAsItIsPrinted() throws {
        let result = try Program.run(
            ["validate", "Pipelines/libya.json", "--set", "stages.filter.minWord=20"],
            in: Program.repository
        )
        #expect(result.exitCode == 78)
        #expect(Self.readme.contains(result.errors))
    }

    @Test func showsTheRunAsItIsPrinted() throws {
        let folder = try TemporaryFolder()
        let result = try Program.run(
            ["run", "Pipelines/libya.json", "--verbose", "--set", "output=\(folder.path)/out"],
            in: Program.repository
        )
        let lines = result.errors.split(separator: "\n").map(String.init)
        let summary = try #require(lines.first?.components(separatedBy: " in ").first)
        #expect(Self.readme.contains(summary))
        for line in lines.filter({ $0.hasPrefix("   ") && !$0.contains("export") }) {
            #expect(Self.readme.contains(line))
        }
    }

    @Test func firstExampleStandsInTheFirstThirtyLines() throws {
        let head = Self.readme.split(separator: "\n", omittingEmptySubsequences: false).prefix(30).joined(
            separator: "\n"
        )
        #expect(head.contains("$ etl run Pipelines/libya.json"))
    }
}
