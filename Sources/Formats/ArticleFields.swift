import JSON
import Language
import Pipeline

/// The names under which inputs give an article's fields; everything else goes to `extra`.
enum ArticleField: String {
    case id, url, source, outlet, title, authors, published, modified, language, section, keywords, excerpt, text
    case html, htmlBase64, encoding, entities, extra
    /// Derived by a run, and derived anew by the next.
    case derived

    struct Name: Sendable {
        let field: ArticleField
        /// A bit of its own among the names.
        let bit: UInt64
    }

    static func named(_ key: String) -> ArticleField? { names[key]?.field }

    static func name(_ key: String) -> Name? { names[key] }

    private static let names: [String: Name] = {
        let table: [(String, ArticleField)] = [
            ("id", .id), ("url", .url), ("link", .url), ("source", .source), ("outlet", .outlet), ("title", .title),
            ("headline", .title), ("authors", .authors), ("author", .authors), ("published", .published),
            ("date", .published), ("published_at", .published), ("modified", .modified), ("updated_at", .modified),
            ("language", .language), ("lang", .language), ("section", .section), ("category", .section),
            ("keywords", .keywords), ("tags", .keywords), ("excerpt", .excerpt), ("summary", .excerpt), ("text", .text),
            ("body", .text), ("content", .text), ("html", .html), ("html_b64", .htmlBase64), ("charset", .encoding),
            ("entities", .entities), ("extra", .extra), ("word_count", .derived), ("content_hash", .derived),
            ("duplicate_of", .derived), ("duplicate_kind", .derived), ("duplicate_similarity", .derived),
            ("provenance", .derived),
        ]
        return Dictionary(
            uniqueKeysWithValues: table.enumerated().map { index, entry in
                (entry.0, Name(field: entry.1, bit: 1 << UInt64(index)))
            }
        )
    }()
}

extension Article {
    /// Takes over a text field; false when it has none of that kind or holds one already.
    mutating func set(_ field: ArticleField, _ value: String) -> Bool {
        switch field {
        case .id: Self.fill(&id, value)
        case .url: Self.fill(&url, value)
        case .source: Self.fill(&source, value)
        case .outlet: Self.fill(&outlet, value)
        case .title: Self.fill(&title, value)
        case .language: Self.fill(&language, value)
        case .section: Self.fill(&section, value)
        case .excerpt: Self.fill(&excerpt, value)
        case .text: text.isEmpty && setText(value)
        case .authors: setList(\.authors, value)
        case .keywords: setList(\.keywords, value)
        case .published: setTime(\.published, value)
        case .modified: setTime(\.modified, value)
        default: false
        }
    }

    private static func fill(_ field: inout String?, _ value: String) -> Bool {
        guard field == nil else { return false }
        // An empty cell or string says that nothing is known.
        field = value.isEmpty ? nil : value
        return true
    }

    private mutating func setText(_ value: String) -> Bool {
        text = value
        return true
    }

    private mutating func setList(_ list: WritableKeyPath<Article, [String]>, _ value: String) -> Bool {
        guard self[keyPath: list].isEmpty else { return false }
        self[keyPath: list] = value.split(separator: ";").map { trimmed(String($0)) }.filter { !$0.isEmpty }
        return true
    }

    private mutating func setTime(_ time: WritableKeyPath<Article, Timestamp?>, _ value: String) -> Bool {
        guard self[keyPath: time] == nil else { return false }
        let parsed = DateParser.parseMachine(value) ?? DateParser.parse(value)
        self[keyPath: time] = parsed?.timestamp
        if time == \.published, !value.isEmpty { provenance.published = value }
        // What is no date is kept beside, never guessed at.
        return parsed != nil || value.isEmpty
    }

    /// Takes over a Unix time; false when no news is of that time (0 says that it is unknown) or one is there already.
    mutating func setTime(_ field: ArticleField, unix number: Double) -> Bool {
        // Seconds from 1e11 on would lie beyond the year 5000: those are milliseconds, then micro- and nanoseconds.
        var seconds = number
        for limit in [1e11, 1e14, 1e17] where abs(number) >= limit { seconds /= 1000 }
        guard abs(seconds) < 1e11 else { return false }
        let timestamp = Timestamp(seconds: Int64(seconds.rounded(.down)))
        guard DateParser.years.contains(timestamp.components.year) else { return false }
        switch field {
        case .published where published == nil: published = timestamp
        case .modified where modified == nil: modified = timestamp
        default: return false
        }
        return true
    }
}

func trimmed(_ string: String) -> String {
    var slice = Substring(string)
    while let first = slice.unicodeScalars.first, first.properties.isWhitespace { slice.unicodeScalars.removeFirst() }
    while let last = slice.unicodeScalars.last, last.properties.isWhitespace { slice.unicodeScalars.removeLast() }
    return String(slice)
}
