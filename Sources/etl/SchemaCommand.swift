import ArgumentParser
import Pipeline
import Stages

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of pipeline definitions."
    )

    func run() {
        Terminal.print(String(decoding: DefinitionSchema.json(stages: standardStages), as: UTF8.self), terminator: "")
    }
}
