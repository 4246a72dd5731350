import Foundation
import Testing

/// FAULTS 20, 21, 42, 43: inputs that are no files, that change under the reader, that are missing or too few.
@Suite struct InputTests {
    @Test func whatIsNoFileIsPassedOver() throws {
        let pipeline = try Pipeline()
        let data = pipeline.path + "/data"
        try FileManager.default.createSymbolicLink(atPath: data + "/loop.jsonl", withDestinationPath: "loop.jsonl")
        try FileManager.default.createSymbolicLink(atPath: data + "/up", withDestinationPath: "..")
        try FileManager.default.createSymbolicLink(atPath: data + "/out.txt", withDestinationPath: "/etc/passwd")
        #expect(mkfifo(data + "/pipe.txt", 0o600) == 0)
        #expect(try pipeline.etl().run().code == 0)
        #expect(pipeline.published() == (try Pipeline.expected(day: 1)))
        #expect(pipeline.text("output/current/manifest.json")?.contains(#""skipped": {}"#) == false)
    }

    #if FAULTS
        /// The run is stopped when its folder was made: its inputs are listed, none is read.
        @Test(arguments: ["removed", "grown", "shrunk", "replaced by a folder"])
        func anInputThatChangesHarmsOnlyItself(how: String) throws {
            let pipeline = try Pipeline()
            let calls = try pipeline.calls()
            let written = try #require(calls.firstIndex { $0.contains(" create ") && $0.hasSuffix("mentions.csv") })
            let running = try pipeline.etl("run", "--jobs", "1", fault: "stop:\(written + 1)").start()
            try #require(running.waitUntilStopped())
            let file = pipeline.path + "/data/c.txt"
            switch how {
            case "removed": try FileManager.default.removeItem(atPath: file)
            case "grown": try pipeline.write(String(repeating: "سطر جديد من الخبر\n\n", count: 1000), "data/c.txt")
            case "shrunk": try pipeline.write("", "data/c.txt")
            default:
                try FileManager.default.removeItem(atPath: file)
                try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: true)
            }
            running.signal(SIGCONT)
            let ending = running.wait()
            #expect(ending.code == 0, "\(ending.errors)")
            let expected = try #require(try Pipeline.expected(day: 1))
            let rows = try #require(pipeline.published()?["articles.jsonl"]).split(separator: 0x0A)
            let others = try #require(expected["articles.jsonl"]).split(separator: 0x0A).filter {
                !$0.contains("c.txt")
            }
            for row in others { #expect(rows.contains(row)) }
            let quarantine = pipeline.text("output/current/quarantine.jsonl") ?? ""
            if how == "removed" || how == "replaced by a folder" { #expect(quarantine.contains("data/c.txt")) }
        }
    #endif

    @Test func nothingThatMatchesIsNoInput() throws {
        let pipeline = try Pipeline()
        _ = try pipeline.etl().run()
        let old = pipeline.published()
        try FileManager.default.removeItem(atPath: pipeline.path + "/data")
        let ending = try pipeline.etl().run()
        #expect(ending.code == 66)
        #expect(ending.errors == "etl: small: no such input: \(pipeline.path)/data\n")
        #expect(pipeline.published() == old)
        #expect(pipeline.names("output/runs").count == 1)
        // Allowed, it is no failure, and the old set stays.
        try FileManager.default.createDirectory(atPath: pipeline.path + "/data", withIntermediateDirectories: true)
        #expect(try pipeline.etl("run", "--set", "allowEmpty=true").run().code == 0)
        #expect(pipeline.published() == old)
        #expect(pipeline.names("output/runs").count == 1)
    }

    /// One lost file is one failure of many records, and still a file that is missing.
    @Test func aLostInputIsCountedAsOne() throws {
        let pipeline = try Pipeline(guards: #""maxErrors": "50%", "maxFailedInputs": 0"#)
        #expect(try pipeline.etl().run().code == 0)
        let old = pipeline.published()
        try pipeline.write("no gzip at all", "data/d.jsonl.gz")
        let ending = try pipeline.etl().run()
        #expect(ending.code == 65)
        #expect(
            ending.errors.contains("1 of 4 inputs could not be read to their end, more than guards.maxFailedInputs (0)")
        )
        #expect(pipeline.published() == old)
    }

    @Test func aHugeInputIsQuarantinedUnread() throws {
        let pipeline = try Pipeline(more: #""limits": { "maxInputBytes": 4096 }"#)
        let expected = try Pipeline.expected(day: 1)
        try pipeline.write(String(repeating: "x", count: 4097), "data/d.txt")
        #expect(try pipeline.etl().run().code == 0)
        #expect(pipeline.published()?["articles.jsonl"] == expected?["articles.jsonl"])
        let quarantine = pipeline.text("output/current/quarantine.jsonl") ?? ""
        #expect(quarantine.contains("the input has 4097 bytes, more than maxInputBytes (4096)"))
        let manifest = pipeline.text("output/current/manifest.json") ?? ""
        #expect(manifest.contains("\"files\": 4,\n    \"failed\": 1,"))
    }

    @Test func aSetThatShrankIsHeldBack() throws {
        let pipeline = try Pipeline(guards: #""maxShrink": "30%""#)
        try pipeline.writeDay(9)
        #expect(try pipeline.etl().run().code == 0)
        let old = pipeline.published()
        try pipeline.writeDay(1)
        let ending = try pipeline.etl().run()
        #expect(ending.code == 65)
        #expect(ending.errors.contains("guards.maxShrink (30.0%)"))
        #expect(pipeline.published() == old)
    }

    /// FAULTS 5: an output that cannot be is found before any work.
    @Test(arguments: ["/proc/etl", "/dev/null/etl", "/etc/passwd"])
    func anOutputThatCannotBeIsRefused(output: String) throws {
        let pipeline = try Pipeline()
        let ending = try pipeline.etl("run", "--set", "output=\(output)").run()
        #expect(ending.code == 73, "\(ending.errors)")
        #expect(ending.errors.contains(output))
    }
}

extension Data {
    /// Whether the bytes of a text stand in here.
    fileprivate func contains(_ text: String) -> Bool { range(of: Data(text.utf8)) != nil }
}
