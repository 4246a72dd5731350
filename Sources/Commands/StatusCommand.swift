import ArgumentParser
import Engine
import Foundation
import JSON
import Pipeline

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the last published run and how old it is.",
        discussion: "Exits with 1 when nothing was published yet, or nothing within --max-age: for monitors and cron."
    )

    @OptionGroup var arguments: DefinitionArguments

    @Option(help: ArgumentHelp("Exit with 1 when the last run is older.", valueName: "26h"))
    var maxAge: String?

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        if let maxAge, TimeSpan(maxAge) == nil {
            throw ValidationError("--max-age \(maxAge): expected a number with s, m, h or d, such as 26h")
        }
    }

    func run() throws {
        try reportingFailures {
            let output = try OutputRuns(arguments.plan())
            let name = output.plan.definition.name
            guard let current = output.current, output.runs.contains(current) else {
                Terminal.print(json ? #"{"run":null}"# : "\(name): nothing was published yet")
                throw ExitCode(1)
            }
            let report = try output.report(of: current)
            let age = Int64(time(nil)) - report.startedSeconds
            Terminal.print(json ? Self.json(report, age) : text(report, age, output))
            if let limit = maxAge.flatMap({ TimeSpan($0) }), age > limit.seconds {
                Terminal.note("\(name): the last run is \(TimeSpan(seconds: age).text) old, older than \(maxAge ?? "")")
                throw ExitCode(1)
            }
        }
    }

    private func text(_ report: RunReport, _ age: Int64, _ output: OutputRuns) -> String {
        var lines = ["\(output.plan.definition.name): run \(report.run), \(TimeSpan(seconds: age).text) ago"]
        lines.append(
            "  \(grouped(report.read)) read, \(grouped(report.kept)) kept, \(grouped(report.dropped)) dropped, "
                + "\(grouped(report.quarantined)) quarantined in \(report.seconds) s"
        )
        for file in report.files where output.plan.files.contains(file.file) {
            lines.append("  \(grouped(file.rows)) rows in \(output.published.output)/\(file.file)")
        }
        if report.definitionHash != output.plan.definition.hash.hex {
            lines.append("  the definition has changed since")
        }
        return lines.joined(separator: "\n")
    }

    private static func json(_ report: RunReport, _ age: Int64) -> String {
        var writer = JSONWriter()
        writer.object { w in
            w.key("run")
            w.value(report.run.description)
            w.key("started")
            w.value(report.started)
            w.key("age_seconds")
            w.value(Int(age))
            w.key("read")
            w.value(report.read)
            w.key("kept")
            w.value(report.kept)
            w.key("dropped")
            w.value(report.dropped)
            w.key("quarantined")
            w.value(report.quarantined)
        }
        return writer.text
    }
}
