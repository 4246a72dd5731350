import ArgumentParser
import Engine

@main
struct ETLCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
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
