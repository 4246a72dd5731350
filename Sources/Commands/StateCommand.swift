import ArgumentParser
import Engine

struct StateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "state",
        abstract: "Check what later runs remember, or begin it anew.",
        discussion: "Exits with 65 when the state is damaged, newer than this program, or belongs to another pipeline."
    )

    @OptionGroup var arguments: DefinitionArguments

    @Flag(help: "Put the state aside, to .state.old, and begin a new one that knows the published runs.")
    var rebuild = false

    func run() throws {
        try reportingFailures {
            let plan = try arguments.plan()
            let state = StateCheck(output: plan.definition.output, pipeline: plan.definition.name)
            do throws(RunError) {
                guard let history = rebuild ? try state.rebuild() : try state.history() else {
                    return Terminal.print("\(plan.definition.name): there is no state yet")
                }
                let last = history.last.map { ", the last one \($0.run)" } ?? ""
                Terminal.print(
                    "\(plan.definition.name): the state is whole; it knows \(grouped(history.count)) runs\(last)"
                )
            } catch {
                throw Failure(error, plan)
            }
        }
    }
}
