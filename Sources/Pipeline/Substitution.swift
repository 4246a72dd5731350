import JSON

/// Puts parameters, environment variables and secrets into the strings of a definition.
///
/// `${name}`, `${env:NAME}`, `${env:NAME:-default}`, `${secret:NAME}`; `$${` stands for `${`. It works on the parsed
/// tree, string by string, so a value can never become structure. A string that is one parameter and nothing else
/// takes the parameter's type (a number stays a number).
struct Substitution {
    private let environment: [String: String]
    private var params: [String: JSONValue.Content] = [:]
    private(set) var secrets: [String] = []

    init(environment: [String: String]) {
        self.environment = environment
    }

    mutating func readParams(
        _ object: JSONValue?, overrides: [(name: String, value: String)], _ text: inout DefinitionText, _ problems: inout [Problem]
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
                default: problems.append(Problem("expected a string, a number, true or false, found \(value.kind)", at: value.range))
                }
            }
        }
        let names = params.keys.sorted()
        for (name, value) in overrides {
            let start = text.add("\(name)=\(value)", label: "--param \(name)=\(value)")
            guard let declared = params[name] else {
                let hint = suggestion(for: name, among: names) ?? (names.isEmpty ? nil : "parameters: " + names.joined(separator: ", "))
                problems.append(Problem("unknown parameter \"\(name)\"", at: start..<start + name.utf8.count, hint: hint))
                continue
            }
            guard let content = Self.convert(value, like: declared) else {
                let range = start + name.utf8.count + 1..<start + name.utf8.count + 1 + value.utf8.count
                problems.append(Problem("expected \(JSONValue(declared).kind) for the parameter \"\(name)\"", at: range))
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

    mutating func apply(to value: JSONValue, _ problems: inout [Problem]) -> JSONValue {
        switch value.content {
        case .string(let string) where string.utf8.contains(UInt8(ascii: "$")):
            return JSONValue(substitute(string, value.range, &problems), range: value.range)
        case .array(let elements):
            return JSONValue(.array(elements.map { apply(to: $0, &problems) }), range: value.range)
        case .object(let members):
            let substituted = members.map { member in
                // Parameters were substituted on their own.
                JSONValue.Member(key: member.key, keyRange: member.keyRange, value: apply(to: member.value, &problems))
            }
            return JSONValue(.object(substituted), range: value.range)
        default:
            return value
        }
    }

    private mutating func substitute(_ string: String, _ range: Range<Int>, _ problems: inout [Problem]) -> JSONValue.Content {
        let bytes = Array(string.utf8)
        var result: [UInt8] = []
        var i = 0
        while i < bytes.count {
            guard bytes[i] == UInt8(ascii: "$"), i + 1 < bytes.count else {
                result.append(bytes[i])
                i += 1
                continue
            }
            if bytes[i + 1] == UInt8(ascii: "$"), i + 2 < bytes.count, bytes[i + 2] == UInt8(ascii: "{") {
                result.append(contentsOf: "${".utf8)
                i += 3
                continue
            }
            guard bytes[i + 1] == UInt8(ascii: "{") else {
                result.append(bytes[i])
                i += 1
                continue
            }
            // The place inside the file, exact as long as the string has no escapes before it.
            let place = range.lowerBound + 1 + i
            guard let close = bytes[i...].firstIndex(of: UInt8(ascii: "}")) else {
                problems.append(Problem("\"${\" is not closed", at: place..<place + 2, hint: "write \"$${\" for the characters themselves"))
                return .string(string)
            }
            let reference = String(decoding: bytes[(i + 2)..<close], as: UTF8.self)
            guard let content = look(up: reference, place..<place + close + 1 - i, &problems) else { return .string(string) }
            if i == 0, close == bytes.count - 1 { return content }
            result.append(contentsOf: Self.text(of: content).utf8)
            i = close + 1
        }
        return .string(String(decoding: result, as: UTF8.self))
    }

    private static func text(of content: JSONValue.Content) -> String {
        switch content {
        case .string(let string): string
        case .number(let digits): digits
        case .bool(let bool): bool ? "true" : "false"
        default: ""
        }
    }

    private mutating func look(up reference: String, _ range: Range<Int>, _ problems: inout [Problem]) -> JSONValue.Content? {
        if reference.hasPrefix("env:") {
            let (name, fallback) = Self.splitDefault(String(reference.dropFirst(4)))
            if let value = environment[name] ?? fallback { return .string(value) }
            problems.append(Problem("the environment variable \(name) is not set", at: range, hint: "give a default: ${env:\(name):-…}"))
            return nil
        }
        if reference.hasPrefix("secret:") {
            let name = String(reference.dropFirst(7))
            guard let value = environment[name] else {
                problems.append(Problem("the secret \(name) is not set", at: range, hint: "it is read from the environment variable \(name)"))
                return nil
            }
            if !value.isEmpty, !secrets.contains(value) { secrets.append(value) }
            return .string(value)
        }
        if let value = params[reference] { return value }
        let names = params.keys.sorted()
        let hint = suggestion(for: reference, among: names) ?? "parameters: " + (names.isEmpty ? "none" : names.joined(separator: ", "))
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
