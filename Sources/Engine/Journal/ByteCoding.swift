import Hashing

/// Writes values as bytes, one behind the other; each tells by itself where it ends.
struct ByteEncoder {
    private(set) var bytes: [UInt8] = []

    mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

    mutating func clear() { bytes.removeAll(keepingCapacity: true) }

    /// Small numbers take a byte: seven bits each, the lowest first, the sign in the lowest of all.
    mutating func put(_ number: Int) {
        var rest = UInt(bitPattern: number << 1 ^ number >> (Int.bitWidth - 1))
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Eight bytes, the lowest first.
    mutating func put(word: UInt64) {
        withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func put(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            put(utf8.count)
            bytes.append(contentsOf: utf8)
        }
    }

    mutating func put(_ digest: Digest256) { digest.withBytes { bytes.append(contentsOf: $0) } }

    mutating func put(_ content: [UInt8]) {
        put(content.count)
        bytes.append(contentsOf: content)
    }

    /// Bytes whose end whoever reads them knows.
    mutating func put(raw content: ArraySlice<UInt8>) { bytes.append(contentsOf: content) }

    mutating func put<Value>(_ value: Value?, _ put: (inout Self, Value) -> Void) {
        bytes.append(value == nil ? 0 : 1)
        if let value { put(&self, value) }
    }

    mutating func put(_ text: String?) { put(text) { $0.put($1) } }
    mutating func put(_ number: Int?) { put(number) { $0.put($1) } }

    mutating func put<Value>(_ values: [Value], _ put: (inout Self, Value) -> Void) {
        self.put(values.count)
        for value in values { put(&self, value) }
    }

    /// Counts by name, in the order of the names.
    mutating func put(_ counts: [String: Int]) {
        put(counts.sorted { $0.key < $1.key }) { encoder, count in
            encoder.put(count.key)
            encoder.put(count.value)
        }
    }
}

/// Reads what a ``ByteEncoder`` wrote; whatever else the bytes are, it ends with ``Malformed``.
struct ByteDecoder {
    struct Malformed: Error {}

    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    /// - Parameter bytes: they have to outlive the decoder.
    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    private mutating func take(_ count: Int) throws(Malformed) -> UnsafeRawBufferPointer {
        guard count >= 0, count <= bytes.count - position else { throw Malformed() }
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
    }

    private mutating func byte() throws(Malformed) -> UInt8 { try take(1)[0] }

    mutating func number() throws(Malformed) -> Int {
        var number: UInt = 0
        var shift: UInt = 0
        while true {
            let byte = try byte()
            guard shift < 63 || byte <= 1 else { throw Malformed() }
            number |= UInt(byte & 0x7F) << shift
            if byte < 0x80 { break }
            shift += 7
        }
        return Int(bitPattern: number >> 1) ^ -Int(bitPattern: number & 1)
    }

    mutating func word() throws(Malformed) -> UInt64 {
        UInt64(littleEndian: try take(8).loadUnaligned(as: UInt64.self))
    }

    mutating func text() throws(Malformed) -> String { String(decoding: try take(number()), as: UTF8.self) }

    mutating func digest() throws(Malformed) -> Digest256 {
        guard let digest = Digest256(bytes: try take(32)) else { throw Malformed() }
        return digest
    }

    mutating func content() throws(Malformed) -> [UInt8] { Array(try take(number())) }

    mutating func optional<Value>(_ read: (inout Self) throws(Malformed) -> Value) throws(Malformed) -> Value? {
        switch try byte() {
        case 0: return nil
        case 1: return try read(&self)
        default: throw Malformed()
        }
    }

    mutating func optionalText() throws(Malformed) -> String? {
        try optional { (decoder: inout Self) throws(Malformed) in try decoder.text() }
    }

    mutating func optionalNumber() throws(Malformed) -> Int? {
        try optional { (decoder: inout Self) throws(Malformed) in try decoder.number() }
    }

    mutating func list<Value>(_ read: (inout Self) throws(Malformed) -> Value) throws(Malformed) -> [Value] {
        let count = try number()
        // Each value has a byte at least: a count beyond that would only cost memory.
        guard count >= 0, count <= bytes.count - position else { throw Malformed() }
        var values: [Value] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try read(&self)) }
        return values
    }

    mutating func counts() throws(Malformed) -> [String: Int] {
        let counts = try list { (decoder: inout Self) throws(Malformed) in (try decoder.text(), try decoder.number()) }
        return Dictionary(counts) { first, _ in first }
    }
}
