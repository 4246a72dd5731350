import JSON
import Pipeline

extension Entity {
    /// The mentions that a program found, in the order of the text; each has to be where it says it is.
    static func list(_ value: JSONValue, in text: String) throws(ArticleError) -> [Entity] {
        guard let elements = value.elements else {
            throw .wrongAnswer("\"entities\": expected a list, found \(value.kind)")
        }
        if elements.isEmpty { return [] }
        let scalars = Array(text.unicodeScalars)
        var entities: [Entity] = []
        for (number, element) in elements.enumerated() {
            do throws(MentionProblem) {
                entities.append(try Entity(element, in: scalars))
            } catch {
                throw .wrongAnswer("\"entities\", mention \(number + 1): \(error.message)")
            }
        }
        return entities.enumerated().sorted {
            ($0.element.start, $0.element.end, $0.offset) < ($1.element.start, $1.element.end, $1.offset)
        }.map(\.element)
    }

    private init(_ value: JSONValue, in scalars: [UnicodeScalar]) throws(MentionProblem) {
        guard let start = value["start"]?.integer, let end = value["end"]?.integer, 0 <= start, start < end,
            end <= scalars.count
        else {
            throw MentionProblem("expected \"start\" and \"end\" within the \(scalars.count) code points of the text")
        }
        var mention = ""
        mention.unicodeScalars.append(contentsOf: scalars[start..<end])
        if let text = value["text"]?.string, !text.utf8.elementsEqual(mention.utf8) {
            throw MentionProblem(
                "the text from \(start) to \(end) is \"\(mention.prefix(60))\", not \"\(text.prefix(60))\""
            )
        }
        guard let type = value["type"]?.string, EntityKind(rawValue: type) != nil else {
            let types = EntityKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw MentionProblem("expected a \"type\" of \(types)")
        }
        self.init(
            start: start,
            end: end,
            text: mention,
            type: type,
            id: value["id"]?.string,
            name: value["name"]?.string,
            source: value["source"]?.string ?? "exec",
            clitic: value["clitic"]?.string,
            value: value["value"]?.string
        )
    }
}

private struct MentionProblem: Error {
    let message: String
    init(_ message: String) { self.message = message }
}
