/// Whole values as a tree, built without recursion: the depth of a text never uses up a thread's stack.
extension JSONReader {
    public mutating func readValue() throws(JSONError) -> JSONValue {
        var open: [OpenValue] = []
        while true {
            guard var value = try readScalarOrEnter(&open) else { continue }
            while var parent = open.popLast() {
                parent.add(value)
                if try moveToNext(in: &parent, first: false) {
                    open.append(parent)
                    break
                }
                value = parent.closed(at: offset)
            }
            if open.isEmpty { return value }
        }
    }

    /// nil when an object or a list was opened whose first value comes next.
    private mutating func readScalarOrEnter(_ open: inout [OpenValue]) throws(JSONError) -> JSONValue? {
        let kind = try peek()
        let start = offset
        switch kind {
        case .null:
            try readLiteral("null")
            return JSONValue(.null, range: start..<offset)
        case .bool: return JSONValue(.bool(try readBool()), range: start..<offset)
        case .number: return JSONValue(.number(try readNumber()), range: start..<offset)
        case .string: return JSONValue(.string(try readString()), range: start..<offset)
        case .array, .object:
            try enter(kind == .object ? UInt8(ascii: "{") : UInt8(ascii: "["))
            var value = OpenValue(start: start, isObject: kind == .object)
            guard try moveToNext(in: &value, first: true) else { return value.closed(at: offset) }
            open.append(value)
            return nil
        }
    }

    /// Moves to the next element, or reads the next key; false when the value is closed.
    private mutating func moveToNext(in value: inout OpenValue, first: Bool) throws(JSONError) -> Bool {
        guard value.isObject else { return try nextItem(first: first, closing: UInt8(ascii: "]")) }
        guard try nextMember(first: first) else { return false }
        let key = try readKey()
        guard value.begin(key, at: keyRange) || lenient else {
            throw JSONError("the key \"\(key)\" stands twice", at: keyRange.lowerBound)
        }
        return true
    }
}

/// An object or a list whose end is still to be read.
private struct OpenValue {
    let start: Int
    let isObject: Bool
    private var elements: [JSONValue] = []
    private var members: [JSONValue.Member] = []
    private var keys: Set<String> = []
    /// The key whose value comes next; nil where it stands twice.
    private var key: (String, Range<Int>)?

    init(start: Int, isObject: Bool) {
        self.start = start
        self.isObject = isObject
    }

    /// False when the key is there already, byte for byte: equal strings may differ in their normal form.
    mutating func begin(_ key: String, at range: Range<Int>) -> Bool {
        let isNew = keys.insert(key).inserted || !members.contains { $0.key.utf8.elementsEqual(key.utf8) }
        self.key = isNew ? (key, range) : nil
        return isNew
    }

    mutating func add(_ value: JSONValue) {
        if !isObject {
            elements.append(value)
        } else if let (key, range) = key {
            members.append(.init(key: key, keyRange: range, value: value))
        }
    }

    func closed(at end: Int) -> JSONValue {
        JSONValue(isObject ? .object(members) : .array(elements), range: start..<end)
    }
}
