import Foundation
import Pipeline

/// Calls the URLs of the definition's `notify`, with curl as a process of its own.
///
/// It gives up after five seconds, so that a monitor that is down costs a warning and never a run. The URL goes to curl
/// through its standard input: a command line can be read by everybody on the machine.
final class Notifier {
    private let notify: Definition.Notify
    private let secrets: [String]
    private var starting: Process?
    /// Told what went wrong.
    private let warn: (String) -> Void

    init(_ definition: Definition, warn: @escaping (String) -> Void) {
        notify = definition.notify
        secrets = definition.secrets
        self.warn = warn
    }

    /// Does not wait: the run goes on while the monitor is told.
    func start() {
        starting = notify.start.flatMap { launch("start", $0, body: nil) }
    }

    func success() { end("success", notify.success, body: nil) }

    func failure(_ message: String) { end("failure", notify.failure, body: redact(message, secrets: secrets)) }

    private func end(_ name: String, _ url: String?, body: String?) {
        // The monitor hears of the start before it hears of the end.
        if let starting { finish("start", starting) }
        if let url, let process = launch(name, url, body: body) { finish(name, process) }
    }

    private func launch(_ name: String, _ url: String, body: String?) -> Process? {
        guard let curl = Self.program else {
            warn("cannot call notify.\(name): curl is not installed")
            return nil
        }
        let process = Process()
        let input = Pipe()
        process.executableURL = URL(fileURLWithPath: curl)
        process.arguments = ["-q", "--config", "-"]
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        process.standardError = Pipe()
        do {
            try process.run()
            try input.fileHandleForWriting.write(contentsOf: Data(Self.configuration(url, body).utf8))
            try input.fileHandleForWriting.close()
            return process
        } catch {
            warn("cannot call notify.\(name): \(error.localizedDescription)")
            return nil
        }
    }

    private func finish(_ name: String, _ process: Process) {
        for _ in 0..<120 where process.isRunning { usleep(50_000) }
        guard !process.isRunning else {
            process.terminate()
            return warn("cannot call notify.\(name): no answer")
        }
        guard process.terminationStatus != 0 else { return }
        let said = (process.standardError as? Pipe).flatMap { try? $0.fileHandleForReading.readToEnd() } ?? Data()
        let reason = String(decoding: said, as: UTF8.self).split(separator: "\n").first ?? "curl failed"
        warn("cannot call notify.\(name): " + redact(String(reason), secrets: secrets))
    }

    private static func configuration(_ url: String, _ body: String?) -> String {
        var lines = [
            "silent", "show-error", "fail", "globoff", "max-time = 5", "proto = \"=http,https\"",
            "url = \(quoted(url))",
        ]
        if let body { lines.append("data-raw = \(quoted(body))") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// As curl reads it (curl(1), --config).
    private static func quoted(_ text: String) -> String {
        let escaped = text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
            .replacingOccurrences(of: "\n", with: "\\n")
        return "\"\(escaped)\""
    }

    /// Under cron the PATH is short, and under `env -i` there is none.
    private static var program: String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let folders = path.split(separator: ":").map(String.init) + ["/usr/bin", "/usr/local/bin", "/bin"]
        return folders.map { $0 + "/curl" }.first { access($0, X_OK) == 0 }
    }
}
