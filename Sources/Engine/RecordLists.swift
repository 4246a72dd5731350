import JSON
import Pipeline

/// The lists of what did not reach the end of the chain, and why: one JSON object a line, in source order.
struct RecordLists {
    private let quarantine: OutputFile
    private let duplicates: OutputFile
    private let dropped: OutputFile
    private let secrets: [String]

    init(in folder: Folder, secrets: [String]) throws(RunError) {
        quarantine = try OutputFile(name: "quarantine.jsonl", in: folder)
        duplicates = try OutputFile(name: "duplicates.jsonl", in: folder)
        dropped = try OutputFile(name: "dropped.jsonl", in: folder)
        self.secrets = secrets
    }

    func append(_ outcomes: [Batch.Outcome], stages: [Plan.PlannedStage]) throws(RunError) {
        for outcome in outcomes.sorted(by: { $0.position < $1.position }) {
            let stage = stages[outcome.stage].name
            switch outcome.kind {
            case .failed(let error): try quarantine.write(failed(outcome.record, error, stage), rows: 1)
            case .dropped(let reason) where outcome.record.duplicate != nil && reason == "duplicate":
                try duplicates.write(duplicate(outcome.record), rows: 1)
            case .dropped(let reason): try dropped.write(dropped(outcome.record, reason, stage), rows: 1)
            }
        }
    }

    func finish() throws(RunError) -> [OutputFile.Summary] {
        var summaries = [try quarantine.finish(), try duplicates.finish(), try dropped.finish()]
        for (index, schema) in Self.schemas.enumerated() { summaries[index].schema = schema }
        return summaries
    }

    /// Of the quarantine, of the repeats, of what was dropped.
    private static let schemas: [TableSchema] = {
        let stage = TableSchema.Column("stage", .text, "The stage that decided.")
        let id = TableSchema.Column("id", .text, optional: true, "The article, where it had an id by then.")
        let url = TableSchema.Column("url", .text, optional: true, "Where it was published.")
        let path = TableSchema.Column("path", .text, "The input.")
        let offset = TableSchema.Column("offset", .number, "Byte of the input.")
        let described: [TableSchema.Column] = [
            id, url, .init("outlet", .text, optional: true, "Who published it."),
            .init("title", .text, optional: true, "The headline."),
            .init("published", .time, optional: true, "When it was published."), path, offset,
        ]
        return [
            TableSchema([
                stage, .init("code", .text, "What kind of error."), .init("message", .text, "The error."), path, offset,
                id,
                url,
            ]),
            TableSchema(
                described + [
                    .init("duplicate_of", .text, optional: true, "The id of the article that it repeats."),
                    .init("duplicate_kind", .text, optional: true, "How it repeats it: exact, near, truncated."),
                    .init("duplicate_similarity", .count, optional: true, "How much it repeats of it, in per cent."),
                ]
            ),
            TableSchema(
                [stage, .init("reason", .text, "Why it was dropped.")] + described + [
                    .init("word_count", .count, optional: true, "Words of the text, where they were counted.")
                ]
            ),
        ]
    }()

    private func failed(_ record: RecordSummary, _ error: ArticleError, _ stage: String) -> [UInt8] {
        line { w in
            w.key("stage")
            w.value(stage)
            w.key("code")
            w.value(error.code)
            w.key("message")
            w.value(redact(error.message, secrets: secrets))
            w.key("path")
            w.value(redact(record.path, secrets: secrets))
            w.key("offset")
            w.value(error.offset ?? record.offset)
            w.key("id")
            w.value(record.id)
            w.key("url")
            w.value(record.url)
        }
    }

    private func dropped(_ record: RecordSummary, _ reason: String, _ stage: String) -> [UInt8] {
        line { w in
            w.key("stage")
            w.value(stage)
            w.key("reason")
            w.value(reason)
            describe(record, &w)
            w.key("word_count")
            w.value(record.words)
        }
    }

    private func duplicate(_ record: RecordSummary) -> [UInt8] {
        line { w in
            describe(record, &w)
            w.key("duplicate_of")
            w.value(record.duplicate?.of)
            w.key("duplicate_kind")
            w.value(record.duplicate?.kind)
            w.key("duplicate_similarity")
            w.value(record.duplicate?.similarity)
        }
    }

    private func describe(_ record: RecordSummary, _ writer: inout JSONWriter) {
        writer.key("id")
        writer.value(record.id)
        writer.key("url")
        writer.value(record.url)
        writer.key("outlet")
        writer.value(record.outlet)
        writer.key("title")
        writer.value(record.title)
        writer.key("published")
        writer.value(record.published)
        writer.key("path")
        writer.value(redact(record.path, secrets: secrets))
        writer.key("offset")
        writer.value(record.offset)
    }

    private func line(_ members: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        writer.object(members)
        writer.newline()
        return writer.bytes
    }
}
