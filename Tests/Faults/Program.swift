import Foundation

/// The built `etl`, run as a process of its own.
struct Program {
    /// Beside the tests' own bundle.
    static let path: String = {
        #if canImport(Darwin)
            let bundle = Bundle(for: Marker.self).bundleURL
        #else
            let bundle = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        #endif
        return bundle.deletingLastPathComponent().appendingPathComponent("etl").path
    }()

    private final class Marker {}

    var arguments: [String]
    var environment: [String: String] = [:]
    var directory: String?
    var standardInput = FileHandle.nullDevice
    /// Another program that starts this one, with its arguments.
    var starter: [String] = []

    struct Ending: Sendable {
        /// As a shell sees it: 128 + n for signal n.
        let code: Int32
        let output: String
        let errors: String
    }

    /// A process under way.
    final class Running {
        let process: Process
        private let folder: String

        init(_ program: Program) throws {
            folder = NSTemporaryDirectory() + "/etl-streams-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            process = Process()
            let command = program.starter + [Program.path] + program.arguments
            process.executableURL = URL(fileURLWithPath: command[0])
            process.arguments = Array(command.dropFirst())
            process.environment = program.environment
            if let directory = program.directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
            // Files, not pipes: a pipe that nobody reads would hold the process up.
            process.standardInput = program.standardInput
            process.standardOutput = try Self.handle(folder + "/1")
            process.standardError = try Self.handle(folder + "/2")
            try process.run()
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        /// Waits for the end, a minute at most: a process that hangs then ends with SIGKILL.
        func wait() -> Ending {
            for _ in 0..<6000 where process.isRunning { usleep(10_000) }
            if process.isRunning { signal(SIGKILL) }
            process.waitUntilExit()
            let status = process.terminationStatus
            return Ending(
                code: process.terminationReason == .uncaughtSignal ? 128 + status : status,
                output: text("1"),
                errors: text("2")
            )
        }

        func signal(_ number: Int32) { kill(process.processIdentifier, number) }

        /// Whether the process was stopped by SIGSTOP, within ten seconds.
        func waitUntilStopped() -> Bool {
            for _ in 0..<2000 {
                let stat =
                    (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)) ?? ""
                if stat.split(separator: ")").last?.hasPrefix(" T") == true { return true }
                if !process.isRunning { return false }
                usleep(5000)
            }
            return false
        }

        private func text(_ name: String) -> String {
            String(decoding: FileManager.default.contents(atPath: folder + "/" + name) ?? Data(), as: UTF8.self)
        }

        private static func handle(_ path: String) throws -> FileHandle {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
            return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        }
    }

    func start() throws -> Running { try Running(self) }
    func run() throws -> Ending { try start().wait() }
}
