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

    @Option(help: ArgumentHelp("Write what the run did to this file, for Prometheus.", valueName: "file"))
    var metrics: String?

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
            var metrics = metrics.map { MetricsFile($0, definition: arguments.definition) }
            var log: RunLog?
            do {
                let plan = try checkedPlan()
                metrics?.pipeline = plan.definition.name
                let made = RunLog(plan, format: self.log, isShown: !quiet && (verbose || Terminal.isInteractive))
                log = made
                try execute(plan, made)
                note(metrics?.write(exitCode: 0, counts: made.counts), plan.definition.name)
            } catch let failure as Failure {
                note(metrics?.write(exitCode: failure.code, counts: log?.counts), metrics?.pipeline ?? "")
                throw failure
            }
        }
    }

    private func note(_ warning: String?, _ pipeline: String) {
        if let warning { Terminal.note("\(pipeline): \(warning)") }
    }

    private func execute(_ plan: Plan, _ log: RunLog) throws {
        let notifier = Notifier(plan.definition) { note($0, plan.definition.name) }
        nonisolated(unsafe) var hasBegun = false
        nonisolated(unsafe) let started = notifier
        nonisolated(unsafe) let told = log
        let options = Run.Options(
            jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount,
            batchArticles: batch,
            shouldStop: { Signals.received },
            didBegin: {
                hasBegun = true
                started.start()
            },
            didPublish: Signals.ignore,
            notice: { [quiet] in told.notice($0, isQuiet: quiet) }
        )
        let run = Run(plan, options: options, started: Timestamp(seconds: Int64(time(nil))), progress: log.progress)
        do {
            let result = try patiently { try run.execute() }
            log.finished(result)
            for warning in result.warnings { note(warning, plan.definition.name) }
            notifier.success()
        } catch {
            let failure = log.failure(error)
            // A run that never had the output to itself says nothing of the one that has.
            if hasBegun { notifier.failure(failure.message) }
            throw log.told(failure)
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
