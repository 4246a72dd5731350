import JSON
import Pipeline
import Processes

/// What a program answered about an article: fields to change, `drop` with a reason, or `error` with a message.
struct ExecAnswer: Sendable {
    private let members: [JSONValue.Member]

    /// The id that an answer names, and the answer.
    static func parse(_ line: UnsafeBufferPointer<UInt8>) throws(ProgramFault) -> (id: String, answer: ExecAnswer) {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: Array(line))
        } catch {
            throw .wrongAnswer("answered with what is no JSON: \(excerpt(line))")
        }
        guard let members = value.members else {
            throw .wrongAnswer("answered with \(value.kind) where an object was expected: \(excerpt(line))")
        }
        guard let id = value["id"]?.string else {
            throw .wrongAnswer("answered without the \"id\" of an article: \(excerpt(line))")
        }
        return (id, ExecAnswer(members: members.filter { $0.key != "id" }))
    }

    /// Changes the article as the program wants it and `fields` allows it.
    func apply(to article: inout Article, fields: [ExecField]) throws(ArticleError) -> Verdict {
        for member in members where !member.value.isNull {
            if member.key == "error" {
                throw ArticleError(code: "exec_error", message: member.value.string ?? "the program names no reason")
            }
            if member.key == "drop" { return .drop(reason: try Self.reason(member.value)) }
        }
        // A new text forgets the mentions of the old one, so those of the answer come behind it.
        var changed = article
        for member in members where member.key != "entities" { try Self.take(member, into: &changed, fields) }
        for member in members where member.key == "entities" { try Self.take(member, into: &changed, fields) }
        article = changed
        return .keep
    }

    private static func take(
        _ member: JSONValue.Member,
        into article: inout Article,
        _ fields: [ExecField]
    ) throws(ArticleError) {
        if member.key == "drop" || member.key == "error" { return }
        if let name = ExecField.Name(rawValue: member.key) {
            if fields.contains(.named(name)) { return try name.take(member.value, into: &article) }
        } else if fields.contains(.named(.extra)) || fields.contains(.extra(member.key)) {
            return article.setExtra(member.key, member.value)
        }
        let name = ExecField.Name(rawValue: member.key) == nil ? "extra." + member.key : member.key
        throw .wrongAnswer("the program answered with \"\(member.key)\"; \"fields\" has no \"\(name)\"")
    }

    private static func reason(_ value: JSONValue) throws(ArticleError) -> String {
        guard let reason = value.string, (1...64).contains(reason.utf8.count), reason.utf8.allSatisfy(isCodeByte) else {
            let found = value.string.map { "\"\($0.prefix(80))\"" } ?? value.kind
            throw .wrongAnswer("\"drop\": expected a reason of letters, digits, _ and -, found \(found)")
        }
        return reason
    }

    private static func isCodeByte(_ byte: UInt8) -> Bool {
        byte | 0x20 &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }

    private static func excerpt(_ line: UnsafeBufferPointer<UInt8>) -> String {
        let shown = String(decoding: line.prefix(80), as: UTF8.self)
        return line.count > 80 ? shown + "…" : shown
    }
}
