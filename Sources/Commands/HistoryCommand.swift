import ArgumentParser
import Engine

struct HistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "List the published runs, the newest first.",
        discussion:
            "The run that the outputs show is marked with *. `keepRuns` says how many stay; --all lists the others too."
    )

    @OptionGroup var arguments: DefinitionArguments

    @Flag(help: "Also the runs whose folders were removed since, as the state remembers them.")
    var all = false

    func run() throws {
        try reportingFailures {
            let output = try OutputRuns(arguments.plan())
            let reports = try all ? remembered(output) : output.runs.map(output.report)
            guard !reports.isEmpty else {
                Terminal.print("\(output.plan.definition.name): nothing was published yet")
                return
            }
            var lines = ["  run                            read       kept    dropped quarantined    seconds"]
            for report in reports.reversed() {
                let counts = [report.read, report.kept, report.dropped, report.quarantined].map(grouped)
                let cells = zip(counts + ["\(report.seconds)"], [11, 11, 11, 12, 11]).map { column($0, $1) }
                lines.append("\(report.run == output.current ? "*" : " ") \(report.run)" + cells.joined())
            }
            Terminal.print(lines.joined(separator: "\n"))
        }
    }

    private func remembered(_ output: OutputRuns) throws -> [RunReport] {
        let state = StateCheck(output: output.published.output, pipeline: output.plan.definition.name)
        do throws(RunError) {
            return try state.history() ?? []
        } catch {
            throw Failure(error, output.plan)
        }
    }

    private func column(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(1, width - text.count)) + text
    }
}
