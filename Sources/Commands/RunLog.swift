import Engine
import Foundation
import JSON
import Pipeline

/// Tells people, or a log collector, how a run goes. Everything goes to the standard error.
final class RunLog {
    private let format: RunCommand.LogFormat
    private let isShown: Bool
    private let name: String
    private let stages: [Plan.PlannedStage]
    private let secrets: [String]
    private let start = Date()
    /// What the run has done so far.
    private(set) var counts: RunCounts?
    private var lastShown = Date.distantPast

    init(_ plan: Plan, format: RunCommand.LogFormat, isShown: Bool) {
        self.format = format
        self.isShown = isShown
        name = plan.definition.name
        secrets = plan.definition.secrets
        stages = plan.stages
        if format == .json { event("run_started") { _ in } }
    }

    /// Shows where the run is, five times a second, on a terminal only.
    func progress(_ counts: RunCounts) {
        if !counts.isSurvey { self.counts = counts }
        guard isShown, format == .text, Terminal.isInteractive else { return }
        let now = Date()
        guard now.timeIntervalSince(lastShown) >= 0.2 else { return }
        lastShown = now
        Terminal.write("\r\u{1B}[K" + line(counts, seconds: now.timeIntervalSince(start)), to: 2)
    }

    private func line(_ counts: RunCounts, seconds: Double) -> String {
        let rate = Int(Double(counts.read) / max(seconds, 0.001))
        var line = "\(grouped(counts.read)) articles · \(grouped(rate))/s"
        if let total = counts.totalBytes, total > 0, counts.inputBytes > 0 {
            let share = min(1, Double(counts.inputBytes) / Double(total))
            let left = Int(seconds / share - seconds)
            line += " · \(Int(share * 100)) % · \(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left"
        }
        if counts.isSurvey { return String("first pass · \(line)".prefix(Terminal.width - 1)) }
        // What each stage that can drop has let through.
        for (stage, counts) in zip(stages, counts.stages) where !(stage.stage is any Source || stage.stage is any Sink)
        {
            line += " · \(stage.name) \(grouped(counts.kept))"
        }
        if counts.quarantinedTotal > 0 { line += " · \(grouped(counts.quarantinedTotal)) quarantined" }
        return String(line.prefix(Terminal.width - 1))
    }

    /// Tells of a run that was interrupted, and what becomes of its work.
    func notice(_ notice: RunNotice, isQuiet: Bool) {
        let text: String
        switch notice {
        case .continues(let articles):
            if format == .json {
                return event("run_continued") { w in
                    w.key("articles")
                    w.value(articles)
                }
            }
            text = "continuing an interrupted run: \(grouped(articles)) articles are done"
        case .startsAfresh(let reason):
            if format == .json {
                return event("run_started_afresh") { w in
                    w.key("because")
                    w.value(reason)
                }
            }
            text = "an interrupted run is not continued: \(reason); starting afresh"
        case .keepsNoJournal(let reason):
            text = "should this run be interrupted, the next one starts afresh: \(reason)"
        }
        if case .keepsNoJournal = notice {} else if isQuiet { return }
        clearLine()
        Terminal.note("\(name): \(redact(text, secrets: secrets))")
    }

    private func clearLine() {
        if isShown, Terminal.isInteractive, format == .text { Terminal.write("\r\u{1B}[K", to: 2) }
    }

    func finished(_ result: Run.Result) {
        let manifest = result.manifest
        if format == .json {
            event("run_finished") { w in
                w.key("run")
                w.value(manifest.run)
                w.key("published")
                w.value(result.isPublished)
                w.key("read")
                w.value(manifest.counts.read)
                w.key("kept")
                w.value(manifest.counts.kept)
                w.key("dropped")
                w.value(manifest.counts.droppedTotal)
                w.key("quarantined")
                w.value(manifest.counts.quarantinedTotal)
                w.key("seconds")
                w.value(manifest.seconds)
            }
        } else if isShown {
            Terminal.write((Terminal.isInteractive ? "\r\u{1B}[K" : "") + RunSummary(result).text, to: 2)
        }
    }

    /// Exit code and message of what ended the run.
    func failure(_ error: any Error) -> Failure {
        let (code, message): (Int32, String)
        switch error {
        case let error as RunError:
            (code, message) = (error.code.rawValue, error.message + (error.hint.map { "\n  " + $0 } ?? ""))
        case let error as RunInterrupted:
            (code, message) = (128 + error.signal, "stopped by signal \(error.signal); nothing was published")
        default: (code, message) = (70, "\(error)")
        }
        return Failure(code: code, message: redact(message, secrets: secrets))
    }

    /// The failure to exit with, told in the form that was asked for.
    func told(_ failure: Failure) -> Failure {
        clearLine()
        guard format == .json else { return Failure(code: failure.code, message: "etl: \(name): \(failure.message)") }
        return Self.event(of: failure, pipeline: name)
    }

    /// Tells a failure as an event; the failure that is left to exit with says nothing more.
    static func event(of failure: Failure, pipeline: String) -> Failure {
        event("run_failed", pipeline: pipeline) { w in
            w.key("exit_code")
            w.value(Int(failure.code))
            w.key("message")
            w.value(failure.message)
        }
        return Failure(code: failure.code, message: "")
    }

    private func event(_ event: String, _ members: (inout JSONWriter) -> Void) {
        Self.event(event, pipeline: name, members)
    }

    private static func event(_ event: String, pipeline: String, _ members: (inout JSONWriter) -> Void) {
        var writer = JSONWriter()
        writer.object { w in
            w.key("event")
            w.value(event)
            w.key("pipeline")
            w.value(pipeline)
            members(&w)
        }
        Terminal.write(writer.text + "\n", to: 2)
    }
}

/// 1,234,567
func grouped(_ number: Int) -> String {
    let digits = Array(String(abs(number)))
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
        text.append(digit)
    }
    return text
}
