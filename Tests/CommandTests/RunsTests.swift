import Foundation
import TestSupport
import Testing

/// The commands that look at earlier runs.
@Suite struct RunsTests {
    private let folder: TemporaryFolder

    /// Three runs: articles 1 and 2, then 2 (changed) and 3, then only 3.
    init() throws {
        folder = try TemporaryFolder()
        try folder.write(
            #"""
            { "name": "days", "output": "out", "stages": [
              { "stage": "ingest", "paths": ["in.jsonl"] },
              { "stage": "export", "file": "a.jsonl" }, { "stage": "export", "file": "a.csv" },
              { "stage": "export", "file": "by/{outlet}.jsonl" } ] }
            """#,
            to: "days.json"
        )
    }

    private func day(_ lines: String...) throws {
        try folder.write(lines.joined(separator: "\n") + "\n", to: "in.jsonl")
        #expect(try Program.run(["run", folder.path + "/days.json"]).exitCode == 0)
    }

    private func threeDays() throws {
        try day(#"{"id":"1","title":"one","text":"a"}"#, #"{"id":"2","title":"two","text":"b"}"#)
        try day(
            #"{"id":"2","title":"two","text":"c","outlet":"x"}"#,
            #"{"id":"3","title":"three","text":"d"}"#,
            "{broken"
        )
        try day(#"{"id":"3","title":"three","text":"d"}"#)
    }

    private func etl(_ command: String, _ arguments: String...) throws -> Program.Result {
        try Program.run([command, folder.path + "/days.json"] + arguments)
    }

    @Test func beforeTheFirstRun() throws {
        let status = try etl("status")
        #expect(status.exitCode == 1)
        #expect(status.output == "days: nothing was published yet\n")
        #expect(try etl("history").output == "days: nothing was published yet\n")
        #expect(try etl("rollback").errors == "etl: days: there is no run to go back to\n")
        let diff = try etl("diff", "1")
        #expect(diff.exitCode == 66)
        #expect(diff.errors == "etl: days: no published run \"1\"; there is none yet\n")
        // Looking creates nothing.
        #expect(!folder.exists("out"))
    }

    @Test func statusTellsAge() throws {
        try threeDays()
        let status = try etl("status", "--max-age", "1h")
        #expect(status.exitCode == 0)
        #expect(status.output.hasPrefix("days: run 000003-"))
        #expect(status.output.contains("\n  1 read, 1 kept, 0 dropped, 0 quarantined in "))
        #expect(status.output.contains("\n  1 rows in \(folder.path)/out/a.jsonl\n"))
        let changed = try etl("status", "--set", "stages.1.outletFromFolder=true")
        #expect(changed.output.hasSuffix("the definition has changed since\n"))
        let manifest = folder.read("out/current/manifest.json")
        let year = String(manifest.split(separator: "\"started\": \"")[1].prefix(4))
        try folder.write(
            manifest.replacingOccurrences(of: "\"started\": \"\(year)", with: "\"started\": \"2001"),
            to: "out/current/manifest.json"
        )
        #expect(try etl("status", "--max-age", "26h").exitCode == 1)
        #expect(try etl("status").exitCode == 0)
        #expect(try etl("status", "--max-age", "26").exitCode == 64)
    }

    @Test func historyListsTheNewestFirst() throws {
        try threeDays()
        let lines = try etl("history").output.split(separator: "\n").map(String.init)
        #expect(lines.count == 4)
        #expect(lines[1].hasPrefix("* 000003-"))
        #expect(lines[2].hasPrefix("  000002-"))
        #expect(lines[2].split(separator: " ").dropFirst().prefix(4) == ["3", "2", "0", "1"])
    }

    @Test func historyRemembersRunsThatAreGone() throws {
        try day(#"{"id":"1","text":"a"}"#)
        let first = try run(1)
        try day(#"{"id":"1","text":"b"}"#)
        try FileManager.default.removeItem(atPath: folder.path + "/out/runs/" + first)
        #expect(try etl("history").output.split(separator: "\n").count == 2)
        #expect(try etl("history", "--all").output.split(separator: "\n").count == 3)
    }

    @Test func rollbackShowsAnOlderRun() throws {
        try threeDays()
        let third = folder.read("out/a.jsonl")
        let back = try etl("rollback")
        #expect(back.exitCode == 0)
        #expect(folder.read("out/a.csv").contains("three"))
        #expect(folder.read("out/a.jsonl").contains("\"2\""))
        #expect(try etl("history").output.split(separator: "\n").count == 3)
        let first = try etl("rollback", "--to", "1")
        #expect(first.output.hasPrefix("days: the outputs show run 000001-"))
        #expect(folder.read("out/a.jsonl").contains("\"one\""))
        #expect(try etl("rollback", "--to", "1").exitCode == 64)
        // What was taken back is no longer a run to go to.
        #expect(try etl("rollback", "--to", "3").exitCode == 66)
        try day(#"{"id":"3","title":"three","text":"d"}"#)
        #expect(folder.read("out/a.jsonl") == third)
        let runs = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out/runs").sorted()
        #expect(runs.map { String($0.prefix(6)) } == ["000001", "000004"])
    }

    @Test func diffComparesById() throws {
        try threeDays()
        #expect(
            try etl("diff", "1", "2").output
                == "~ 2  two  (outlet, text, content_hash)\n+ 3  three\n- 1  one\n1 added, 1 removed, 1 changed\n"
        )
        #expect(
            try etl("diff", "1", "2", "--file", "by/{outlet}.jsonl").output
                == "+ 3  three\n~ 2  two  (outlet, text, content_hash)\n- 1  one\n1 added, 1 removed, 1 changed\n"
        )
        #expect(try etl("diff", "2").output == "- 2  two\n0 added, 1 removed, 0 changed\n")
        #expect(try etl("diff", "3", "--summary").output == "0 added, 0 removed, 0 changed\n")
        #expect(try etl("diff", "1", "9").errors == "etl: days: no published run \"9\"; runs: 1, 2, 3\n")
    }

    @Test func quarantineTellsWhatFailedAndWhere() throws {
        try threeDays()
        #expect(try etl("quarantine").output.hasSuffix(": nothing failed\n"))
        let second = try etl("quarantine", "--run", "2")
        let lines = second.output.split(separator: "\n").map(String.init)
        #expect(lines.count == 2)
        #expect(lines[0].hasPrefix("in.jsonl:88: ingest invalid_json: "))
        #expect(lines[1].contains("1 × ingest: "))
        #expect(
            try etl("quarantine", "--run", "2", "--json").output
                == folder.read("out/runs/" + run(2) + "/quarantine.jsonl")
        )
        #expect(try etl("quarantine", "--run", "2", "--code", "other").output.hasSuffix("nothing failed\n"))
    }

    private func run(_ number: Int) throws -> String {
        let runs = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out/runs").sorted()
        return try #require(runs.first { $0.hasPrefix("00000\(number)") })
    }
}
