import ArgumentParser
import Engine

struct HistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "List the published runs, the newest first.",
        discussion: "The run that the outputs show is marked with *. `keepRuns` says how many stay."
    )

    @OptionGroup var arguments: DefinitionArguments

    func run() throws {
        try reportingFailures {
            let output = try OutputRuns(arguments.plan())
            guard !output.runs.isEmpty else {
                Terminal.print("\(output.plan.definition.name): nothing was published yet")
                return
            }
            var lines = ["  run                            read       kept    dropped quarantined    seconds"]
            for run in output.runs.reversed() {
                let report = try output.report(of: run)
                let counts = [report.read, report.kept, report.dropped, report.quarantined].map(grouped)
                let cells = zip(counts + ["\(report.seconds)"], [11, 11, 11, 12, 11]).map { column($0, $1) }
                lines.append("\(run == output.current ? "*" : " ") \(run)" + cells.joined())
            }
            Terminal.print(lines.joined(separator: "\n"))
        }
    }

    private func column(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(1, width - text.count)) + text
    }
}
