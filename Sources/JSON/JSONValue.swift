/// A JSON value that remembers where it stood: what a pipeline definition, JSON-LD or a gazetteer is read into.
///
/// Use it where a document is looked at as a whole. Articles, of which there are millions, are read member by
/// member with ``JSONReader`` instead and never become a tree.
///
/// Numbers keep the digits they were written with, so a 64-bit id or `1e400` is never rounded.
public struct JSONValue: Sendable {
    public enum Content: Sendable {
        case null
        case bool(Bool)
        /// The number as written, checked against the grammar of RFC 8259, section 6.
        case number(String)
        case string(String)
        case array([JSONValue])
        case object([Member])
    }

    public struct Member: Sendable {
        public let key: String
        /// Bytes of the key with its quotes.
        public let keyRange: Range<Int>
        public var value: JSONValue

        public init(key: String, keyRange: Range<Int>, value: JSONValue) {
            self.key = key
            self.keyRange = keyRange
            self.value = value
        }
    }

    public var content: Content
    /// Bytes of the value in the text it was read from.
    public var range: Range<Int>

    public init(_ content: Content, range: Range<Int> = 0..<0) {
        self.content = content
        self.range = range
    }

    /// The value of the member `key` of an object; nil for any other value.
    public subscript(key: String) -> JSONValue? {
        members?.first { $0.key == key }?.value
    }

    public var members: [Member]? {
        if case .object(let members) = content { members } else { nil }
    }

    public var elements: [JSONValue]? {
        if case .array(let elements) = content { elements } else { nil }
    }

    public var string: String? {
        if case .string(let string) = content { string } else { nil }
    }

    public var bool: Bool? {
        if case .bool(let bool) = content { bool } else { nil }
    }

    /// A number without a fraction that fits 64 bits; nil for any other value.
    public var integer: Int? {
        if case .number(let digits) = content { Int(digits) } else { nil }
    }

    public var double: Double? {
        if case .number(let digits) = content { Double(digits) } else { nil }
    }

    public var isNull: Bool {
        if case .null = content { true } else { false }
    }

    /// What the value is, in the words of an error message: `a string`, `an object` …
    public var kind: String {
        switch content {
        case .null: "null"
        case .bool: "true or false"
        case .number: "a number"
        case .string: "a string"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

extension JSONValue {
    /// Reads one whole document (RFC 8259); a byte order mark before it is passed over.
    ///
    /// - Throws: ``JSONError`` with the byte offset: syntax, invalid UTF-8, a key that stands twice in an object,
    ///   nesting deeper than ``JSONReader/maxDepth``, or anything behind the value.
    public init(parsing bytes: [UInt8], leniently: Bool = false) throws(JSONError) {
        self = try bytes.withUnsafeBufferPointer { buffer throws(JSONError) in
            var reader = JSONReader(buffer, leniently: leniently)
            let value = try reader.readValue()
            try reader.expectEnd()
            return value
        }
    }

    public init(parsing text: String, leniently: Bool = false) throws(JSONError) {
        try self.init(parsing: Array(text.utf8), leniently: leniently)
    }
}
