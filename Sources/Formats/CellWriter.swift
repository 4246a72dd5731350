import Language

/// Encodes rows as cells, for writers that need values rather than text: in the order of a table's columns, each value
/// behind a byte that says whether it is there, where it may be missing.
struct CellWriter {
    private(set) var bytes: [UInt8] = []

    /// Writes behind what `bytes` holds, without a copy: it is empty until ``give(back:)``.
    init(appendingTo bytes: inout [UInt8]) {
        swap(&self.bytes, &bytes)
    }

    mutating func give(back bytes: inout [UInt8]) {
        swap(&self.bytes, &bytes)
    }

    mutating func value(_ text: String) {
        var text = text
        text.withUTF8 { value($0) }
    }

    mutating func value(_ utf8: UnsafeBufferPointer<UInt8>) {
        length(utf8.count)
        bytes.append(contentsOf: utf8)
    }

    mutating func value(_ number: Int) {
        withUnsafeBytes(of: Int64(number).littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func optional(_ text: String?) {
        if present(text != nil), let text { value(text) }
    }

    mutating func optional(_ number: Int?) {
        if present(number != nil), let number { value(number) }
    }

    mutating func optional(_ time: Timestamp?) {
        optional(time.map { Int($0.seconds) })
    }

    /// Whether the value that may be missing is there; it follows when it is.
    @discardableResult
    mutating func present(_ isPresent: Bool) -> Bool {
        bytes.append(isPresent ? 1 : 0)
        return isPresent
    }

    /// The number of elements that follow.
    mutating func length(_ count: Int) {
        withUnsafeBytes(of: UInt32(clamping: count).littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func list(_ texts: [String]) {
        length(texts.count)
        for text in texts { value(text) }
    }
}

/// Reads what a ``CellWriter`` wrote, in the same order.
struct CellReader {
    private let bytes: UnsafeRawBufferPointer
    private(set) var position = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func isPresent() -> Bool {
        defer { position += 1 }
        return bytes[position] != 0
    }

    mutating func length() -> Int {
        defer { position += 4 }
        return Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)))
    }

    mutating func number() -> Int64 {
        defer { position += 8 }
        return Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: Int64.self))
    }

    mutating func text() -> UnsafeRawBufferPointer {
        let count = length()
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
    }
}
