import ArgumentParser
import Engine
import Pipeline

/// The command line: every command, on the stages it is given.
///
/// A program of your own calls ``main(stages:)`` with stages of its own behind the standard ones.
public struct ETLCommand: ParsableCommand {
    /// The stages that a definition may name. Set once, before anything is parsed.
    nonisolated(unsafe) private(set) static var stages: [any Stage.Type] = []

    /// Runs the command that the arguments name, and exits with its code.
    public static func main(stages: [any Stage.Type]) {
        self.stages = stages
        main()
    }

    public init() {}

    public static let configuration = CommandConfiguration(
        commandName: "etl",
        abstract: "Turns scraped news into clean, deduplicated, tagged tables.",
        discussion: """
            Exit codes: 0 done · 64 usage · 65 a guard or the data refused the run · 66 no input · 69 a source \
            unavailable · 70 a bug here · 73 cannot create output · 74 I/O error, disk full · 75 another run holds the \
            lock · 77 permission · 78 bad definition · 128+n signal n.
            """,
        version: etlVersion,
        subcommands: [
            RunCommand.self, ValidateCommand.self, PlanCommand.self, PreviewCommand.self,
            TestCommand.self, GraphCommand.self, StagesCommand.self,
            SchemaCommand.self,
            InitCommand.self,
            StatusCommand.self,
            HistoryCommand.self,
            DiffCommand.self,
            RollbackCommand.self,
            QuarantineCommand.self,
            CronCommand.self,
            StateCommand.self,
        ]
    )
}
