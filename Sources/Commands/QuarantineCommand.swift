import ArgumentParser
import Engine
import Foundation
import JSON

struct QuarantineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quarantine",
        abstract: "List the articles that a run failed on, and why.",
        discussion: """
            With --retry the next run reads their inputs again, also those that `"only": "new"` would pass over: after the \
            inputs or the definition were mended.
            """
    )

    @OptionGroup var arguments: DefinitionArguments

    @Option(name: .customLong("run"), help: ArgumentHelp("The run, by its number; the last one when left out."))
    var wanted = "current"

    @Option(help: "Only failures with this code.")
    var code: String?

    @Flag(help: "Print the entries as they are, JSON Lines.")
    var json = false

    @Flag(help: "Have the next run read the inputs of these articles again.")
    var retry = false

    func run() throws {
        try reportingFailures {
            let output = try OutputRuns(arguments.plan())
            let run = try output.named(wanted)
            let path = output.path("quarantine.jsonl", of: run)
            guard let bytes = FileManager.default.contents(atPath: path) else {
                throw Failure(code: 74, message: "etl: \(path) cannot be read")
            }
            var lines: [String] = []
            var counts: [String: Int] = [:]
            var paths: Set<String> = []
            for line in bytes.split(separator: 0x0A) {
                guard let entry = try? JSONValue(parsing: Array(line)), let code = entry["code"]?.string else {
                    continue
                }
                guard self.code == nil || self.code == code else { continue }
                counts["\(entry["stage"]?.string ?? ""): \(code)", default: 0] += 1
                if let path = entry["path"]?.string { paths.insert(path) }
                lines.append(json ? String(decoding: line, as: UTF8.self) : Self.text(entry, code))
            }
            if retry { return try retry(paths.sorted(), output) }
            if json {
                if !lines.isEmpty { Terminal.print(lines.joined(separator: "\n")) }
                return
            }
            let total = counts.sorted { $0.key < $1.key }.map { "\(grouped($0.value)) × \($0.key)" }
            Terminal.print(
                (lines + ["\(run): " + (total.isEmpty ? "nothing failed" : total.joined(separator: ", "))]).joined(
                    separator: "\n"
                )
            )
        }
    }

    private func retry(_ paths: [String], _ output: OutputRuns) throws {
        let definition = output.plan.definition
        do throws(RunError) {
            let inputs = InputRetry(output: definition.output, pipeline: definition.name)
            let count = try inputs.execute(paths)
            Terminal.print(
                "\(definition.name): \(grouped(paths.count)) inputs failed, \(grouped(count)) of them were known; "
                    + "the next run reads them again"
            )
        } catch {
            throw Failure(error, output.plan)
        }
    }

    private static func text(_ entry: JSONValue, _ code: String) -> String {
        let place = shown(entry["path"]?.string ?? "") + ":\(entry["offset"]?.integer ?? 0)"
        return "\(place): \(entry["stage"]?.string ?? "") \(code): \(shown(entry["message"]?.string ?? ""))"
    }

    /// A name or message of the data as a terminal may show it: no control characters, no change of direction.
    private static func shown(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map {
                    $0.properties.generalCategory == .control || $0.properties.isBidiControl ? "\u{FFFD}" : $0
                }
            )
        )
    }
}
