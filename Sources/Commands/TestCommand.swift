import ArgumentParser
import Engine
import Foundation
import Pipeline

struct TestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Try the cases that stand in a definition's tests.",
        discussion:
            "Nothing is read but the cases' own files, and nothing is written. Exits with 65 when a case does not hold."
    )

    @OptionGroup var arguments: DefinitionArguments

    @Option(help: ArgumentHelp("Write the results as JUnit XML as well.", valueName: "file"), completion: .file())
    var junit: String?

    func run() throws {
        try reportingFailures {
            let plan = try arguments.plan()
            let cases = plan.definition.tests
            if cases.isEmpty {
                let hint = "add \"tests\": [{ \"name\": …, \"input\": { \"text\": … }, \"expect\": {…} }]"
                throw Failure(code: 66, message: "etl: \(plan.definition.text.name) has no tests\n  \(hint)")
            }
            let outcomes = cases.map { TestOutcome(of: $0, in: plan) }
            let report = TestReport(outcomes, definition: plan.definition.text)
            Terminal.print(redact(report.text, secrets: plan.definition.secrets), terminator: "")
            if let junit { try write(redact(report.junit, secrets: plan.definition.secrets), to: junit) }
            if outcomes.contains(where: { !$0.differences.isEmpty }) { throw ExitCode(65) }
        }
    }

    private func write(_ text: String, to path: String) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw Failure(code: 73, message: "etl: \(path) cannot be written: \(error.localizedDescription)")
        }
    }
}
