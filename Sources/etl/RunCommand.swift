import ArgumentParser
import Engine
import Foundation
import JSON
import Language
import Pipeline

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a pipeline and publish its outputs.",
        discussion:
            "Quiet without a terminal unless something fails. Until the moment of publishing the last outputs stay as they are."
    )

    @OptionGroup var arguments: DefinitionArguments

    @Option(help: "Workers; the number of processors when left out. The outputs are the same for any number.")
    var jobs: Int?

    @Option(help: "Articles that travel together at most. The outputs are the same for any number.")
    var batch = 256

    @Option(help: "The form of messages on the standard error: text or json.")
    var log = LogFormat.text

    @Option(help: ArgumentHelp("Wait so long for another run to end instead of leaving with 75.", valueName: "10m"))
    var wait: String?

    @Flag(help: "Say nothing unless something fails.")
    var quiet = false

    @Flag(help: "Print the summary even without a terminal.")
    var verbose = false

    enum LogFormat: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    func validate() throws {
        if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs \(jobs): expected 1 to 1024") }
        if batch < 1 { throw ValidationError("--batch \(batch): expected 1 or more") }
        if let wait, TimeSpan(wait) == nil {
            throw ValidationError("--wait \(wait): expected a number with s, m, h or d, such as 10m")
        }
        if quiet, verbose { throw ValidationError("--quiet and --verbose exclude one another") }
    }

    func run() throws {
        try reportingFailures {
            Signals.install()
            let plan = try checkedPlan()
            let isShown = !quiet && (verbose || Terminal.isInteractive)
            let log = RunLog(plan, format: log, isShown: isShown)
            let cores = jobs ?? ProcessInfo.processInfo.activeProcessorCount
            let options = Run.Options(
                jobs: cores,
                batchArticles: batch,
                shouldStop: { Signals.received },
                didPublish: Signals.ignore
            )
            let run = Run(plan, options: options, started: Timestamp(seconds: Int64(time(nil))), progress: log.progress)
            do {
                let result = try patiently { try run.execute() }
                log.finished(result)
                for warning in result.warnings { Terminal.note("\(plan.definition.name): \(warning)") }
            } catch {
                throw log.failed(error, secrets: plan.definition.secrets)
            }
        }
    }

    /// The plan; what is wrong with the definition is told in the form that was asked for.
    private func checkedPlan() throws -> Plan {
        do {
            return try arguments.plan()
        } catch let failure as Failure where log == .json {
            throw RunLog.event(of: failure, pipeline: arguments.definition)
        }
    }

    /// Tries once a second while another run holds the output, as long as --wait says.
    private func patiently(_ execute: () throws -> Run.Result) throws -> Run.Result {
        var left = wait.flatMap { TimeSpan($0)?.seconds } ?? 0
        while true {
            do {
                return try execute()
            } catch let error as RunError where error.code == .locked && left > 0 && Signals.received == nil {
                left -= 1
                sleep(1)
            }
        }
    }
}
