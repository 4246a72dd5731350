import GRDB

/// Lets the next run read inputs again that an earlier one has read.
public struct InputRetry {
    private let output: String
    private let pipeline: String

    public init(output: String, pipeline: String) {
        self.output = FileSystem.canonical(output)
        self.pipeline = pipeline
    }

    /// - Returns: how many of the inputs were known.
    /// - Throws: ``RunError``: `locked` while a run is under way.
    public func execute(_ paths: [String]) throws(RunError) -> Int {
        let lock = try OutputLock(Folder(output))
        defer { withExtendedLifetime(lock) {} }
        return try StateFile(output: output, pipeline: pipeline).forgetInputs(paths)
    }
}

extension StateFile {
    /// - Returns: how many of them were known.
    fileprivate func forgetInputs(_ paths: [String]) throws(RunError) -> Int {
        try write { database in
            let statement = try database.makeStatement(
                sql: "DELETE FROM notes WHERE stage = 'inputs' AND key = ? AND until IS NULL"
            )
            var count = 0
            for path in paths {
                try statement.execute(arguments: [Self.blob(Array(path.utf8))])
                count += database.changesCount
            }
            return count
        }
    }
}
