import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite struct ScheduleTests {
    @Test(arguments: [
        ("/usr/bin/etl", "/usr/bin/etl", "/usr/bin/etl"),
        ("a b", "'a b'", "\"a b\""),
        ("it's", #"'it'\''s'"#, "\"it's\""),
        ("100%", "100%", "100%%"),
        ("$HOME", "'$HOME'", "\"$$HOME\""),
        (#"back\slash"#, #"'back\slash'"#, #""back\\slash""#),
        ("ليبيا", "'ليبيا'", "\"ليبيا\""),
        ("", "''", "\"\""),
    ])
    func aWordSurvivesItsScheduler(word: String, shell: String, systemd: String) {
        #expect(Schedule.shell(word) == shell)
        #expect(Schedule.systemd(word) == systemd)
    }

    @Test func aPercentSignIsEscapedForCrontab() {
        let schedule = Schedule(
            name: "a",
            words: ["/bin/etl", "run", "/d/50% off.json"],
            log: "/l/50%.log",
            hour: 3,
            minute: 5
        )
        #expect(schedule.crontab == #"5 3 * * * /bin/etl run '/d/50\% off.json' 2>> /l/50\%.log"#)
    }

    /// The line as cron runs it: by sh, with an almost empty environment.
    @Test func theLineRunsInAnEmptyEnvironment() throws {
        let folder = try TemporaryFolder()
        try folder.write("خبر واحد من ليبيا\n\nنص الخبر كله هنا.\n", to: "data in/a.txt")
        try folder.write(
            #"{ "output": "out 100%", "stages": [ { "stage": "ingest", "paths": ["data in"] }, { "stage": "export", "file": "a.jsonl" } ] }"#,
            to: "it's 100%.json"
        )
        let printed = try Program.run(["cron", folder.path + "/it's 100%.json", "--at", "23:05"])
        #expect(printed.exitCode == 0)
        let line = try #require(printed.output.split(separator: "\n").first { $0.hasPrefix("5 23 * * * ") })
        // What cron does to the line: cut the time off, unescape the percent signs.
        let command = line.dropFirst("5 23 * * * ".count).replacingOccurrences(of: "\\%", with: "%")
        for _ in 1...2 {
            let shell = Process()
            shell.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            shell.arguments = ["-i", "/bin/sh", "-c", command]
            shell.currentDirectoryURL = URL(fileURLWithPath: "/")
            shell.standardOutput = FileHandle.nullDevice
            try shell.run()
            shell.waitUntilExit()
            #expect(shell.terminationStatus == 0)
        }
        #expect(folder.lines("out 100%/a.jsonl").count == 1)
        // Silence on success.
        #expect(folder.exists("out 100%.log"))
        #expect(folder.read("out 100%.log").isEmpty)
        #expect(printed.output.contains("OnCalendar=*-*-* 23:05:00\n"))
        #expect(printed.output.contains("Persistent=true\n"))
    }

    @Test(arguments: ["3", "24:00", "03:60", "aa:bb"])
    func aTimeIsATime(at: String) throws {
        #expect(try Program.run(["cron", "x.json", "--at", at]).exitCode == 64)
    }
}
