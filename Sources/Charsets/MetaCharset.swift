/// What the first bytes of a page say of its encoding and language, read as ASCII.
enum MetaCharset {
    /// Pages are asked to declare within 1,024 bytes; many do later.
    private static let window = 8192

    /// The label in `<meta charset=…>`, `<meta http-equiv … content="…; charset=…">` or `<?xml encoding=…?>`.
    static func find(in bytes: UnsafeRawBufferPointer) -> String? {
        var i = 0
        let end = min(bytes.count, window)
        while i < end {
            guard bytes[i] == UInt8(ascii: "<") else {
                i += 1
                continue
            }
            if matches(bytes, i, "<meta") || matches(bytes, i, "<?xml") {
                let close = tagEnd(bytes, i, end)
                let key: StaticString = bytes[i + 1] == UInt8(ascii: "?") ? "encoding" : "charset"
                if let label = value(of: key, in: bytes, i, close) { return label }
                i = close
            } else if matches(bytes, i, "<!--") {
                i += 4
                while i < end, !matches(bytes, i, "-->") { i += 1 }
            } else {
                i += 1
            }
        }
        return nil
    }

    /// The primary language subtag of `<html lang=…>`.
    static func language(in bytes: UnsafeRawBufferPointer) -> String? {
        let end = min(bytes.count, window)
        for i in 0..<end where bytes[i] == UInt8(ascii: "<") && matches(bytes, i, "<html") {
            guard let value = value(of: "lang", in: bytes, i, tagEnd(bytes, i, end)) else { return nil }
            return String(value.prefix { $0 != "-" && $0 != "_" }).lowercased()
        }
        return nil
    }

    private static func tagEnd(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Int {
        var i = start
        while i < end, bytes[i] != UInt8(ascii: ">") { i += 1 }
        return i
    }

    private static func value(of key: StaticString, in bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int)
        -> String?
    {
        var i = start
        while i < end {
            guard matches(bytes, i, key) else {
                i += 1
                continue
            }
            i += key.utf8CodeUnitCount
            while i < end, bytes[i] == 0x20 { i += 1 }
            guard i < end, bytes[i] == UInt8(ascii: "=") else { continue }
            i += 1
            while i < end, bytes[i] == 0x20 || bytes[i] == 0x22 || bytes[i] == 0x27 { i += 1 }
            let from = i
            while i < end, isLabelByte(bytes[i]) { i += 1 }
            if i > from { return String(decoding: bytes[from..<i], as: UTF8.self) }
        }
        return nil
    }

    private static func isLabelByte(_ byte: UInt8) -> Bool {
        switch byte | 0x20 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default:
            (0x30...0x3A).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
                || byte == UInt8(ascii: ".")
        }
    }

    private static func matches(_ bytes: UnsafeRawBufferPointer, _ at: Int, _ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard at + count <= bytes.count else { return false }
        for k in 0..<count {
            let byte = bytes[at + k]
            let lower = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
            if lower != word.utf8Start[k] { return false }
        }
        return true
    }
}
