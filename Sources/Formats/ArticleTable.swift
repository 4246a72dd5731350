import JSON
import Pipeline

/// The table of articles: what JSON Lines say of one, with types.
enum ArticleTable {
    static let schema = TableSchema([
        .init("id", .text, "The input's own id, else one that is the same in every run."),
        .init("url", .text, optional: true, "Where it was published."),
        .init("source", .text, optional: true, "Where the input says it was collected from."),
        .init("outlet", .text, optional: true, "Who published it."),
        .init("title", .text, optional: true, "The headline."),
        .init("authors", .list(.text), "Who wrote it."),
        .init("published", .time, optional: true, "When it was published."),
        .init("modified", .time, optional: true, "When it was changed last."),
        .init("language", .text, optional: true, "ISO 639-1."),
        .init("section", .text, optional: true, "The outlet's own section."),
        .init("keywords", .list(.text), "The outlet's own keywords."),
        .init("excerpt", .text, optional: true, "The outlet's own summary."),
        .init("text", .text, "Paragraphs, one a line."),
        .init("word_count", .count, optional: true, "Words of the text."),
        .init("content_hash", .text, optional: true, "SHA-256 of the folded text, in hexadecimal."),
        .init("duplicate_of", .text, optional: true, "The id of the article that this one repeats."),
        .init("duplicate_kind", .text, optional: true, "How it repeats it: exact, near, truncated."),
        .init("duplicate_similarity", .count, optional: true, "How much it repeats of it, in per cent."),
        .init("entities", .list(.structure(entity)), "What the text mentions, in its order."),
        .init("extra", .object, "Fields of the input that have no place of their own."),
        .init("provenance", .structure(provenance), "Where the article came from, to the byte."),
    ])

    /// An entity inside an article.
    static let entity: [TableSchema.Column] = [
        .init("start", .count, "Unicode code points before the mention."),
        .init("end", .count, "Unicode code points up to its end: text[start:end] is the mention."),
        .init("text", .text, "The mention as it stands in the text."),
        .init("type", .text, "PER, LOC, ORG, EVENT, MISC, DATE, NUMBER, MONEY or PERCENT."),
        .init("id", .text, optional: true, "Which one is meant."),
        .init("name", .text, optional: true, "Its canonical name."),
        .init("source", .text, "What found it: list, grammar or model."),
        .init("clitic", .text, optional: true, "The particle that is written together with it."),
        .init("value", .text, optional: true, "The value of a date (ISO 8601) or of a number."),
    ]

    private static let provenance: [TableSchema.Column] = [
        .init("path", .text, "The input."),
        .init("offset", .number, "Byte of the input at which the record starts."),
        .init("sha256", .text, "SHA-256 of the record's bytes, in hexadecimal."),
        .init("format", .text, "text, html, jsonl or csv."),
        .init("encoding", .text, "The character encoding."),
        .init("encoding_from", .text, "How the encoding was decided."),
        .init("published", .text, optional: true, "The time of publication as the input has it."),
        .init(
            "removed",
            .list(.structure([.init("text", .text, "The line."), .init("reason", .text, "Why it was removed.")])),
            optional: true,
            "Boilerplate that was removed, where that was asked for."
        ),
    ]

    /// Appends the article's row.
    static func append(_ article: Article, to cells: inout CellWriter) {
        cells.value(article.id ?? "")
        cells.optional(article.url)
        cells.optional(article.source)
        cells.optional(article.outlet)
        cells.optional(article.title)
        cells.list(article.authors)
        cells.optional(article.published)
        cells.optional(article.modified)
        cells.optional(article.language)
        cells.optional(article.section)
        cells.list(article.keywords)
        cells.optional(article.excerpt)
        cells.value(article.text)
        cells.optional(article.wordCount)
        cells.optional(article.contentHash?.hex)
        cells.optional(article.duplicate?.of)
        cells.optional(article.duplicate?.kind)
        cells.optional(article.duplicate?.similarity)
        cells.length(article.entities.count)
        for entity in article.entities { append(entity, to: &cells) }
        cells.value(extra(of: article))
        append(article.provenance, to: &cells)
    }

    static func append(_ entity: Entity, to cells: inout CellWriter) {
        cells.value(entity.start)
        cells.value(entity.end)
        cells.value(entity.text)
        cells.value(entity.type)
        cells.optional(entity.id)
        cells.optional(entity.name)
        cells.value(entity.source)
        cells.optional(entity.clitic)
        cells.optional(entity.value)
    }

    private static func append(_ provenance: Provenance, to cells: inout CellWriter) {
        cells.value(provenance.path)
        cells.value(provenance.offset)
        cells.value(provenance.sha256.hex)
        cells.value(provenance.format)
        cells.value(provenance.encoding)
        cells.value(provenance.encodingFrom)
        cells.optional(provenance.published)
        guard cells.present(provenance.removed != nil), let removed = provenance.removed else { return }
        cells.length(removed.count)
        for removal in removed {
            cells.value(removal.text)
            cells.value(removal.reason)
        }
    }

    /// The fields of the input as one JSON object.
    static func extra(of article: Article) -> String {
        var writer = JSONWriter()
        writer.object { w in
            for field in article.extra {
                w.key(field.key)
                w.raw(field.json)
            }
        }
        return writer.text
    }
}
