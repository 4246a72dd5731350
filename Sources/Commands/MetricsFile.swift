import Engine
import Foundation
import Pipeline

/// What the last run did as gauges for Prometheus: a file for node_exporter's textfile collector.
///
/// It is written to the end of every run, of failed ones too, and replaced by one rename, so that nobody reads half of
/// it.
struct MetricsFile {
    private let path: String
    private let start = Date()
    var pipeline: String

    /// - Parameter definition: the path of the definition, whose name the pipeline has until it is known.
    init(_ path: String, definition: String) {
        self.path = path
        let name = definition.split(separator: "/").last.map(String.init) ?? definition
        pipeline = name.hasSuffix(".json") ? String(name.dropLast(5)) : name
    }

    /// - Returns: what went wrong; nil when the file was written.
    func write(exitCode: Int32, counts: RunCounts?) -> String? {
        let temporary = "\(path).\(getpid()).tmp"
        if write(text(exitCode: exitCode, counts, end: Date()), to: temporary), rename(temporary, path) == 0 {
            return nil
        }
        let problem = String(cString: strerror(errno))
        unlink(temporary)
        return "cannot write the metrics to \(path): \(problem)"
    }

    /// - Returns: false when it failed; `errno` says why.
    private func write(_ text: String, to path: String) -> Bool {
        guard let file = fopen(path, "w") else { return false }
        let written = fputs(text, file) >= 0
        return fclose(file) == 0 && written
    }

    private func text(exitCode: Int32, _ counts: RunCounts?, end: Date) -> String {
        let now = Int(end.timeIntervalSince1970)
        var page = MetricsPage(pipeline: pipeline)
        page.add("etl_run_success", "Whether the last run ended with exit code 0.", exitCode == 0 ? "1" : "0")
        page.add("etl_run_exit_code", "The exit code of the last run.", "\(exitCode)")
        page.add("etl_run_end_timestamp_seconds", "When the last run ended.", "\(now)")
        if let success = exitCode == 0 ? "\(now)" : lastSuccess {
            page.add(Self.success, "When the last run that succeeded ended.", success)
        }
        let seconds = (end.timeIntervalSince(start) * 1000).rounded() / 1000
        page.add("etl_run_duration_seconds", "How long the last run took.", "\(seconds)")
        guard let counts else { return page.text }
        page.add("etl_run_inputs", "Inputs that the last run read.", "\(counts.inputs)")
        page.add(
            "etl_run_failed_inputs",
            "Inputs that could not be read to their end.",
            "\(counts.failedInputs)"
        )
        page.add("etl_run_input_bytes", "Bytes of the inputs on disk.", "\(counts.diskBytes)")
        page.add("etl_run_articles_read", "Articles that the last run read.", "\(counts.read)")
        page.add("etl_run_articles_kept", "Articles that the last run kept.", "\(counts.kept)")
        page.add("etl_run_articles_dropped", "Articles that were dropped.", by: "reason", counts.dropped)
        page.add("etl_run_articles_quarantined", "Articles that failed.", by: "code", counts.quarantined)
        return page.text
    }

    private static let success = "etl_run_last_success_timestamp_seconds"

    /// A failed run keeps the line of the one before.
    private var lastSuccess: String? {
        guard let old = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        let line = old.split(separator: "\n").last { $0.hasPrefix(Self.success + "{") }
        return line?.split(separator: " ").last.map(String.init)
    }
}

/// The text format of Prometheus, version 0.0.4.
private struct MetricsPage {
    private let pipeline: String
    private(set) var text = ""

    init(pipeline: String) {
        self.pipeline = Self.escaped(pipeline)
    }

    mutating func add(_ name: String, _ help: String, _ value: String) {
        open(name, help)
        text += "\(name){pipeline=\"\(pipeline)\"} \(value)\n"
    }

    mutating func add(_ name: String, _ help: String, by label: String, _ values: [String: Int]) {
        open(name, help)
        for (key, value) in values.sorted(by: { $0.key < $1.key }) {
            text += "\(name){pipeline=\"\(pipeline)\",\(label)=\"\(Self.escaped(key))\"} \(value)\n"
        }
    }

    private mutating func open(_ name: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) gauge\n"
    }

    private static func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
            .replacingOccurrences(of: "\n", with: "\\n")
    }
}
