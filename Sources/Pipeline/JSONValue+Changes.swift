import JSON

/// Changes to a parsed definition before it is checked.
extension JSONValue {
    /// The same value with every secret in its strings replaced by `***`.
    func redacted(secrets: [String]) -> JSONValue {
        if secrets.isEmpty { return self }
        return switch content {
        case .string(let string): JSONValue(.string(redact(string, secrets: secrets)), range: range)
        case .array(let elements): JSONValue(.array(elements.map { $0.redacted(secrets: secrets) }), range: range)
        case .object(let members):
            JSONValue(
                .object(
                    members.map {
                        Member(key: $0.key, keyRange: $0.keyRange, value: $0.value.redacted(secrets: secrets))
                    }
                ),
                range: range
            )
        default: self
        }
    }

    /// The same value with every part standing at `range`.
    func placed(at range: Range<Int>) -> JSONValue {
        switch content {
        case .array(let elements): JSONValue(.array(elements.map { $0.placed(at: range) }), range: range)
        case .object(let members):
            JSONValue(
                .object(members.map { Member(key: $0.key, keyRange: range, value: $0.value.placed(at: range)) }),
                range: range
            )
        default: JSONValue(content, range: range)
        }
    }

    /// Sets what `path` leads to; elements of a list count from 1, and a stage may be named instead.
    /// Returns what is wrong with the path.
    mutating func set(_ path: ArraySlice<String>, _ value: JSONValue, keyRange: Range<Int>) -> String? {
        guard let key = path.first else {
            self = value
            return nil
        }
        switch content {
        case .object(var members):
            if let index = members.firstIndex(where: { $0.key == key }) {
                let message = members[index].value.set(path.dropFirst(), value, keyRange: keyRange)
                content = .object(members)
                return message
            }
            // Objects on the way are made; a name that nothing knows is found when the options are read.
            var part = path.count == 1 ? value : JSONValue(.object([]), range: value.range)
            let message = part.set(path.dropFirst(), value, keyRange: keyRange)
            members.append(Member(key: key, keyRange: keyRange, value: part))
            content = .object(members)
            return message
        case .array(var elements):
            let named = elements.indices.filter { elements[$0]["stage"]?.string == key }
            let index: Int
            if let number = Int(key), number >= 1, number <= elements.count {
                index = number - 1
            } else if let only = named.first, named.count == 1 {
                index = only
            } else {
                return named.count > 1
                    ? "there are \(named.count) stages \"\(key)\"; give the number instead"
                    : "\"\(key)\" is no place in the list, expected 1 to \(elements.count) or a stage's name"
            }
            let message = elements[index].set(path.dropFirst(), value, keyRange: keyRange)
            content = .array(elements)
            return message
        default:
            return "\"\(key)\" is inside \(kind), which has no parts"
        }
    }
}
