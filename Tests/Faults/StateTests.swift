import Foundation
import Testing

/// FAULTS 2, 27, 28: state and outputs belong together; a state that cannot be trusted is refused.
@Suite struct StateTests {
    #if FAULTS
        @Test func killedBetweenCommitAndSwitchTheNextStartRollsForward() throws {
            let new = try #require(try Pipeline.expected(day: 2))
            let pipeline = try Pipeline()
            _ = try pipeline.etl().run()
            let old = pipeline.published()
            try pipeline.writeDay(2)
            let calls = try pipeline.calls()
            let commit = try #require(calls.firstIndex { $0.contains(" commit ") })
            #expect(calls[commit + 1].contains(" rename ") && calls[commit + 1].hasSuffix("/current"))
            for (call, expected) in [(commit, old), (commit + 1, new)] {
                let killed = try pipeline.copy()
                _ = try killed.etl("run", "--jobs", "1", fault: "kill:\(call + 1)").run()
                #expect(killed.published() == old)
                // A start that can do nothing of its own still finishes what was committed.
                #expect(try killed.etl("run", "--set", "stages.1.paths=[\"missing\"]").run().code == 66)
                #expect(killed.published() == expected)
            }
        }

        @Test func aSwitchThatFailsIsMadeByTheNextStart() throws {
            let pipeline = try Pipeline()
            let calls = try pipeline.calls()
            let switched = try #require(calls.lastIndex { $0.contains(" rename ") && $0.hasSuffix("/current") })
            let ending = try pipeline.etl("run", "--jobs", "1", fault: "fail:\(switched + 1):EIO").run()
            #expect(ending.code == 74)
            #expect(ending.errors.hasSuffix("\n  the run is complete; the next start will publish it\n"))
            #expect(try pipeline.etl("run", "--set", "stages.1.paths=[\"missing\"]").run().code == 66)
            #expect(pipeline.published() == (try Pipeline.expected(day: 1)))
        }
    #endif

    @Test(arguments: ["damaged", "a folder", "another pipeline's"])
    func aStateThatCannotBeTrustedIsRefusedAndCanBeMended(how: String) throws {
        let pipeline = try Pipeline()
        _ = try pipeline.etl().run()
        let old = pipeline.published()
        let path = pipeline.output + "/.state/state.sqlite"
        var options: [String] = []
        switch how {
        case "damaged":
            try pipeline.write(String(repeating: "not a database ", count: 1000), "output/.state/state.sqlite")
        case "a folder":
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        default: options = ["--set", "name=other"]
        }
        if how == "damaged" {
            for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        }
        var run = pipeline.etl()
        run.arguments += options
        let ending = try run.run()
        #expect([65, 73].contains(ending.code), "\(ending.errors)")
        #expect(ending.errors.contains(path))
        #expect(pipeline.published() == old)
        var rebuild = pipeline.etl("state", "--rebuild")
        rebuild.arguments += options
        #expect(try rebuild.run().code == 0)
        #expect(try run.run().code == 0)
        #expect(pipeline.published() == old)
    }

    @Test(arguments: ["cut", "gone", "foreign"], ["dedupe/1-window", "clean/1-lines"])
    func aFileOfAStageThatCannotBeTrustedIsRefusedAndCanBeMended(how: String, file: String) throws {
        let pipeline = try Pipeline(remembers: true)
        _ = try pipeline.etl().run()
        let old = pipeline.published()
        let path = pipeline.output + "/.state/" + file
        let bytes = try #require(FileManager.default.contents(atPath: path))
        switch how {
        case "cut": try bytes.dropLast(100).write(to: URL(fileURLWithPath: path))
        case "gone": try FileManager.default.removeItem(atPath: path)
        default: try Data(repeating: 0x55, count: bytes.count).write(to: URL(fileURLWithPath: path))
        }
        for command in ["run", "state"] {
            let ending = try pipeline.etl(command).run()
            #expect(ending.code == 65, "\(command): \(ending.errors)")
            #expect(ending.errors.contains("/.state/" + file.prefix(5)) && ending.errors.contains(file.suffix(7)))
            #expect(ending.errors.contains("etl state"))
        }
        #expect(pipeline.published() == old)
        #expect(try pipeline.etl("state", "--rebuild").run().code == 0)
        #expect(try pipeline.etl().run().code == 0)
        #expect(pipeline.published() == old)
    }

    @Test func aLostStateBeginsWithThePublishedRuns() throws {
        let pipeline = try Pipeline()
        for _ in 1...2 { _ = try pipeline.etl().run() }
        try FileManager.default.removeItem(atPath: pipeline.output + "/.state")
        #expect(try pipeline.etl().run().code == 0)
        let state = try pipeline.etl("state").run()
        #expect(state.output.hasPrefix("small: the state is whole; it knows 3 runs, the last one 000003-"))
    }
}
