import JSON
import Pipeline

/// An article as one line of JSON Lines: every key, always in this order, `null` when unknown.
public enum ArticleJSONWriter {
    public static func append(_ article: Article, to writer: inout JSONWriter) {
        writer.object { w in
            w.key(raw: ",\"id\":")
            w.value(article.id)
            w.key(raw: ",\"url\":")
            w.value(article.url)
            w.key(raw: ",\"source\":")
            w.value(article.source)
            w.key(raw: ",\"outlet\":")
            w.value(article.outlet)
            w.key(raw: ",\"title\":")
            w.value(article.title)
            w.key(raw: ",\"authors\":")
            w.value(article.authors)
            w.key(raw: ",\"published\":")
            w.value(article.published?.rfc3339)
            w.key(raw: ",\"modified\":")
            w.value(article.modified?.rfc3339)
            w.key(raw: ",\"language\":")
            w.value(article.language)
            w.key(raw: ",\"section\":")
            w.value(article.section)
            w.key(raw: ",\"keywords\":")
            w.value(article.keywords)
            w.key(raw: ",\"excerpt\":")
            w.value(article.excerpt)
            w.key(raw: ",\"text\":")
            w.value(article.text)
            w.key(raw: ",\"word_count\":")
            w.value(article.wordCount)
            w.key(raw: ",\"content_hash\":")
            w.value(article.contentHash?.hex)
            w.key(raw: ",\"duplicate_of\":")
            w.value(article.duplicate?.of)
            w.key(raw: ",\"duplicate_kind\":")
            w.value(article.duplicate?.kind)
            w.key(raw: ",\"duplicate_similarity\":")
            w.value(article.duplicate?.similarity)
            w.key(raw: ",\"entities\":")
            w.array { w in
                for entity in article.entities { append(entity, to: &w) }
            }
            w.key(raw: ",\"extra\":")
            w.object { w in
                for field in article.extra {
                    w.key(field.key)
                    w.raw(field.json)
                }
            }
            w.key(raw: ",\"provenance\":")
            append(article.provenance, to: &w)
        }
        writer.newline()
    }

    private static func append(_ entity: Entity, to writer: inout JSONWriter) {
        writer.object { w in
            w.key(raw: ",\"start\":")
            w.value(entity.start)
            w.key(raw: ",\"end\":")
            w.value(entity.end)
            w.key(raw: ",\"text\":")
            w.value(entity.text)
            w.key(raw: ",\"type\":")
            w.value(entity.type)
            w.key(raw: ",\"id\":")
            w.value(entity.id)
            w.key(raw: ",\"name\":")
            w.value(entity.name)
            w.key(raw: ",\"source\":")
            w.value(entity.source)
            w.key(raw: ",\"clitic\":")
            w.value(entity.clitic)
            w.key(raw: ",\"value\":")
            w.value(entity.value)
        }
    }

    static func append(_ provenance: Provenance, to writer: inout JSONWriter) {
        writer.object { w in
            w.key(raw: ",\"path\":")
            w.value(provenance.path)
            w.key(raw: ",\"offset\":")
            w.value(provenance.offset)
            w.key(raw: ",\"sha256\":")
            w.value(provenance.sha256.hex)
            w.key(raw: ",\"format\":")
            w.value(provenance.format)
            w.key(raw: ",\"encoding\":")
            w.value(provenance.encoding)
            w.key(raw: ",\"encoding_from\":")
            w.value(provenance.encodingFrom)
            w.key(raw: ",\"published\":")
            w.value(provenance.published)
            w.key(raw: ",\"removed\":")
            guard let removed = provenance.removed else { return w.null() }
            w.array { w in
                for removal in removed {
                    w.object { w in
                        w.key(raw: ",\"text\":")
                        w.value(removal.text)
                        w.key(raw: ",\"reason\":")
                        w.value(removal.reason)
                    }
                }
            }
        }
    }
}
