import ArgumentParser
import Foundation
import Pipeline

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a folder with a pipeline that runs."
    )

    @Argument(help: "The folder to make.")
    var directory: String

    func run() throws {
        try reportingFailures {
            let files = FileManager.default
            if let names = try? files.contentsOfDirectory(atPath: directory), !names.isEmpty {
                throw Failure(code: 73, message: "etl: \(directory) is not empty; choose a new folder")
            }
            do {
                for (path, content) in Scaffold.files(schema: DefinitionSchema.json(stages: ETLCommand.stages)) {
                    let file = directory + "/" + path
                    try files.createDirectory(
                        atPath: DefinitionFile.directory(of: file),
                        withIntermediateDirectories: true
                    )
                    try Data(content).write(to: URL(fileURLWithPath: file))
                }
            } catch {
                throw Failure(code: 73, message: "etl: cannot create \(directory): \(error.localizedDescription)")
            }
            Terminal.print(
                "made \(directory); try:\n  etl run \(directory)/pipeline.json\n  head -1 \(directory)/output/articles.jsonl"
            )
        }
    }
}
