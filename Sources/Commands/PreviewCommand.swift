import ArgumentParser
import Engine
import Foundation
import Pipeline

struct PreviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract: "Show the first articles before and after each stage; nothing is written."
    )

    @OptionGroup var arguments: DefinitionArguments

    @Option(name: .short, help: "How many articles.")
    var n = 5

    @Option(help: "Only this stage: its name or number.")
    var stage: String?

    func validate() throws {
        if n < 1 { throw ValidationError("-n \(n): expected 1 or more") }
    }

    func run() throws {
        try reportingFailures {
            let plan = try arguments.plan()
            let last = try lastStage(of: plan)
            let entries: [Preview.Entry]
            do {
                let jobs = ProcessInfo.processInfo.activeProcessorCount
                entries = try Preview.entries(of: plan, count: n, through: last ?? .max, jobs: jobs)
            } catch let error as SourceError {
                throw Failure(
                    code: RunError(error).code.rawValue,
                    message: "etl: " + redact(error.message, secrets: plan.definition.secrets)
                )
            } catch let error as RunError {
                throw Failure(error, plan)
            }
            let text = entries.map { PreviewText($0, only: last).text }.joined(separator: "\n")
            Terminal.print(redact(text, secrets: plan.definition.secrets))
        }
    }

    private func lastStage(of plan: Plan) throws -> Int? {
        guard let stage else { return nil }
        if let found = plan.stages.first(where: { $0.name == stage || String($0.number) == stage }) {
            return found.number
        }
        let names = plan.stages.map(\.name)
        let hint = suggestion(for: stage, among: names) ?? "stages: " + names.joined(separator: ", ")
        throw Failure(code: 64, message: "etl: the definition has no stage \"\(stage)\"; \(hint)")
    }
}
