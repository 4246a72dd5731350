import Foundation
import GRDB
import Pipeline

/// What one stage has learnt in a run.
struct StageLearnt: Sendable {
    /// The stage's name, with its place among those of the same name: `dedupe`, `dedupe-2`.
    let stage: String
    var notes: [MemoryNote] = []
    var files: [StoredFile] = []
    var removed: [StoredFile] = []
}

/// A file of a stage as the state knows it: `<output>/.state/<stage>/<run>-<name>`.
struct StoredFile: Sendable, Equatable {
    let stage: String
    let run: Int
    let name: String
    let bytes: Int
    let sha256: String

    /// Its name on the disk; the run's number keeps those of different runs apart.
    var diskName: String { Self.diskName(name, of: run) }

    static func diskName(_ name: String, of run: Int) -> String { "\(run)-\(name)" }
}

/// What the stages remember, as rows: which notes and which files, from which run to which.
extension StateFile {
    /// What the newest run noted under a key.
    func note(of key: [UInt8], _ stage: String) throws(RunError) -> [UInt8]? {
        try read { database in
            let statement = try database.cachedStatement(
                sql: "SELECT value FROM notes WHERE stage = ? AND key = ? AND until IS NULL"
            )
            return try DatabaseValue.fetchOne(statement, arguments: [stage, Self.blob(key)]).map(Self.bytes)
        }
    }

    /// The files that a stage knows; all that some run knows, without a stage.
    func files(of stage: String? = nil) throws(RunError) -> [StoredFile] {
        try read { database in
            let known = stage.map { ("WHERE stage = ? AND until IS NULL", [$0]) } ?? ("", [])
            return try Row.fetchAll(
                database,
                sql: "SELECT * FROM files \(known.0) ORDER BY stage, run, name",
                arguments: StatementArguments(known.1)
            ).map(StoredFile.init)
        }
    }

    static func insert(_ learnt: StageLearnt, of run: Int, _ database: Database) throws {
        let end = try database.makeStatement(
            sql: "UPDATE notes SET until = ? WHERE stage = ? AND key = ? AND until IS NULL AND run < ?"
        )
        let add = try database.makeStatement(
            sql: "INSERT OR REPLACE INTO notes (stage, key, run, value) VALUES (?, ?, ?, ?)"
        )
        for note in learnt.notes {
            try end.execute(arguments: [run, learnt.stage, blob(note.key), run])
            try add.execute(arguments: [learnt.stage, blob(note.key), run, blob(note.value)])
        }
        for file in learnt.removed {
            try database.execute(
                sql: "UPDATE files SET until = ? WHERE stage = ? AND run = ? AND name = ?",
                arguments: [run, file.stage, file.run, file.name]
            )
        }
        for file in learnt.files {
            try database.execute(
                sql: "INSERT INTO files (stage, run, name, bytes, sha256) VALUES (?, ?, ?, ?, ?)",
                arguments: [file.stage, file.run, file.name, file.bytes, file.sha256]
            )
        }
    }

    /// Forgets what was replaced or removed before the oldest run that is kept: nobody can go back to it.
    func prune(before oldest: Int) throws(RunError) {
        try write { database in
            for table in ["notes", "files"] {
                try database.execute(sql: "DELETE FROM \(table) WHERE until <= ?", arguments: [oldest])
            }
        }
    }

    /// Removes the files of stages that no run knows.
    func sweepFiles() throws(RunError) {
        let known = Dictionary(grouping: try files(), by: \.stage).mapValues { Set($0.map(\.diskName)) }
        for stage in try FileSystem.names(in: folder.path) where FileSystem.isFolder(folder.place(stage)) {
            let place = folder.place(stage)
            guard let names = known[stage] else {
                try FileSystem.removeTree(place)
                continue
            }
            for name in try FileSystem.names(in: place) where !names.contains(name) {
                try FileSystem.remove(place + "/" + name)
            }
        }
    }

    static func blob(_ bytes: [UInt8]) -> DatabaseValue { Data(bytes).databaseValue }

    private static func bytes(_ value: DatabaseValue) -> [UInt8] {
        if case .blob(let data) = value.storage { Array(data) } else { [] }
    }
}

extension StoredFile {
    fileprivate init(_ row: Row) {
        self.init(
            stage: row["stage"],
            run: row["run"],
            name: row["name"],
            bytes: row["bytes"],
            sha256: row["sha256"]
        )
    }
}
