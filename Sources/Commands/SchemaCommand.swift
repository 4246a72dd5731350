import ArgumentParser
import Pipeline

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of pipeline definitions."
    )

    func run() {
        Terminal.print(
            String(decoding: DefinitionSchema.json(stages: ETLCommand.stages), as: UTF8.self),
            terminator: ""
        )
    }
}
