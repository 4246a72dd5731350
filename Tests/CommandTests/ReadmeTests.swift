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
        // The README leaves out the description and, behind the guards, the tests.
        let head = definition.components(separatedBy: ",\n  \"tests\"")[0]
        let lines = head.split(separator: "\n").filter { !$0.contains("\"description\"") }
        #expect(Self.readme.contains(lines.joined(separator: "\n")))
    }

    /// A copy of what the commands work on, and `etl` as an installed one is found.
    private static func scratch() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.copy(Program.repository + "/Pipelines", to: "Pipelines")
        try folder.copy(Program.repository + "/Samples", to: "Samples")
        try FileManager.default.createDirectory(atPath: folder.path + "/bin", withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/bin/etl", withDestinationPath: Program.path)
        return folder
    }

    private static func shell(_ command: String, in folder: TemporaryFolder) throws -> (code: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "exec 2>&1; " + command]
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        var environment = ProcessInfo.processInfo.environment
        environment["PATH"] = folder.path + "/bin:" + (environment["PATH"] ?? "/usr/bin:/bin")
        process.environment = environment
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }

    /// The pages' commands in their order, in one folder, as a reader would type them.
    @Test func everyCommandDoesWhatIsShown() throws {
        let folder = try Self.scratch()
        // Two runs, so that there is something to compare and to go back to.
        for _ in 1...2 { #expect(try Self.shell("etl run Pipelines/libya.json", in: folder).code == 0) }
        let reference = String(
            decoding: FileManager.default.contents(atPath: Program.repository + "/Pipelines/STAGES.md") ?? Data(),
            as: UTF8.self
        )
        let commands = ShownCommands(Self.readme).commands + ShownCommands(reference).commands
        #expect(commands.count > 12)
        for command in commands {
            var line = command.line
            for (placeholder, value) in [
                ("DEFINITION", "Pipelines/libya.json"), ("FOLDER", "fresh"), ("NAME", "filter"), ("41 42", "1 2"),
            ] {
                line = line.replacingOccurrences(of: placeholder, with: value)
            }
            let result = try Self.shell(line, in: folder)
            if let shown = command.output {
                #expect(ShownCommands.agree(shown, result.output), "$ \(line)\n\(result.output)")
            } else {
                #expect(result.code == 0, "$ \(line)\n\(result.output)")
            }
        }
    }

    @Test(arguments: [
        (["a", "b"], "a\nb\n", true), (["a"], "a\nb\n", false), (["a", "…"], "a\nb\n", true),
        (["…", "b"], "a\nb\n", true), (["…", "a"], "a\nb\n", false), (["a", "…", "c"], "a\nb\nb\nc\n", true),
        (["in 0.09 s"], "in 1.2 s\n", true), (["b"], "a\nb\n", false), (["a", "…", "b", "…"], "a\nx\nb\ny", true),
    ])
    func agreementIsNoMatterOfLuck(shown: [String], printed: String, agrees: Bool) {
        #expect(ShownCommands.agree(shown, printed) == agrees)
    }

    /// `make` knows the targets that the README names.
    @Test func everyTargetIsThere() throws {
        let makefile = String(
            decoding: FileManager.default.contents(atPath: Program.repository + "/Makefile") ?? Data(),
            as: UTF8.self
        )
        let targets = Self.readme.matches(of: /(?:`|\n)make ([a-z][a-z-]*)/).map { String($0.1) }
        #expect(targets.count >= 4, "\(targets)")
        for target in targets {
            #expect(makefile.contains("\n\(target):"), "make \(target)")
        }
    }

    @Test func firstExampleStandsInTheFirstThirtyLines() throws {
        let head = Self.readme.split(separator: "\n", omittingEmptySubsequences: false).prefix(30).joined(
            separator: "\n"
        )
        #expect(head.contains("$ etl run Pipelines/libya.json"))
    }
}
