import Formats
import Language
import Pipeline

/// The kept articles and how often each was repeated, by whom and when: `stories.csv`.
///
/// Memory: about 200 bytes a kept article.
struct Stories: Sendable {
    private struct Kept: Sendable {
        let id: String
        let title: String?
        let outlet: String?
        let published: Timestamp?
    }

    private struct Repeats: Sendable {
        var count = 0
        var outlets: [String] = []
        var first: Timestamp?
        var last: Timestamp?

        mutating func note(outlet: String?, published: Timestamp?) {
            if let outlet, !outlets.contains(outlet) { outlets.append(outlet) }
            guard let published else { return }
            first = first.map { min($0, published) } ?? published
            last = last.map { max($0, published) } ?? published
        }
    }

    private var kept: [Kept] = []
    private var repeats: [Int: Repeats] = [:]

    /// The position that the next kept article will have.
    var count: Int { kept.count }

    func id(of position: Int) -> String { kept[position].id }

    mutating func addKept(_ article: Article) {
        kept.append(
            Kept(id: article.id ?? "", title: article.title, outlet: article.outlet, published: article.published)
        )
    }

    mutating func addRepeat(_ article: Article, of position: Int) {
        var story = repeats[position] ?? Repeats()
        if story.count == 0 { story.note(outlet: kept[position].outlet, published: kept[position].published) }
        story.count += 1
        story.note(outlet: article.outlet, published: article.published)
        repeats[position] = story
    }

    private static let schema = TableSchema([
        .init("id", .text, "The article that was kept."),
        .init("title", .text, optional: true, "Its headline."),
        .init("repeats", .count, "How many articles repeat it."),
        .init("outlets", .text, optional: true, "Who published it, joined by \"; \"."),
        .init("first_published", .time, optional: true, "The earliest time of them all."),
        .init("last_published", .time, optional: true, "The latest."),
    ])

    var table: ExtraTable {
        var writer = CSVWriter()
        for column in Self.schema.columns { writer.cell(column.name) }
        writer.endRow()
        for (position, story) in repeats.sorted(by: { $0.key < $1.key }) {
            writer.cell(kept[position].id)
            writer.cell(kept[position].title)
            writer.cell(story.count)
            writer.cell(story.outlets.joined(separator: "; "))
            writer.cell(story.first?.rfc3339)
            writer.cell(story.last?.rfc3339)
            writer.endRow()
        }
        return ExtraTable(file: "stories.csv", bytes: writer.bytes, rows: repeats.count, schema: Self.schema)
    }
}
