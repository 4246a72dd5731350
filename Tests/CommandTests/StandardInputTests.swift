import Foundation
import TestSupport
import Testing

/// `paths: ["-"]` as the end of a shell's pipe.
@Suite struct StandardInputTests {
    private func run(_ script: String) throws -> (exitCode: Int32, rows: Int) {
        let folder = try TemporaryFolder()
        let definition =
            #"{"output":"out","stages":[{"stage":"ingest","paths":["-"]},{"stage":"export","file":"a.jsonl"}]}"#
        try Data(definition.utf8).write(to: URL(filePath: folder.path + "/p.json"))
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", script]
        shell.environment = ["PATH": "/usr/bin:/bin", "ETL": Program.path]
        shell.currentDirectoryURL = URL(filePath: folder.path)
        try shell.run()
        shell.waitUntilExit()
        return (shell.terminationStatus, folder.read("out/a.jsonl").split(separator: "\n").count)
    }

    @Test(arguments: ["cat", "gzip -c"])
    func packedOrNot(pack: String) throws {
        let lines = #"i=0; while [ $i -lt 3000 ]; do echo "{\"id\":\"$i\",\"text\":\"a\"}"; i=$((i+1)); done"#
        let result = try run("(\(lines)) | \(pack) | \"$ETL\" run p.json")
        #expect(result.exitCode == 0)
        #expect(result.rows == 3000)
    }

    @Test("A reader before us may have left the pipe in a mode that does not block")
    func doesNotEndEarly() throws {
        let unblock = "import fcntl, os; fcntl.fcntl(0, fcntl.F_SETFL, os.O_NONBLOCK)"
        let writer = #"echo '{"text":"a"}'; sleep 0.3; echo '{"text":"b"}'"#
        let result = try run("(\(writer)) | (python3 -c '\(unblock)' && \"$ETL\" run p.json)")
        #expect(result.exitCode == 0)
        #expect(result.rows == 2)
    }
}
