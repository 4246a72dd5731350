import JSON
import Pipeline

/// The long table of mentions: one row an entity of an article.
public enum MentionColumns {
    public static let all = [
        "article_id", "start", "end", "text", "type", "entity_id", "name", "source", "clitic", "value",
    ]

    public static func append(_ entity: Entity, of article: Article, columns: [String], to writer: inout CSVWriter) {
        for column in columns {
            switch column {
            case "article_id": writer.cell(article.id)
            case "start": writer.cell(entity.start)
            case "end": writer.cell(entity.end)
            case "text": writer.cell(entity.text)
            case "type": writer.cell(entity.type)
            case "entity_id": writer.cell(entity.id)
            case "name": writer.cell(entity.name)
            case "source": writer.cell(entity.source)
            case "clitic": writer.cell(entity.clitic)
            default: writer.cell(entity.value)
            }
        }
        writer.endRow()
    }

    public static func append(_ entity: Entity, of article: Article, to writer: inout JSONWriter) {
        writer.object { w in
            w.key("article_id")
            w.value(article.id)
            w.key("start")
            w.value(entity.start)
            w.key("end")
            w.value(entity.end)
            w.key("text")
            w.value(entity.text)
            w.key("type")
            w.value(entity.type)
            w.key("entity_id")
            w.value(entity.id)
            w.key("name")
            w.value(entity.name)
            w.key("source")
            w.value(entity.source)
            w.key("clitic")
            w.value(entity.clitic)
            w.key("value")
            w.value(entity.value)
        }
        writer.newline()
    }
}
