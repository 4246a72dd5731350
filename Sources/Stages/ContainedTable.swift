import Deduplication
import Formats
import Pipeline

/// Kept articles that stand inside other ones: `contained.csv`.
struct ContainedTable: Sendable {
    private struct Pair: Sendable {
        let inner: (id: String, title: String?)
        let outer: (id: String, title: String?)
        let percent: Int
    }

    private var pairs: [Pair] = []

    mutating func add(_ pair: (Story, in: Story), share percent: Int) {
        pairs.append(Pair(inner: (pair.0.id, pair.0.title), outer: (pair.in.id, pair.in.title), percent: percent))
    }

    private static let schema = TableSchema([
        .init("id", .text, "The shorter article."),
        .init("title", .text, optional: true, "Its headline."),
        .init("contained_in", .text, "The longer one that has it inside: a round-up as a rule."),
        .init("contained_in_title", .text, optional: true, "Its headline."),
        .init("share", .count, "Per cent of the shorter one's word pairs that the longer one has."),
    ])

    var table: ExtraTable {
        var writer = CSVWriter()
        for column in Self.schema.columns { writer.cell(column.name) }
        writer.endRow()
        for pair in pairs {
            for (id, title) in [pair.inner, pair.outer] {
                writer.cell(id)
                writer.cell(title)
            }
            writer.cell(pair.percent)
            writer.endRow()
        }
        return ExtraTable(file: "contained.csv", bytes: writer.bytes, rows: pairs.count, schema: Self.schema)
    }
}
