import Foundation
import Testing

/// A program of `exec` that never answers and starts another that never ends.
@Suite struct ExecTests {
    private static let program = """
        trap '' HUP INT TERM
        sleep 1000 &
        echo $$ $! > pids.new && mv pids.new pids
        read -r line
        sleep 1000
        sleep 1000
        """

    @Test(arguments: [SIGKILL, SIGTERM])
    func noProgramOutlivesTheRun(signal: Int32) throws {
        let pipeline = try Pipeline()
        try pipeline.write(Self.program, "program.sh")
        try pipeline.write(
            """
            { "output": "output", "stages": [
              { "stage": "ingest", "paths": ["data/a.jsonl"] },
              { "stage": "exec", "command": ["sh", "program.sh"], "timeout": "10m" },
              { "stage": "export", "file": "articles.jsonl" } ] }
            """,
            "small.json"
        )
        let run = try pipeline.etl().start()
        for _ in 0..<2000 where pipeline.text("pids") == nil { usleep(10_000) }
        let processes = (pipeline.text("pids") ?? "").split { $0 == " " || $0 == "\n" }.compactMap { Int32($0) }
        #expect(processes.count == 2)
        #expect(processes.allSatisfy(Self.isRunning))
        run.signal(signal)
        #expect(run.wait().code == 128 + signal)
        for _ in 0..<1000 where processes.contains(where: Self.isRunning) { usleep(10_000) }
        #expect(!processes.contains(where: Self.isRunning))
        #expect(pipeline.published() == nil)
    }

    /// One that has ended and was not collected yet is not running.
    private static func isRunning(_ process: Int32) -> Bool {
        guard kill(process, 0) == 0 else { return false }
        let stat = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        return stat.split(separator: ")").last?.hasPrefix(" Z") != true
    }
}
