/// Reads JSON (RFC 8259) straight from bytes, one value at a time, without building a tree.
///
/// The bytes have to outlive the reader; nothing is copied but the strings that are asked for.
/// Cost: one pass; a string without escapes is validated and copied once.
///
/// ```swift
/// try reader.readObject { key, reader throws(JSONError) in
///     switch key {
///     case "text": text = try reader.readString()
///     default: try reader.skipValue()
///     }
/// }
/// ```
public struct JSONReader {
    /// Objects and lists inside one another; deeper text is refused instead of exhausting the stack.
    public static let maxDepth = 512

    /// The byte that is read next.
    public internal(set) var offset = 0
    /// Bytes of the key that was read last, with its quotes.
    public private(set) var keyRange = 0..<0
    let base: UnsafePointer<UInt8>
    let end: Int
    let lenient: Bool
    private var depth = 0

    /// - Parameter leniently: accept what scripts in web pages have: control characters inside strings, a comma
    ///   before `]` or `}`, and a key that stands twice, of which the first counts.
    public init(_ bytes: UnsafeBufferPointer<UInt8>, leniently: Bool = false) {
        // An empty buffer may have no address; nothing is read through this one, as `end` is 0.
        base = bytes.baseAddress ?? UnsafePointer(bitPattern: 1).unsafelyUnwrapped
        end = bytes.count
        lenient = leniently
        if end >= 3, base[0] == 0xEF, base[1] == 0xBB, base[2] == 0xBF { offset = 3 }
    }

    // MARK: One value

    public enum Kind: Sendable {
        case null, bool, number, string, array, object
    }

    /// What the next value is, by its first byte.
    public mutating func peek() throws(JSONError) -> Kind {
        skipSpace()
        guard offset < end else { throw JSONError("the text ends where a value is expected", at: offset) }
        switch base[offset] {
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: throw JSONError("expected a value, found \(describeNext())", at: offset)
        }
    }

    /// Passes over one value, checking its syntax and its UTF-8, and returns its bytes.
    @discardableResult
    public mutating func skipValue() throws(JSONError) -> UnsafeBufferPointer<UInt8> {
        skipSpace()
        let start = offset
        // The objects and lists that are open inside this value, by the bytes that close them.
        var closings: [UInt8] = []
        repeat {
            try skipScalarOrEnter(&closings)
            while let closing = closings.last, try !moveToNext(in: closing, first: false) { closings.removeLast() }
        } while !closings.isEmpty
        return UnsafeBufferPointer(start: base + start, count: offset - start)
    }

    private mutating func skipScalarOrEnter(_ closings: inout [UInt8]) throws(JSONError) {
        while true {
            let opening: UInt8
            let closing: UInt8
            switch try peek() {
            case .null: return try readLiteral("null")
            case .bool: return _ = try readBool()
            case .number: return try skipNumber()
            case .string: return _ = try readString()
            case .array: (opening, closing) = (UInt8(ascii: "["), UInt8(ascii: "]"))
            case .object: (opening, closing) = (UInt8(ascii: "{"), UInt8(ascii: "}"))
            }
            try enter(opening)
            guard try moveToNext(in: closing, first: true) else { return }
            closings.append(closing)
        }
    }

    /// Moves to the next value of an object or a list; false when that is closed.
    private mutating func moveToNext(in closing: UInt8, first: Bool) throws(JSONError) -> Bool {
        guard closing == UInt8(ascii: "}") else { return try nextItem(first: first, closing: closing) }
        guard try nextMember(first: first) else { return false }
        _ = try readKey()
        return true
    }

    /// Calls `member` for each member, which has to read or skip exactly one value.
    public mutating func readObject(
        _ member: (_ key: String, _ reader: inout JSONReader) throws(JSONError) -> Void
    ) throws(JSONError) {
        try enter(UInt8(ascii: "{"))
        var first = true
        while try nextMember(first: first) {
            first = false
            try member(try readKey(), &self)
        }
    }

    /// Calls `element` for each element, which has to read or skip exactly one value.
    public mutating func readArray(
        _ element: (_ reader: inout JSONReader) throws(JSONError) -> Void
    ) throws(JSONError) {
        try enter(UInt8(ascii: "["))
        var first = true
        while try nextItem(first: first, closing: UInt8(ascii: "]")) {
            first = false
            try element(&self)
        }
    }

    public mutating func readBool() throws(JSONError) -> Bool {
        skipSpace()
        guard offset < end, base[offset] == UInt8(ascii: "t") || base[offset] == UInt8(ascii: "f") else {
            throw JSONError("expected true or false, found \(describeNext())", at: offset)
        }
        let bool = base[offset] == UInt8(ascii: "t")
        try readLiteral(bool ? "true" : "false")
        return bool
    }

    public mutating func readNull() throws(JSONError) {
        skipSpace()
        try readLiteral("null")
    }

    /// A number as it was written.
    public mutating func readNumber() throws(JSONError) -> String {
        skipSpace()
        let start = offset
        try skipNumber()
        return String(decoding: UnsafeBufferPointer(start: base + start, count: offset - start), as: UTF8.self)
    }

    /// Nothing but white space may follow.
    public mutating func expectEnd() throws(JSONError) {
        skipSpace()
        if offset < end { throw JSONError("expected nothing more, found \(describeNext())", at: offset) }
    }

    // MARK: Structure

    mutating func enter(_ opening: UInt8) throws(JSONError) {
        skipSpace()
        guard offset < end, base[offset] == opening else {
            let expected = opening == UInt8(ascii: "{") ? "an object" : "a list"
            throw JSONError("expected \(expected), found \(describeNext())", at: offset)
        }
        guard depth < Self.maxDepth else { throw JSONError("nested deeper than \(Self.maxDepth) levels", at: offset) }
        depth += 1
        offset += 1
    }

    mutating func nextMember(first: Bool) throws(JSONError) -> Bool {
        guard try nextItem(first: first, closing: UInt8(ascii: "}")) else { return false }
        guard base[offset] == UInt8(ascii: "\"") else {
            throw JSONError("expected a key in double quotes, found \(describeNext())", at: offset)
        }
        return true
    }

    /// Moves to the next member or element; false when the object or list is closed.
    mutating func nextItem(first: Bool, closing: UInt8) throws(JSONError) -> Bool {
        skipSpace()
        guard offset < end else { throw notClosed(closing) }
        if base[offset] == closing {
            offset += 1
            depth -= 1
            return false
        }
        if first { return true }
        guard base[offset] == UInt8(ascii: ",") else {
            throw JSONError(
                "expected \",\" or \"\(Character(UnicodeScalar(closing)))\", found \(describeNext())",
                at: offset
            )
        }
        let comma = offset
        offset += 1
        skipSpace()
        guard offset < end else { throw notClosed(closing) }
        if base[offset] == closing {
            guard lenient else {
                throw JSONError("a comma before \"\(Character(UnicodeScalar(closing)))\"", at: comma)
            }
            offset += 1
            depth -= 1
            return false
        }
        return true
    }

    mutating func readKey() throws(JSONError) -> String {
        let start = offset
        let key = try readString()
        keyRange = start..<offset
        skipSpace()
        guard offset < end, base[offset] == UInt8(ascii: ":") else {
            throw JSONError("expected \":\" after the key, found \(describeNext())", at: offset)
        }
        offset += 1
        return key
    }

    mutating func skipSpace() {
        while offset < end {
            switch base[offset] {
            case 0x20, 0x0A, 0x0D, 0x09: offset += 1
            default: return
            }
        }
    }

    // MARK: Scalars

    mutating func readLiteral(_ literal: StaticString) throws(JSONError) {
        let count = literal.utf8CodeUnitCount
        for i in 0..<count where offset + i >= end || base[offset + i] != literal.utf8Start[i] {
            throw JSONError("expected \(literal), found \(describeNext())", at: offset)
        }
        offset += count
    }

    private mutating func skipNumber() throws(JSONError) {
        let start = offset
        if offset < end, base[offset] == UInt8(ascii: "-") { offset += 1 }
        let whole = skipDigits()
        guard whole > 0 else {
            offset = start
            throw JSONError("expected a number, found \(describeNext())", at: start)
        }
        if whole > 1, base[offset - whole] == UInt8(ascii: "0") { throw JSONError("a number starts with 0", at: start) }
        if offset < end, base[offset] == UInt8(ascii: ".") {
            offset += 1
            guard skipDigits() > 0 else { throw JSONError("expected a digit after \".\"", at: offset) }
        }
        if offset < end, base[offset] | 0x20 == UInt8(ascii: "e") {
            offset += 1
            if offset < end, base[offset] == UInt8(ascii: "+") || base[offset] == UInt8(ascii: "-") { offset += 1 }
            guard skipDigits() > 0 else { throw JSONError("expected a digit in the exponent", at: offset) }
        }
    }

    private mutating func skipDigits() -> Int {
        let start = offset
        while offset < end, base[offset] &- 0x30 < 10 { offset += 1 }
        return offset - start
    }

    // MARK: Messages

    private func notClosed(_ closing: UInt8) -> JSONError {
        JSONError(closing == UInt8(ascii: "}") ? "the object is not closed" : "the list is not closed", at: end)
    }

    /// What stands at `offset`: a word, a character, or a byte that is neither.
    func describeNext() -> String {
        guard offset < end else { return "the end" }
        let rest = UnsafeBufferPointer(start: base + offset, count: min(end - offset, 20))
        let word = rest.prefix { $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z") }
        if !word.isEmpty { return "\"" + String(decoding: word, as: UTF8.self) + "\"" }
        var decoder = UTF8()
        var bytes = rest.makeIterator()
        guard rest[0] > 0x20, rest[0] != 0x7F, case .scalarValue(let scalar) = decoder.decode(&bytes) else {
            return "byte 0x\(hex(rest[0]))"
        }
        return "\"\(scalar)\""
    }

    func hex(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}
