import Hashing
import JSON
import Language

/// What the manifest of an earlier run says.
public struct RunReport: Sendable {
    public let run: RunID
    public let pipeline: String
    public let definitionHash: String
    /// RFC 3339, UTC.
    public let started: String
    /// The same in seconds since 1970; 0 when the text is no time.
    public var startedSeconds: Int64 {
        let parts = started.split { !$0.isNumber }.compactMap { Int($0) }
        guard parts.count == 6 else { return 0 }
        let moment = Timestamp(
            year: parts[0],
            month: parts[1],
            day: parts[2],
            hour: parts[3],
            minute: parts[4],
            second: parts[5]
        )
        return moment?.seconds ?? 0
    }
    public let seconds: Double
    public let read: Int
    public let kept: Int
    public let dropped: Int
    public let quarantined: Int
    /// What lies in the run's folder, in the order of the chain.
    let outputs: [OutputFile.Summary]
    /// Files with their numbers of rows.
    public var files: [(file: String, rows: Int)] { outputs.map { ($0.name, $0.rows) } }

    init(
        run: RunID,
        started: String,
        definitionHash: String,
        seconds: Double,
        read: Int,
        kept: Int,
        dropped: Int,
        quarantined: Int
    ) {
        self.run = run
        self.started = started
        self.definitionHash = definitionHash
        self.seconds = seconds
        self.read = read
        self.kept = kept
        self.dropped = dropped
        self.quarantined = quarantined
        pipeline = ""
        outputs = []
    }

    /// - Returns: nil for a run without a manifest, or with one that cannot be read.
    init?(_ run: RunID, manifest bytes: [UInt8]?) {
        guard let bytes, let manifest = try? JSONValue(parsing: bytes), let articles = manifest["articles"],
            let started = manifest["started"]?.string
        else { return nil }
        self.run = run
        self.started = started
        pipeline = manifest["pipeline"]?.string ?? ""
        definitionHash = manifest["definition"]?["sha256"]?.string ?? ""
        seconds = manifest["seconds"]?.double ?? 0
        read = articles["read"]?.integer ?? 0
        kept = articles["kept"]?.integer ?? 0
        dropped = articles["dropped"]?.integer ?? 0
        quarantined = articles["quarantined"]?.integer ?? 0
        outputs = (manifest["outputs"]?.elements ?? []).compactMap { output in
            guard let file = output["file"]?.string,
                let sha256 = output["sha256"]?.string.flatMap({ Digest256(hex: $0) })
            else { return nil }
            return OutputFile.Summary(
                name: file,
                rows: output["rows"]?.integer ?? 0,
                bytes: output["bytes"]?.integer ?? 0,
                sha256: sha256
            )
        }
    }
}

extension PublishedRuns {
    /// What the manifest of a run says; nil when it cannot be read.
    public func report(of run: RunID) -> RunReport? {
        RunReport(run, manifest: FileSystem.contents(path(of: run) + "/manifest.json"))
    }
}
