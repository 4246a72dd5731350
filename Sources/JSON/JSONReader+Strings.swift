#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Strings: the part of reading that costs time.
extension JSONReader {
    /// A string; an escaped surrogate without its other half becomes U+FFFD.
    public mutating func readString() throws(JSONError) -> String {
        skipSpace()
        guard offset < end, base[offset] == UInt8(ascii: "\"") else {
            throw JSONError("expected a string, found \(describeNext())", at: offset)
        }
        let start = offset + 1
        let stop = plainEnd(from: start)
        guard stop < end else { throw JSONError("the string is not closed", at: offset) }
        guard base[stop] == UInt8(ascii: "\"") else { return try readEscapedString(start, stop) }
        offset = stop + 1
        return try makeString(start, stop)
    }

    private func plainEnd(from start: Int) -> Int {
        PlainRun.end(in: base, from: start, to: end)
    }

    private func makeString(_ start: Int, _ stop: Int) throws(JSONError) -> String {
        let slice = UnsafeBufferPointer(start: base + start, count: stop - start)
        // Of short strings, `String(validating:)` costs 80 ns whatever their length; repairing and comparing 20 ns.
        let string = slice.count <= 64 ? repairedNowhere(slice) : String(validating: slice, as: UTF8.self)
        if let string { return string }
        throw JSONError("invalid UTF-8", at: start + invalidOffset(slice), kind: .encoding)
    }

    private func repairedNowhere(_ slice: UnsafeBufferPointer<UInt8>) -> String? {
        var string = String(decoding: slice, as: UTF8.self)
        let isSame = string.withUTF8 { bytes in
            guard let a = bytes.baseAddress, let b = slice.baseAddress else { return slice.isEmpty }
            return bytes.count == slice.count && memcmp(a, b, slice.count) == 0
        }
        return isSame ? string : nil
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
                throw JSONError("invalid UTF-8", at: start + invalidOffset(raw), kind: .encoding)
            case UInt8(ascii: "\\"):
                plain = try appendEscape(at: stop, to: &buffer)
            default:
                guard lenient else {
                    // A line end inside a string is, nearly always, a quote that was forgotten.
                    if base[stop] == 0x0A || base[stop] == 0x0D {
                        throw JSONError("the string is not closed on its line", at: opening)
                    }
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
}
