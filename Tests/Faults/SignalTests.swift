import Foundation
import Testing

/// FAULTS 30, 31: signals, and standard streams that are closed.
@Suite struct SignalTests {
    /// A run that reads a pipe nobody writes to goes on for ever.
    private func endless(_ pipeline: Pipeline) throws -> Program.Running {
        try pipeline.write(
            #"""
            { "output": "output", "stages": [ { "stage": "ingest", "paths": ["-"], "format": "jsonl" }, { "stage": "export", "file": "a.jsonl" } ] }
            """#,
            "small.json"
        )
        var program = pipeline.etl()
        program.standardInput = FileHandle(fileDescriptor: try openPipe(), closeOnDealloc: false)
        let running = try program.start()
        // The run has begun once its own folder is there.
        for _ in 0..<1000 where pipeline.names("output/runs").isEmpty { usleep(10_000) }
        return running
    }

    /// The reading end of a pipe that stays open.
    private func openPipe() throws -> Int32 {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        return ends[0]
    }

    @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
    func aRunThatIsAskedToStopStops(signal: Int32) throws {
        let pipeline = try Pipeline()
        let running = try endless(pipeline)
        let start = DispatchTime.now().uptimeNanoseconds
        running.signal(signal)
        #expect(running.wait().code == 128 + signal)
        #expect(DispatchTime.now().uptimeNanoseconds - start < 5_000_000_000)
        #expect(pipeline.published() == nil)
    }

    @Test func theSecondSignalIsImmediate() throws {
        let pipeline = try Pipeline()
        let running = try endless(pipeline)
        let start = DispatchTime.now().uptimeNanoseconds
        running.signal(SIGINT)
        usleep(200_000)
        running.signal(SIGINT)
        #expect(running.wait().code == 130)
        #expect(DispatchTime.now().uptimeNanoseconds - start < 3_000_000_000)
    }

    #if FAULTS
        @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
        func stoppedAnywhereBeforeTheSwitchNothingIsPublished(signal: Int32) throws {
            let original = try Pipeline()
            let calls = try original.calls()
            let switched = try #require(calls.lastIndex { $0.contains(" rename ") && $0.hasSuffix("/current") })
            for call in stride(from: 8, to: calls.count, by: 9) {
                let pipeline = try original.copy()
                let running = try pipeline.etl("run", "--jobs", "1", fault: "stop:\(call + 1)").start()
                try #require(running.waitUntilStopped())
                running.signal(signal)
                running.signal(SIGCONT)
                let ending = running.wait()
                // Too late is between the last look and the switch: then the run is published and says so with 0.
                if ending.code == 0 {
                    #expect(pipeline.published() != nil)
                    #expect(call >= switched - 12, "\(calls[call])")
                } else {
                    #expect(ending.code == 128 + signal, "at \(calls[call])")
                    #expect(ending.errors == "etl: small: stopped by signal \(signal); nothing was published\n")
                    #expect(pipeline.published() == nil)
                    #expect(pipeline.names("output/runs").isEmpty)
                }
            }
        }
    #endif

    @Test(arguments: ["run", "plan"])
    func closedStreamsHarmNothing(command: String) throws {
        for closing in ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"] {
            let pipeline = try Pipeline()
            let verbose = command == "run" ? "--verbose" : ""
            let shell = Process()
            shell.executableURL = URL(fileURLWithPath: "/bin/sh")
            shell.arguments = [
                "-c", "exec \"\(Program.path)\" \(command) \(verbose) \"\(pipeline.path)/small.json\" \(closing)",
            ]
            shell.standardOutput = FileHandle.nullDevice
            shell.standardError = FileHandle.nullDevice
            try shell.run()
            shell.waitUntilExit()
            #expect(shell.terminationStatus == 0, "\(closing)")
            guard command == "run" else { continue }
            #expect(pipeline.published() == (try Pipeline.expected(day: 1)), "\(closing)")
            #expect(pipeline.text("output/.lock") == "", "\(closing)")
        }
    }

    @Test func aReaderThatLeavesEarlyHarmsNothing() throws {
        let pipeline = try Pipeline()
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = [
            "-c",
            "(\"\(Program.path)\" run --log json \"\(pipeline.path)/small.json\" 2>&1; echo $? > \"\(pipeline.path)/code\") | true",
        ]
        try shell.run()
        shell.waitUntilExit()
        for _ in 0..<500 where pipeline.text("code") == nil { usleep(10_000) }
        #expect(pipeline.text("code") == "0\n")
    }
}
