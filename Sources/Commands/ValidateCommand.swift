import ArgumentParser
import Engine

struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check a definition; every problem with its line and column."
    )

    @OptionGroup var arguments: DefinitionArguments

    func run() throws {
        try reportingFailures {
            let plan = try arguments.plan()
            Terminal.print("\(plan.definition.text.name): valid, \(plan.stages.count) stages")
        }
    }
}
