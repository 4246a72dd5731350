/// Writes JSON (RFC 8259) as UTF-8 bytes; commas are put where they belong.
///
/// The bytes depend on the calls alone: no locale, no hash order. U+2028 and U+2029 are escaped, so that a reader
/// which takes them for line ends still sees one line a record.
/// Cost: one pass over each string, eight bytes at a time, and one copy.
public struct JSONWriter {
    public private(set) var bytes: [UInt8] = []
    private let pretty: Bool
    private var needsComma = false
    private var depth = 0

    /// - Parameter pretty: one member a line, indented by two spaces.
    public init(pretty: Bool = false) {
        self.pretty = pretty
    }

    /// Writes behind what `bytes` holds, without a copy: it is empty until ``give(back:)``.
    public init(appendingTo bytes: inout [UInt8]) {
        pretty = false
        swap(&self.bytes, &bytes)
    }

    public mutating func give(back bytes: inout [UInt8]) {
        swap(&self.bytes, &bytes)
    }

    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Empties the writer and keeps its memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
        depth = 0
    }

    public mutating func reserve(_ count: Int) {
        bytes.reserveCapacity(count)
    }

    public mutating func object(_ members: (inout JSONWriter) throws -> Void) rethrows {
        open(UInt8(ascii: "{"))
        try members(&self)
        close(UInt8(ascii: "}"))
    }

    public mutating func array(_ elements: (inout JSONWriter) throws -> Void) rethrows {
        open(UInt8(ascii: "["))
        try elements(&self)
        close(UInt8(ascii: "]"))
    }

    /// The next value's key.
    public mutating func key(_ key: String) {
        separate()
        appendQuoted(key)
        bytes.append(UInt8(ascii: ":"))
        if pretty { bytes.append(0x20) }
        needsComma = false
    }

    /// A key of a compact object that needs no escape, with its comma, quotes and colon: `",\"text\":"`. One copy,
    /// for hot loops; at the first member the comma is left out.
    public mutating func key(raw: StaticString) {
        append(raw, from: needsComma ? 0 : 1)
        needsComma = false
    }

    public mutating func value(_ string: String) {
        beginValue()
        appendQuoted(string)
    }

    public mutating func value(_ string: String?) {
        if let string { value(string) } else { null() }
    }

    public mutating func value(_ integer: Int) {
        beginValue()
        appendDigits(integer)
    }

    public mutating func value(_ integer: Int?) {
        if let integer { value(integer) } else { null() }
    }

    public mutating func value(_ bool: Bool) {
        beginValue()
        append(bool ? "true" : "false")
    }

    /// The shortest digits that read back as the same number; null when it is not finite.
    public mutating func value(_ double: Double) {
        guard double.isFinite else { return null() }
        beginValue()
        bytes.append(contentsOf: "\(double)".utf8)
    }

    public mutating func value(_ double: Double?) {
        if let double { value(double) } else { null() }
    }

    public mutating func value(_ strings: [String]) {
        array { writer in
            for string in strings { writer.value(string) }
        }
    }

    public mutating func value(_ value: JSONValue) {
        switch value.content {
        case .null: null()
        case .bool(let bool): self.value(bool)
        case .number(let digits): raw(digits)
        case .string(let string): self.value(string)
        case .array(let elements):
            array { writer in
                for element in elements { writer.value(element) }
            }
        case .object(let members):
            object { writer in
                for member in members {
                    writer.key(member.key)
                    writer.value(member.value)
                }
            }
        }
    }

    public mutating func null() {
        beginValue()
        append("null")
    }

    /// A value that is JSON already.
    public mutating func raw(_ json: String) {
        beginValue()
        bytes.append(contentsOf: json.utf8)
    }

    /// Ends a record of JSON Lines.
    public mutating func newline() {
        bytes.append(0x0A)
        needsComma = false
    }

    private mutating func append(_ text: StaticString, from start: Int = 0) {
        bytes.append(
            contentsOf: UnsafeBufferPointer(start: text.utf8Start + start, count: text.utf8CodeUnitCount - start)
        )
    }

    private mutating func open(_ byte: UInt8) {
        beginValue()
        bytes.append(byte)
        needsComma = false
        depth += 1
    }

    private mutating func close(_ byte: UInt8) {
        depth -= 1
        if pretty, needsComma { breakLine() }
        bytes.append(byte)
        needsComma = true
    }

    private mutating func beginValue() {
        // Inside a list; after a key there is nothing to separate and no line to break.
        if needsComma || (pretty && depth > 0 && bytes.last == UInt8(ascii: "[")) { separate() }
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        if pretty { breakLine() }
    }

    private mutating func breakLine() {
        bytes.append(0x0A)
        for _ in 0..<depth { bytes.append(contentsOf: [0x20, 0x20]) }
    }

    private mutating func appendDigits(_ integer: Int) {
        if integer >= 0, integer < 10 {
            bytes.append(0x30 &+ UInt8(truncatingIfNeeded: integer))
        } else {
            bytes.append(contentsOf: String(integer).utf8)
        }
    }

    private mutating func appendQuoted(_ string: String) {
        bytes.append(0x22)
        var string = string
        string.withUTF8 { appendEscaped($0) }
        bytes.append(0x22)
    }

    private mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
        guard let base = text.baseAddress else { return }
        let end = text.count
        var plain = 0
        var i = Self.nextSpecial(base, 0, end)
        while i < end {
            let byte = base[i]
            if byte == 0xE2, !(i + 2 < end && base[i + 1] == 0x80 && base[i + 2] & 0xFE == 0xA8) {
                i = Self.nextSpecial(base, i + 1, end)
                continue
            }
            bytes.append(contentsOf: UnsafeBufferPointer(start: base + plain, count: i - plain))
            let length = byte == 0xE2 ? 3 : 1
            appendEscape(of: byte == 0xE2 ? base[i + 2] : byte)
            i += length
            plain = i
            i = Self.nextSpecial(base, i, end)
        }
        bytes.append(contentsOf: UnsafeBufferPointer(start: base + plain, count: end - plain))
    }

    private mutating func appendEscape(of byte: UInt8) {
        switch byte {
        case 0x22: bytes.append(contentsOf: "\\\"".utf8)
        case 0x5C: bytes.append(contentsOf: "\\\\".utf8)
        case 0x08: bytes.append(contentsOf: "\\b".utf8)
        case 0x0A: bytes.append(contentsOf: "\\n".utf8)
        case 0x0C: bytes.append(contentsOf: "\\f".utf8)
        case 0x0D: bytes.append(contentsOf: "\\r".utf8)
        case 0x09: bytes.append(contentsOf: "\\t".utf8)
        case 0xA8: bytes.append(contentsOf: "\\u2028".utf8)
        case 0xA9: bytes.append(contentsOf: "\\u2029".utf8)
        default: bytes.append(contentsOf: (byte < 16 ? "\\u000" : "\\u00").utf8 + Array(String(byte, radix: 16).utf8))
        }
    }

    private static func nextSpecial(_ base: UnsafePointer<UInt8>, _ from: Int, _ end: Int) -> Int {
        PlainRun.end(in: base, from: from, to: end, lineSeparators: true)
    }
}
