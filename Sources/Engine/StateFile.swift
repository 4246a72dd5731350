import Foundation
import GRDB
import Pipeline

/// What later runs of a pipeline must remember: `<output>/.state/state.sqlite`.
///
/// One transaction adds a run with all that it learnt, just before the outputs switch to it; so the state is never
/// behind the outputs, and a start that finds it ahead finishes the switch. In WAL mode with full flushes a commit
/// outlasts a power cut.
final class StateFile: Sendable {
    let path: String
    /// The folder of the state; each stage that leaves files has one in it.
    let folder: Folder
    private let queue: DatabaseQueue

    /// Opens the state of an output, or begins it.
    ///
    /// - Throws: ``RunError``; `refused` when the file is damaged, newer than this program, or another's.
    init(output: String, pipeline: String) throws(RunError) {
        let folder = output + "/.state"
        try FileSystem.makeFolders(folder)
        let path = folder + "/state.sqlite"
        self.path = path
        var configuration = Configuration()
        configuration.journalMode = .wal
        // Somebody may be looking at the state just when a run commits.
        configuration.busyMode = .timeout(30)
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        queue = try Self.explaining(path) { try DatabaseQueue(path: path, configuration: configuration) }
        let owner = try Self.explaining(path) { [queue] in try queue.write { try Self.prepare($0, path, pipeline) } }
        guard owner == pipeline else {
            throw Self.refusal(path, "belongs to the pipeline \"\(owner)\", not to \"\(pipeline)\"")
        }
        self.folder = try Folder(folder)
        try self.folder.sync()
    }

    /// Checks what is there, or creates the tables; returns the name of the pipeline that it belongs to.
    private static func prepare(_ database: Database, _ path: String, _ pipeline: String) throws -> String {
        let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        if tables == 0 { try StateSchema.create(database, pipeline: pipeline) }
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        guard application == StateSchema.applicationID else {
            throw refusal(path, "is a database of another program")
        }
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard version <= StateSchema.version else {
            throw refusal(
                path,
                "was written by a newer etl (schema \(version), this one knows \(StateSchema.version))"
            )
        }
        if let problem = try String.fetchOne(database, sql: "PRAGMA quick_check(1)"), problem != "ok" {
            throw refusal(path, "is damaged (\(problem))")
        }
        try StateSchema.migrate(database, from: version)
        return try String.fetchOne(database, sql: "SELECT value FROM meta WHERE key = 'pipeline'") ?? pipeline
    }

    /// Works with the database in one transaction.
    func write<Value: Sendable>(_ body: (Database) throws -> Value) throws(RunError) -> Value {
        try Self.explaining(path) { [queue] in try queue.write(body) }
    }

    func read<Value: Sendable>(_ body: (Database) throws -> Value) throws(RunError) -> Value {
        try Self.explaining(path) { [queue] in try queue.read(body) }
    }

    // MARK: Runs

    /// The newest run that the state knows: the one that the outputs have to show.
    func lastRun() throws(RunError) -> RunID? {
        try read { try String.fetchOne($0, sql: "SELECT run FROM runs ORDER BY number DESC LIMIT 1") }
            .flatMap { RunID($0) }
    }

    /// Every run that was published and not taken back, the oldest first; also those whose folders are gone.
    func history() throws(RunError) -> [RunReport] {
        try read { try Row.fetchAll($0, sql: "SELECT * FROM runs ORDER BY number").compactMap(RunReport.init) }
    }

    /// Adds a run and what its stages learnt; from here on it is published, even if the program dies before the switch.
    func commit(_ report: RunReport, learnt: [StageLearnt]) throws(RunError) {
        let code = FileSystem.attempt(.commit, path) { 0 }
        guard code == 0 else { throw FileSystem.failure(code, "commit", path) }
        try write { database in
            try Self.insert(report, database)
            for stage in learnt { try Self.insert(stage, of: report.run.number, database) }
        }
    }

    /// Adds runs that were published before there was a state.
    func adopt(_ reports: [RunReport]) throws(RunError) {
        try write { database in for report in reports { try Self.insert(report, database) } }
    }

    /// Forgets every run after this one, with all that they learnt.
    ///
    /// - Parameter returning: the outputs still have to be switched back; remembered until ``finishReturn()``.
    func forget(after run: Int, returning: Bool = false) throws(RunError) {
        try write { database in
            for table in ["notes", "files"] {
                try database.execute(sql: "DELETE FROM \(table) WHERE run > ?", arguments: [run])
                try database.execute(sql: "UPDATE \(table) SET until = NULL WHERE until > ?", arguments: [run])
            }
            try database.execute(sql: "DELETE FROM runs WHERE number > ?", arguments: [run])
            if returning { try database.execute(sql: "INSERT OR REPLACE INTO meta VALUES ('returning', '')") }
        }
    }

    /// Whether the outputs still have to be switched back to the last run.
    func isReturning() throws(RunError) -> Bool {
        try read { try Bool.fetchOne($0, sql: "SELECT count(*) FROM meta WHERE key = 'returning'") ?? false }
    }

    func finishReturn() throws(RunError) {
        try write { try $0.execute(sql: "DELETE FROM meta WHERE key = 'returning'") }
    }

    private static func insert(_ report: RunReport, _ database: Database) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                report.run.number, report.run.description, report.started, report.definitionHash, report.read,
                report.kept, report.dropped, report.quarantined, report.seconds,
            ]
        )
    }

    // MARK: Failures

    /// Turns the database's errors into the run's.
    private static func explaining<Value>(_ path: String, _ body: () throws -> Value) throws(RunError) -> Value {
        do {
            return try body()
        } catch let error as RunError {
            throw error
        } catch let error as DatabaseError {
            let message = error.message ?? "\(error.resultCode)"
            switch error.resultCode {
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: throw refusal(path, "is damaged (\(message))")
            case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
                throw RunError(
                    .cannotCreate,
                    "cannot open \(path): \(message)",
                    hint: "who runs etl has to own \(FileSystem.parent(of: path) ?? path) and all in it"
                )
            default: throw RunError(.ioError, "cannot work with \(path): \(message)")
            }
        } catch {
            throw RunError(.ioError, "cannot work with \(path): \(error)")
        }
    }

    static func refusal(_ path: String, _ problem: String, hint: String? = nil) -> RunError {
        RunError(
            .refused,
            "the state \(path) \(problem)",
            hint: hint
                ?? "nothing was changed; put the right file there, or begin it anew from the published runs: etl state DEFINITION --rebuild"
        )
    }
}

extension RunReport {
    fileprivate init?(_ row: Row) {
        guard let run = RunID(row["run"]) else { return nil }
        self.init(
            run: run,
            started: row["started"],
            definitionHash: row["definition"],
            seconds: row["seconds"],
            read: row["read"],
            kept: row["kept"],
            dropped: row["dropped"],
            quarantined: row["quarantined"]
        )
    }
}
