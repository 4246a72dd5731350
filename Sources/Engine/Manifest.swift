import Hashing
import JSON
import Language
import Pipeline

/// What a run read, decided and wrote: `manifest.json` of its run directory.
public struct Manifest: Sendable {
    public var run: String
    public var plan: Plan
    public var started: Timestamp
    public var seconds: Double
    public var jobs: Int
    public var counts: RunCounts
    /// SHA-256 over the lines `sha256  path` of the inputs, in source order.
    public var inputsHash: Digest256
    public var skipped: [String: Int]
    public var outputs: [OutputSummary]

    /// A file of the run directory.
    public struct OutputSummary: Sendable {
        public let file: String
        public let rows: Int
        public let bytes: Int
        public let sha256: String
        /// Articles that are new in the file, and that came again with other rows; nil where it holds one run alone.
        public var changes: (added: Int, updated: Int)?
    }

    public var json: [UInt8] {
        var writer = JSONWriter(pretty: true)
        writer.object { w in
            w.key("manifest_version")
            w.value(1)
            w.key("run")
            w.value(run)
            w.key("pipeline")
            w.value(plan.definition.name)
            w.key("definition")
            w.object { w in
                w.key("path")
                w.value(redact(plan.definition.text.name, secrets: plan.definition.secrets))
                w.key("sha256")
                w.value(plan.definition.hash.hex)
            }
            w.key("versions")
            w.object { w in
                w.key("etl")
                w.value(etlVersion)
                w.key("folding")
                w.value(Folding.version)
            }
            w.key("started")
            w.value(started.rfc3339)
            w.key("seconds")
            w.value((seconds * 1000).rounded() / 1000)
            w.key("jobs")
            w.value(jobs)
            w.key("inputs")
            w.object { w in
                w.key("files")
                w.value(counts.inputs)
                w.key("failed")
                w.value(counts.failedInputs)
                w.key("bytes")
                w.value(counts.diskBytes)
                w.key("sha256")
                w.value(inputsHash.hex)
                w.key("skipped")
                w.counts(skipped)
            }
            w.key("articles")
            w.object { w in
                w.key("read")
                w.value(counts.read)
                w.key("kept")
                w.value(counts.kept)
                w.key("dropped")
                w.value(counts.droppedTotal)
                w.key("quarantined")
                w.value(counts.quarantinedTotal)
            }
            w.key("dropped")
            w.counts(counts.dropped)
            w.key("quarantined")
            w.counts(counts.quarantined)
            w.key("removed")
            w.counts(counts.removed)
            w.key("stages")
            w.array { w in
                for (stage, counts) in zip(plan.stages, counts.stages) { Self.append(stage, counts, to: &w) }
            }
            w.key("outputs")
            w.array { w in
                for output in outputs {
                    w.object { w in
                        w.key("file")
                        w.value(output.file)
                        w.key("rows")
                        w.value(output.rows)
                        w.key("bytes")
                        w.value(output.bytes)
                        w.key("sha256")
                        w.value(output.sha256)
                        guard let changes = output.changes else { return }
                        w.key("added")
                        w.value(changes.added)
                        w.key("updated")
                        w.value(changes.updated)
                    }
                }
            }
        }
        writer.newline()
        return writer.bytes
    }

    private static func append(_ stage: Plan.PlannedStage, _ counts: StageCounts, to writer: inout JSONWriter) {
        writer.object { w in
            w.key("number")
            w.value(stage.number)
            w.key("stage")
            w.value(stage.name)
            w.key("in")
            w.value(counts.entered)
            w.key("kept")
            w.value(counts.kept)
            w.key("dropped")
            w.counts(counts.dropped)
            w.key("failed")
            w.value(counts.failed)
            w.key("seconds")
            w.value((Double(counts.nanoseconds) / 1e6).rounded() / 1000)
        }
    }
}

extension JSONWriter {
    /// Counts by name, in the order of the names.
    fileprivate mutating func counts(_ counts: [String: Int]) {
        object { w in
            for (name, count) in counts.sorted(by: { $0.key < $1.key }) {
                w.key(name)
                w.value(count)
            }
        }
    }
}

/// The version of the program, as `etl --version` prints it.
public let etlVersion = "0.1.0"
