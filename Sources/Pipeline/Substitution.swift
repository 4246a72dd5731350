import JSON

/// Puts parameters, environment variables and secrets into the strings of a definition.
///
/// `${name}`, `${env:NAME}`, `${env:NAME:-default}` (for a variable that is unset or empty, as in the shell),
/// `${secret:NAME}`; `$${` stands for `${`. It works on the parsed tree, string by string, so a value can never
/// become structure, and what was put in is not looked at again. A string that is one parameter and nothing else takes
/// the parameter's type (a number stays a number).
struct Substitution {
    private let environment: [String: String]
    /// The definition, to find the place of a reference in it.
    private let bytes: [UInt8]
    private var params: [String: JSONValue.Content] = [:]
    private(set) var secrets: [String] = []

    init(environment: [String: String], text: DefinitionText) {
        self.environment = environment
        bytes = text.bytes
    }

    mutating func readParams(
        _ object: JSONValue?,
        overrides: [(name: String, value: String)],
        _ text: inout DefinitionText,
        _ problems: inout [Problem]
    ) {
        if let object {
            guard let members = object.members else {
                problems.append(Problem("expected an object of parameters, found \(object.kind)", at: object.range))
                return
            }
            for member in members {
                // A parameter may use the environment, not another parameter: there is no order to get wrong.
                let value = apply(to: member.value, &problems)
                switch value.content {
                case .string, .number, .bool: params[member.key] = value.content
                default:
                    problems.append(
                        Problem("expected a string, a number, true or false, found \(value.kind)", at: value.range)
                    )
                }
            }
        }
        let names = params.keys.sorted()
        for (name, value) in overrides {
            let start = text.add("\(name)=\(value)", label: "--param \(name)=\(value)")
            guard let declared = params[name] else {
                let hint =
                    suggestion(for: name, among: names)
                    ?? (names.isEmpty ? nil : "parameters: " + names.joined(separator: ", "))
                problems.append(
                    Problem("unknown parameter \"\(name)\"", at: start..<start + name.utf8.count, hint: hint)
                )
                continue
            }
            guard let content = Self.convert(value, like: declared) else {
                let range = start + name.utf8.count + 1..<start + name.utf8.count + 1 + value.utf8.count
                problems.append(
                    Problem("expected \(JSONValue(declared).kind) for the parameter \"\(name)\"", at: range)
                )
                continue
            }
            params[name] = content
        }
    }

    private static func convert(_ value: String, like declared: JSONValue.Content) -> JSONValue.Content? {
        guard let parsed = try? JSONValue(parsing: value).content else {
            if case .string = declared { return .string(value) }
            return nil
        }
        switch (declared, parsed) {
        case (.string, _): return .string(value)
        case (.number, .number), (.bool, .bool): return parsed
        default: return nil
        }
    }

    /// The whole definition with its strings substituted; the parameters were, one by one, when they were read.
    mutating func apply(toRoot root: JSONValue, _ problems: inout [Problem]) -> JSONValue {
        guard let members = root.members else { return root }
        let substituted = members.map { member in
            member.key == "params" ? member : apply(to: member, &problems)
        }
        return JSONValue(.object(substituted), range: root.range)
    }

    private mutating func apply(to member: JSONValue.Member, _ problems: inout [Problem]) -> JSONValue.Member {
        JSONValue.Member(key: member.key, keyRange: member.keyRange, value: apply(to: member.value, &problems))
    }

    private mutating func apply(to value: JSONValue, _ problems: inout [Problem]) -> JSONValue {
        switch value.content {
        case .string(let string) where string.utf8.contains(UInt8(ascii: "$")):
            return JSONValue(substitute(string, value.range, &problems), range: value.range)
        case .array(let elements):
            return JSONValue(.array(elements.map { apply(to: $0, &problems) }), range: value.range)
        case .object(let members):
            return JSONValue(.object(members.map { apply(to: $0, &problems) }), range: value.range)
        default:
            return value
        }
    }

    private mutating func substitute(_ string: String, _ range: Range<Int>, _ problems: inout [Problem])
        -> JSONValue.Content
    {
        let characters = Array(string.utf8)
        var result: [UInt8] = []
        var rest = range
        var i = 0
        while i < characters.count {
            let ahead = characters[i...]
            if ahead.starts(with: "$${".utf8) {
                _ = place(of: "$${".utf8, in: &rest)
                result.append(contentsOf: "${".utf8)
                i += 3
            } else if ahead.starts(with: "${".utf8) {
                guard let close = ahead.firstIndex(of: UInt8(ascii: "}")) else {
                    let hint = "write \"$${\" for the characters themselves"
                    problems.append(
                        Problem("\"${\" is not closed", at: place(of: "${".utf8, in: &rest) ?? range, hint: hint)
                    )
                    return .string(string)
                }
                let reference = String(decoding: characters[(i + 2)..<close], as: UTF8.self)
                let place = place(of: characters[i...close], in: &rest) ?? range
                guard let content = look(up: reference, place, &problems) else { return .string(string) }
                if i == 0, close == characters.count - 1 { return content }
                result.append(contentsOf: Self.text(of: content).utf8)
                i = close + 1
            } else {
                result.append(characters[i])
                i += 1
            }
        }
        return .string(String(decoding: result, as: UTF8.self))
    }

    /// The bytes of the definition where `reference` stands next; nil when it is written with escapes.
    private func place(of reference: some Collection<UInt8>, in rest: inout Range<Int>) -> Range<Int>? {
        let last = rest.upperBound - reference.count
        guard rest.lowerBound <= last, rest.upperBound <= bytes.count,
            let start = (rest.lowerBound...last).first(where: { bytes[$0...].starts(with: reference) })
        else { return nil }
        rest = start + reference.count..<rest.upperBound
        return start..<start + reference.count
    }

    private static func text(of content: JSONValue.Content) -> String {
        switch content {
        case .string(let string): string
        case .number(let digits): digits
        case .bool(let bool): bool ? "true" : "false"
        default: ""
        }
    }

    private mutating func look(up reference: String, _ range: Range<Int>, _ problems: inout [Problem]) -> JSONValue
        .Content?
    {
        if reference.hasPrefix("env:") {
            let (name, fallback) = Self.splitDefault(String(reference.dropFirst(4)))
            let value = environment[name]
            if let value = value?.isEmpty == false ? value : fallback ?? value { return .string(value) }
            problems.append(
                Problem(
                    "the environment variable \(name) is not set",
                    at: range,
                    hint: "give a default: ${env:\(name):-…}"
                )
            )
            return nil
        }
        if reference.hasPrefix("secret:") {
            let name = String(reference.dropFirst(7))
            guard let value = environment[name] else {
                problems.append(
                    Problem(
                        "the secret \(name) is not set",
                        at: range,
                        hint: "it is read from the environment variable \(name)"
                    )
                )
                return nil
            }
            if !value.isEmpty, !secrets.contains(value) { secrets.append(value) }
            return .string(value)
        }
        if let value = params[reference] { return value }
        let names = params.keys.sorted()
        let hint =
            suggestion(for: reference, among: names) ?? "parameters: "
            + (names.isEmpty ? "none" : names.joined(separator: ", "))
        problems.append(Problem("unknown parameter \"\(reference)\"", at: range, hint: hint))
        return nil
    }

    private static func splitDefault(_ text: String) -> (String, String?) {
        var rest = Substring(text)
        while let colon = rest.firstIndex(of: ":") {
            let after = text[text.index(after: colon)...]
            if after.hasPrefix("-") { return (String(text[..<colon]), String(after.dropFirst())) }
            rest = after
        }
        return (text, nil)
    }
}

/// Whether a secret stands in the text.
public func holdsSecret(_ text: String, secrets: [String]) -> Bool {
    redact(text, secrets: secrets) != text
}

/// The text with every secret replaced by `***`.
public func redact(_ text: String, secrets: [String]) -> String {
    var result = text
    for secret in secrets.sorted(by: { $0.utf8.count > $1.utf8.count }) where !secret.isEmpty {
        result = replace(secret, in: result)
    }
    return result
}

private func replace(_ secret: String, in text: String) -> String {
    let needle = Array(secret.utf8)
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var i = 0
    while i < bytes.count {
        if bytes[i] == needle[0], i + needle.count <= bytes.count, bytes[i..<i + needle.count].elementsEqual(needle) {
            result.append(contentsOf: "***".utf8)
            i += needle.count
        } else {
            result.append(bytes[i])
            i += 1
        }
    }
    return String(decoding: result, as: UTF8.self)
}
