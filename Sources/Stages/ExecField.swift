import JSON
import Language
import Pipeline

/// A field that `exec` sends and takes back.
enum ExecField: Sendable, Equatable {
    case named(Name)
    /// One of the fields that have no place of their own.
    case extra(String)

    enum Name: String, CaseIterable, Sendable {
        case url, source, outlet, title, authors, published, modified, language, section, keywords, excerpt, text
        case entities, extra
    }

    /// Everything but what would be much to send and is seldom asked for.
    static let usual: [ExecField] = Name.allCases.filter { $0 != .entities }.map { .named($0) }

    /// Appends the member, if there is something to say.
    func write(_ article: Article, to writer: inout JSONWriter) {
        switch self {
        case .named(let name): name.write(article, to: &writer)
        case .extra(let key):
            guard let field = article.extra.first(where: { $0.key == key }) else { return }
            writer.key(key)
            writer.raw(field.json)
        }
    }
}

extension ExecField: OptionValue {
    init(option value: JSONValue) throws(OptionError) {
        guard let text = value.string else {
            throw OptionError("expected the name of a field, found \(value.kind)", at: value.range)
        }
        if let name = Name(rawValue: text) {
            self = .named(name)
        } else if text.hasPrefix("extra."), text.utf8.count > 6 {
            self = .extra(String(text.dropFirst(6)))
        } else {
            let names = Name.allCases.map(\.rawValue)
            let hint = suggestion(for: text, among: names).map { $0 + "  " } ?? ""
            throw OptionError(
                "unknown field \"\(text)\"",
                at: value.range,
                hint: hint + "fields: " + (names + ["extra.NAME"]).joined(separator: ", ")
            )
        }
    }

    var json: String {
        switch self {
        case .named(let name): name.rawValue.json
        case .extra(let key): "extra.\(key)".json
        }
    }

    static var schema: String {
        #"{"anyOf":[{"enum":\#(Name.allCases.map(\.rawValue).json)},{"type":"string","pattern":"^extra\\..+$"}]}"#
    }
    static var typeName: String { "field" }
    static var listName: String { "fields" }
}

extension ExecField.Name {
    fileprivate func write(_ article: Article, to writer: inout JSONWriter) {
        writer.key(rawValue)
        switch self {
        case .url: writer.value(article.url)
        case .source: writer.value(article.source)
        case .outlet: writer.value(article.outlet)
        case .title: writer.value(article.title)
        case .authors: writer.value(article.authors)
        case .published: writer.value(article.published?.rfc3339)
        case .modified: writer.value(article.modified?.rfc3339)
        case .language: writer.value(article.language)
        case .section: writer.value(article.section)
        case .keywords: writer.value(article.keywords)
        case .excerpt: writer.value(article.excerpt)
        case .text: writer.value(article.text)
        case .entities: writer.array { w in for entity in article.entities { w.value(entity) } }
        case .extra:
            writer.object { w in
                for field in article.extra {
                    w.key(field.key)
                    w.raw(field.json)
                }
            }
        }
    }

    /// Takes over what the program answered.
    func take(_ value: JSONValue, into article: inout Article) throws(ArticleError) {
        switch self {
        case .url: article.url = try string(value)
        case .source: article.source = try string(value)
        case .outlet: article.outlet = try string(value)
        case .title: article.title = try string(value)
        case .authors: article.authors = try strings(value)
        case .published: article.published = try time(value)
        case .modified: article.modified = try time(value)
        case .language: article.language = try string(value)
        case .section: article.section = try string(value)
        case .keywords: article.keywords = try strings(value)
        case .excerpt: article.excerpt = try string(value)
        case .text:
            let text = try string(value) ?? ""
            guard !text.utf8.elementsEqual(article.text.utf8) else { return }
            article.text = text
            // Their places were places in the old text.
            article.entities = []
        case .entities: article.entities = try Entity.list(value, in: article.text)
        case .extra:
            guard let members = value.members else { throw mismatch("an object", value) }
            for member in members { article.setExtra(member.key, member.value) }
        }
    }

    private func string(_ value: JSONValue) throws(ArticleError) -> String? {
        if value.isNull { return nil }
        guard let string = value.string else { throw mismatch("a string or null", value) }
        return string
    }

    private func strings(_ value: JSONValue) throws(ArticleError) -> [String] {
        guard let elements = value.elements else { throw mismatch("a list of strings", value) }
        var strings: [String] = []
        for element in elements {
            guard let string = element.string else { throw mismatch("a list of strings", element) }
            strings.append(string)
        }
        return strings
    }

    private func time(_ value: JSONValue) throws(ArticleError) -> Timestamp? {
        if value.isNull { return nil }
        guard let text = value.string, let date = DateParser.parseMachine(text) else {
            throw mismatch("a time such as \"2020-07-08T14:30:00Z\" or null", value)
        }
        return date.timestamp
    }

    private func mismatch(_ expected: String, _ found: JSONValue) -> ArticleError {
        .wrongAnswer(
            "\"\(rawValue)\": expected \(expected), found \(found.string.map { "\"\($0.prefix(60))\"" } ?? found.kind)"
        )
    }
}

extension Article {
    /// Sets a field that has no place of its own.
    mutating func setExtra(_ key: String, _ value: JSONValue) {
        let field = ExtraField(key: key, json: value.text)
        if let index = extra.firstIndex(where: { $0.key == key }) { extra[index] = field } else { extra.append(field) }
    }
}

extension ArticleError {
    static func wrongAnswer(_ message: String) -> ArticleError {
        ArticleError(code: "exec_answer", message: message)
    }
}

extension JSONValue {
    /// As one line.
    fileprivate var text: String {
        var writer = JSONWriter()
        writer.value(self)
        return writer.text
    }
}

extension JSONWriter {
    fileprivate mutating func value(_ entity: Entity) {
        object { w in
            w.key("start")
            w.value(entity.start)
            w.key("end")
            w.value(entity.end)
            for (key, text) in [
                ("text", entity.text), ("type", entity.type), ("id", entity.id), ("name", entity.name),
                ("source", entity.source), ("clitic", entity.clitic), ("value", entity.value),
            ] {
                w.key(key)
                w.value(text)
            }
        }
    }
}
