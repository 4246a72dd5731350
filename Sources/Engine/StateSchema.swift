import GRDB

/// The tables of the state, and how an older state gets them.
///
/// What a run learnt has the run's number, and in `until` that of the run which replaced or removed it: so a run can be
/// taken back by numbers alone, and what no kept run knows can be pruned.
enum StateSchema {
    /// "etlS": a database of somebody else is told from ours.
    static let applicationID = 0x6574_6C53
    static let version = 2

    static func create(_ database: Database, pipeline: String) throws {
        try database.execute(
            sql: """
                CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
                CREATE TABLE runs (number INTEGER PRIMARY KEY, run TEXT NOT NULL, started TEXT NOT NULL,
                  definition TEXT NOT NULL, read INTEGER NOT NULL, kept INTEGER NOT NULL, dropped INTEGER NOT NULL,
                  quarantined INTEGER NOT NULL, seconds REAL NOT NULL);
                CREATE TABLE notes (stage TEXT NOT NULL, key BLOB NOT NULL, run INTEGER NOT NULL, value BLOB NOT NULL,
                  PRIMARY KEY (stage, key, run)) WITHOUT ROWID;
                PRAGMA application_id = \(applicationID);
                PRAGMA user_version = 1;
                """
        )
        try database.execute(sql: "INSERT INTO meta VALUES ('pipeline', ?)", arguments: [pipeline])
    }

    /// Brings a state of an older program up to this one's version.
    static func migrate(_ database: Database, from version: Int) throws {
        if version < 2 { try database.execute(sql: second) }
    }

    /// Notes that end, and files.
    private static let second = """
        ALTER TABLE notes ADD COLUMN until INTEGER;
        UPDATE notes SET until = (SELECT min(later.run) FROM notes AS later
          WHERE later.stage = notes.stage AND later.key = notes.key AND later.run > notes.run);
        CREATE INDEX endedNotes ON notes (until) WHERE until IS NOT NULL;
        CREATE TABLE files (stage TEXT NOT NULL, run INTEGER NOT NULL, name TEXT NOT NULL, bytes INTEGER NOT NULL,
          sha256 TEXT NOT NULL, until INTEGER, PRIMARY KEY (stage, run, name)) WITHOUT ROWID;
        PRAGMA user_version = 2;
        """
}
