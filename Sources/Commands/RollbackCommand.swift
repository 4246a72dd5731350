import ArgumentParser
import Engine

struct RollbackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Show an older run again.",
        discussion: """
            The outputs switch in one step. The runs taken back stay in the output's runs folder until the next run; \
            then they are removed.
            """
    )

    @OptionGroup var arguments: DefinitionArguments

    @Option(
        help: ArgumentHelp(
            "The run to go back to, by its number; the one before the last when left out.",
            valueName: "run"
        )
    )
    var to: String?

    func run() throws {
        try reportingFailures {
            let output = try OutputRuns(arguments.plan())
            let target = try to.map(output.named) ?? previous(output)
            guard target != output.current else {
                throw Failure(code: 64, message: "etl: the outputs show run \(target) already")
            }
            do throws(RunError) {
                let last = try Rollback(
                    output: output.published.output,
                    pipeline: output.plan.definition.name,
                    files: output.plan.links
                )
                .execute(to: target)
                let taken = last.map { " instead of \($0)" } ?? ""
                Terminal.print("\(output.plan.definition.name): the outputs show run \(target)\(taken)")
            } catch {
                throw Failure(error, output.plan)
            }
        }
    }

    private func previous(_ output: OutputRuns) throws -> RunID {
        if let current = output.current, let run = output.runs.last(where: { $0 < current }) { return run }
        throw Failure(code: 66, message: "etl: \(output.plan.definition.name): there is no run to go back to")
    }
}
