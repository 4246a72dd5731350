import ArgumentParser
import Engine
import Pipeline

struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what would be read and written; nothing is done."
    )

    @OptionGroup var arguments: DefinitionArguments

    @Flag(help: "List every input.")
    var all = false

    func run() throws {
        try reportingFailures {
            let plan = try arguments.plan()
            var lines = ["\(plan.definition.name) (\(plan.definition.text.name))", "", "stages"]
            lines += plan.stages.map {
                "  \($0.number) \($0.name)" + ($0.when == nil ? "" : " (when its condition holds)")
            }
            let inputs = try self.inputs(of: plan)
            let sizes = inputs.compactMap(\.size)
            lines += ["", "reads \(grouped(inputs.count)) inputs, \(grouped(sizes.reduce(0, +))) bytes"]
            let shown = all ? inputs : Array(inputs.prefix(10))
            lines += shown.map { "  \($0.format)  \($0.path)" + ($0.size.map { "  \(grouped($0))" } ?? "") }
            if shown.count < inputs.count {
                lines.append("  … and \(grouped(inputs.count - shown.count)) more (--all)")
            }
            lines += ["", "writes"]
            lines += plan.files.map { "  \(plan.definition.output)/\($0)" }
            Terminal.print(redact(lines.joined(separator: "\n"), secrets: plan.definition.secrets))
        }
    }

    private func inputs(of plan: Plan) throws -> [InputSummary] {
        do {
            return try plan.sources.flatMap { try $0.inputs() }
        } catch let error as SourceError {
            throw Failure(
                code: RunError(error).code.rawValue,
                message: "etl: "
                    + redact(error.message + (error.hint.map { "\n  " + $0 } ?? ""), secrets: plan.definition.secrets)
            )
        }
    }
}
