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
    public private(set) var offset = 0
    private let base: UnsafePointer<UInt8>
    private let end: Int
    private let lenient: Bool
    private var depth = 0

    /// - Parameter leniently: accept control characters inside strings and a comma before `]` or `}`, as scripts
    ///   in web pages have them.
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
        default: throw JSONError("expected a value, found \(describeByte())", at: offset)
        }
    }

    public mutating func readValue() throws(JSONError) -> JSONValue {
        let kind = try peek()
        let start = offset
        let content: JSONValue.Content
        switch kind {
        case .null:
            try readLiteral("null")
            content = .null
        case .bool: content = .bool(try readBool())
        case .number: content = .number(try readNumber())
        case .string: content = .string(try readString())
        case .array:
            var elements: [JSONValue] = []
            try readArray { reader throws(JSONError) in elements.append(try reader.readValue()) }
            content = .array(elements)
        case .object:
            var members: [JSONValue.Member] = []
            var keys: Set<String> = []
            try enter(UInt8(ascii: "{"))
            while try nextMember(first: members.isEmpty) {
                let keyStart = offset
                let key = try readKey()
                guard keys.insert(key).inserted else { throw JSONError("the key \"\(key)\" stands twice", at: keyStart) }
                let keyRange = keyStart..<keyEnd
                members.append(.init(key: key, keyRange: keyRange, value: try readValue()))
            }
            content = .object(members)
        }
        return JSONValue(content, range: start..<offset)
    }

    /// Passes over one value, checking its syntax and its UTF-8, and returns its bytes.
    @discardableResult
    public mutating func skipValue() throws(JSONError) -> UnsafeBufferPointer<UInt8> {
        let kind = try peek()
        let start = offset
        switch kind {
        case .null: try readLiteral("null")
        case .bool: _ = try readBool()
        case .number: try skipNumber()
        case .string: _ = try readString()
        case .array: try readArray { reader throws(JSONError) in try reader.skipValue() }
        case .object: try readObject { _, reader throws(JSONError) in try reader.skipValue() }
        }
        return UnsafeBufferPointer(start: base + start, count: offset - start)
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

    /// A string; an escaped surrogate without its other half becomes U+FFFD.
    public mutating func readString() throws(JSONError) -> String {
        skipSpace()
        guard offset < end, base[offset] == UInt8(ascii: "\"") else {
            throw JSONError("expected a string, found \(describeByte())", at: offset)
        }
        let start = offset + 1
        let stop = plainEnd(from: start)
        guard stop < end else { throw JSONError("the string is not closed", at: offset) }
        guard base[stop] == UInt8(ascii: "\"") else { return try readEscapedString(start, stop) }
        offset = stop + 1
        return try makeString(start, stop)
    }

    public mutating func readBool() throws(JSONError) -> Bool {
        skipSpace()
        if offset < end, base[offset] == UInt8(ascii: "t") {
            try readLiteral("true")
            return true
        }
        try readLiteral("false")
        return false
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
        if offset < end { throw JSONError("expected nothing more, found \(describeByte())", at: offset) }
    }

    // MARK: Structure

    private mutating func enter(_ opening: UInt8) throws(JSONError) {
        skipSpace()
        guard offset < end, base[offset] == opening else {
            let expected = opening == UInt8(ascii: "{") ? "an object" : "a list"
            throw JSONError("expected \(expected), found \(describeByte())", at: offset)
        }
        guard depth < Self.maxDepth else { throw JSONError("nested deeper than \(Self.maxDepth) levels", at: offset) }
        depth += 1
        offset += 1
    }

    private mutating func nextMember(first: Bool) throws(JSONError) -> Bool {
        guard try nextItem(first: first, closing: UInt8(ascii: "}")) else { return false }
        guard base[offset] == UInt8(ascii: "\"") else {
            throw JSONError("expected a key in double quotes, found \(describeByte())", at: offset)
        }
        return true
    }

    /// Moves to the next member or element; false when the object or list is closed.
    private mutating func nextItem(first: Bool, closing: UInt8) throws(JSONError) -> Bool {
        skipSpace()
        guard offset < end else { throw notClosed(closing) }
        if base[offset] == closing {
            offset += 1
            depth -= 1
            return false
        }
        if first { return true }
        guard base[offset] == UInt8(ascii: ",") else {
            throw JSONError("expected \",\" or \"\(Character(UnicodeScalar(closing)))\", found \(describeByte())", at: offset)
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

    /// Where the key that was read last ended, its quote included.
    private var keyEnd = 0

    private mutating func readKey() throws(JSONError) -> String {
        let key = try readString()
        keyEnd = offset
        skipSpace()
        guard offset < end, base[offset] == UInt8(ascii: ":") else {
            throw JSONError("expected \":\" after the key, found \(describeByte())", at: offset)
        }
        offset += 1
        return key
    }

    private mutating func skipSpace() {
        while offset < end {
            switch base[offset] {
            case 0x20, 0x0A, 0x0D, 0x09: offset += 1
            default: return
            }
        }
    }

    // MARK: Scalars

    private mutating func readLiteral(_ literal: StaticString) throws(JSONError) {
        let count = literal.utf8CodeUnitCount
        for i in 0..<count where offset + i >= end || base[offset + i] != literal.utf8Start[i] {
            throw JSONError("expected \(literal), found \(describeByte())", at: offset)
        }
        offset += count
    }

    private mutating func skipNumber() throws(JSONError) {
        let start = offset
        if offset < end, base[offset] == UInt8(ascii: "-") { offset += 1 }
        let whole = skipDigits()
        guard whole > 0 else { throw JSONError("expected a number, found \(describeByte())", at: start) }
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

    /// The first byte at or after `from` that ends a plain run: a quote, a backslash or a control character.
    private func plainEnd(from: Int) -> Int {
        var i = from
        // Eight bytes at a time: each test sets the high bit of the bytes it is true of (Mycroft's zero-byte test).
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        while i + 8 <= end {
            let word = UnsafeRawPointer(base + i).loadUnaligned(as: UInt64.self)
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            let control = (word &- ones &* 0x20) & ~word
            let hits = (((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | control) & highs
            if hits != 0 { return i + UInt64(littleEndian: hits).trailingZeroBitCount / 8 }
            i += 8
        }
        while i < end, base[i] != 0x22, base[i] != 0x5C, base[i] >= 0x20 { i += 1 }
        return i
    }

    private func makeString(_ start: Int, _ stop: Int) throws(JSONError) -> String {
        let slice = UnsafeBufferPointer(start: base + start, count: stop - start)
        if let string = String(validating: slice, as: UTF8.self) { return string }
        throw JSONError("invalid UTF-8", at: start + invalidOffset(slice))
    }

    private func invalidOffset(_ slice: UnsafeBufferPointer<UInt8>) -> Int {
        var decoder = UTF8()
        var iterator = slice.makeIterator()
        var valid = 0
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { valid += UTF8.width(scalar) }
        return valid
    }

    private mutating func readEscapedString(_ start: Int, _ firstStop: Int) throws(JSONError) -> String {
        let opening = offset
        var buffer: [UInt8] = []
        buffer.reserveCapacity(firstStop - start + 64)
        var plain = start
        var stop = firstStop
        while stop < end {
            buffer.append(contentsOf: UnsafeBufferPointer(start: base + plain, count: stop - plain))
            switch base[stop] {
            case UInt8(ascii: "\""):
                offset = stop + 1
                if let string = String(validating: buffer, as: UTF8.self) { return string }
                let raw = UnsafeBufferPointer(start: base + start, count: stop - start)
                throw JSONError("invalid UTF-8", at: start + invalidOffset(raw))
            case UInt8(ascii: "\\"):
                plain = try appendEscape(at: stop, to: &buffer)
            default:
                guard lenient else {
                    throw JSONError("a control character (byte 0x\(hex(base[stop]))) inside a string", at: stop)
                }
                buffer.append(base[stop])
                plain = stop + 1
            }
            stop = plainEnd(from: plain)
        }
        throw JSONError("the string is not closed", at: opening)
    }

    /// Appends what the escape at `backslash` stands for; returns the offset behind it.
    private func appendEscape(at backslash: Int, to buffer: inout [UInt8]) throws(JSONError) -> Int {
        guard backslash + 1 < end else { throw JSONError("the string is not closed", at: backslash) }
        switch base[backslash + 1] {
        case UInt8(ascii: "\""): buffer.append(0x22)
        case UInt8(ascii: "\\"): buffer.append(0x5C)
        case UInt8(ascii: "/"): buffer.append(0x2F)
        case UInt8(ascii: "b"): buffer.append(0x08)
        case UInt8(ascii: "f"): buffer.append(0x0C)
        case UInt8(ascii: "n"): buffer.append(0x0A)
        case UInt8(ascii: "r"): buffer.append(0x0D)
        case UInt8(ascii: "t"): buffer.append(0x09)
        case UInt8(ascii: "u"): return try appendUnicodeEscape(at: backslash, to: &buffer)
        default: throw JSONError("unknown escape", at: backslash)
        }
        return backslash + 2
    }

    private func appendUnicodeEscape(at backslash: Int, to buffer: inout [UInt8]) throws(JSONError) -> Int {
        guard let first = hexUnit(at: backslash + 2) else {
            throw JSONError("expected four hexadecimal digits after \\u", at: backslash)
        }
        var next = backslash + 6
        var value = UInt32(first)
        if first & 0xFC00 == 0xD800, next + 6 <= end, base[next] == 0x5C, base[next + 1] == UInt8(ascii: "u"),
            let second = hexUnit(at: next + 2), second & 0xFC00 == 0xDC00
        {
            value = 0x10000 + (UInt32(first & 0x3FF) << 10 | UInt32(second & 0x3FF))
            next += 6
        }
        buffer.append(contentsOf: String(UnicodeScalar(value) ?? "\u{FFFD}").utf8)
        return next
    }

    private func hexUnit(at start: Int) -> UInt16? {
        guard start + 4 <= end else { return nil }
        var unit: UInt16 = 0
        for i in start..<start + 4 {
            let byte = base[i]
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - 0x30
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - 0x57
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - 0x37
            default: return nil
            }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    // MARK: Messages

    private func notClosed(_ closing: UInt8) -> JSONError {
        JSONError(closing == UInt8(ascii: "}") ? "the object is not closed" : "the list is not closed", at: end)
    }

    private func describeByte() -> String {
        guard offset < end else { return "the end" }
        let byte = base[offset]
        return byte > 0x20 && byte < 0x7F ? "\"\(Character(UnicodeScalar(byte)))\"" : "byte 0x\(hex(byte))"
    }

    private func hex(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}
