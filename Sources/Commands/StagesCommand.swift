import ArgumentParser
import Pipeline

struct StagesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stages",
        abstract: "List the stages, or explain one."
    )

    @Argument(help: "A stage's name.")
    var name: String?

    @Flag(help: "Print the whole reference in Markdown.")
    var reference = false

    @Flag(help: "Print the README's table of stages.")
    var table = false

    func run() throws {
        try reportingFailures {
            if reference {
                Terminal.print(ReferencePage.markdown(stages: ETLCommand.stages), terminator: "")
            } else if table {
                Terminal.print(ReferencePage.table(stages: ETLCommand.stages, page: "Pipelines/STAGES.md"))
            } else if let name {
                guard let stage = ETLCommand.stages.first(where: { $0.reference.name == name }) else {
                    let names = ETLCommand.stages.map { $0.reference.name }
                    let hint = suggestion(for: name, among: names) ?? "stages: " + names.joined(separator: ", ")
                    throw Failure(code: 64, message: "etl: no stage \"\(name)\"; \(hint)")
                }
                Terminal.print(ReferencePage.markdown(stage: stage), terminator: "")
            } else {
                let width = ETLCommand.stages.map { $0.reference.name.count }.max() ?? 0
                for stage in ETLCommand.stages {
                    let name = stage.reference.name
                    Terminal.print(
                        name + String(repeating: " ", count: width + 2 - name.count) + stage.reference.summary
                    )
                }
            }
        }
    }
}
