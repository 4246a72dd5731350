import Foundation
import Testing

/// FAULTS 24, 26, 36, 38, 41: limits, clocks, secrets and locales change nothing in the outputs.
@Suite struct EnvironmentTests {
    private func shell(_ script: String, _ pipeline: Pipeline) throws -> Int32 {
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-c", script, "sh", Program.path, pipeline.path + "/small.json"]
        shell.environment = ["PATH": "/usr/bin:/bin"]
        shell.standardOutput = FileHandle.nullDevice
        shell.standardError = FileHandle.nullDevice
        try shell.run()
        shell.waitUntilExit()
        return shell.terminationStatus
    }

    @Test(arguments: [
        "ulimit -n 32", "ulimit -s 512", "ulimit -c 0", "umask 077", "cd /", "unset PATH HOME", "export LANG=C",
        "export LC_ALL=tr_TR.UTF-8",
        "export LC_ALL=ar_LY.UTF-8", "export TZ=Africa/Tripoli", "export TZ=Pacific/Apia", "export TZ=:/nonsense",
    ])
    func theSameBytesAnywhere(setting: String) throws {
        let pipeline = try Pipeline()
        #expect(try shell(setting + #"; exec "$1" run "$2""#, pipeline) == 0)
        #expect(pipeline.published() == (try Pipeline.expected(day: 1)))
    }

    @Test(arguments: [300_000, 600_000, 2_000_000])
    func workersWithoutRoomAreDoneWithout(kilobytes: Int) throws {
        let pipeline = try Pipeline()
        let limit = "ulimit -v \(kilobytes)"
        #expect(try shell(limit + #"; exec timeout 60 "$1" run "$2" --jobs 64"#, pipeline) == 0)
        #expect(pipeline.published() == (try Pipeline.expected(day: 1)))
    }

    @Test(arguments: [["--jobs", "1"], ["--jobs", "64"], ["--jobs", "3", "--batch", "1"], ["--batch", "1000"]])
    func theSameBytesForAnyWorkersAndBatches(options: [String]) throws {
        let pipeline = try Pipeline()
        var program = pipeline.etl()
        program.arguments += options
        #expect(try program.run().code == 0)
        #expect(pipeline.published() == (try Pipeline.expected(day: 1)))
    }

    @Test func filesFromTheFutureAreFiles() throws {
        let pipeline = try Pipeline()
        for (name, year) in [("a.jsonl", 2150.0), ("b.csv", 1960.0)] {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: (year - 1970) * 31_556_952)],
                ofItemAtPath: pipeline.path + "/data/" + name
            )
        }
        #expect(try pipeline.etl().run().code == 0)
        #expect(pipeline.published() == (try Pipeline.expected(day: 1)))
    }

    @Test func aSecretIsNowhere() throws {
        let canary = "canary-7f3a"
        let pipeline = try Pipeline()
        let text = try #require(pipeline.text("small.json"))
        let condition = #"{ "stage": "filter", "where": { "not": { "title": { "contains": "${secret:TOKEN}" } } } }, "#
        let export = try #require(text.range(of: #"{ "stage": "export""#))
        try pipeline.write(text.replacingCharacters(in: export, with: condition + text[export]), "small.json")
        var said = ""
        for arguments in [
            ["run", "--verbose"], ["run", "--log", "json"], ["plan", "--all"], ["preview"], ["validate"],
            ["run", "--set", "stages.2.minWord=1"], ["run", "--set", "name=${secret:TOKEN}", "--set", "keepRuns=0"],
        ] {
            var program = pipeline.etl(arguments[0], environment: ["TOKEN": canary])
            program.arguments += arguments.dropFirst()
            let ending = try program.run()
            said += ending.output + ending.errors
        }
        #expect(!said.contains(canary))
        for name in pipeline.names("output/current") {
            #expect(pipeline.text("output/current/" + name)?.contains(canary) == false, "\(name)")
        }
    }

    @Test func aSecretIsNoPath() throws {
        let canary = "canary-7f3a"
        let pipeline = try Pipeline()
        let text = try #require(pipeline.text("small.json"))
        try pipeline.write(
            text.replacingOccurrences(of: #"["data"]"#, with: #"["data", "${secret:TOKEN}/a.jsonl"]"#),
            "small.json"
        )
        let paths = try pipeline.etl(environment: ["TOKEN": canary]).run()
        #expect(paths.code == 78)
        #expect(paths.errors.contains("a secret cannot be part of a path"))
        #expect(!paths.errors.contains(canary))
    }
}
