/// One line of text out of what pages write into attributes and JSON-LD.
enum PlainLine {
    /// White space collapsed; nil when nothing is left.
    static func collapse(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        var line: [UInt8] = []
        line.reserveCapacity(bytes.count)
        var i = 0
        while i < bytes.count {
            let byte = bytes[i]
            let isNoBreakSpace = byte == 0xC2 && i + 1 < bytes.count && bytes[i + 1] == 0xA0
            if byte <= 0x20 || isNoBreakSpace {
                if let last = line.last, last != 0x20 { line.append(0x20) }
            } else {
                line.append(byte)
            }
            i += isNoBreakSpace ? 2 : 1
        }
        if line.last == 0x20 { line.removeLast() }
        return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }

    static func collapse(_ text: String) -> String? {
        var text = text
        return text.withUTF8 { collapse($0) }
    }

    /// Tags taken out and entities decoded, for values that were escaped once too often.
    static func plain(_ text: String) -> String? {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }) else {
            return collapse(text)
        }
        return collapse(CharacterReferences.decode(withoutTags(text)))
    }

    private static func withoutTags(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var i = 0
        while i < bytes.count {
            let next = i + 1 < bytes.count ? bytes[i + 1] : 0
            let isTag = bytes[i] == UInt8(ascii: "<") && ((next | 0x20) &- 0x61 < 26 || next == UInt8(ascii: "/"))
            if isTag, let close = bytes[i...].firstIndex(of: UInt8(ascii: ">")) {
                plain.append(0x20)
                i = close + 1
            } else {
                plain.append(bytes[i])
                i += 1
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }
}

/// `&amp;`, `&#8217;`, `&#x2019;` and the few names that news systems write.
enum CharacterReferences {
    static func decode(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        let bytes = Array(text.utf8)
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var i = 0
        while i < bytes.count {
            if bytes[i] == UInt8(ascii: "&"),
                let end = bytes[i..<min(i + 12, bytes.count)].firstIndex(of: UInt8(ascii: ";")),
                let scalar = scalar(String(decoding: bytes[i + 1..<end], as: UTF8.self))
            {
                decoded.append(contentsOf: String(scalar).utf8)
                i = end + 1
            } else {
                decoded.append(bytes[i])
                i += 1
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    private static func scalar(_ name: String) -> UnicodeScalar? {
        if name.hasPrefix("#x") || name.hasPrefix("#X") {
            return UInt32(name.dropFirst(2), radix: 16).flatMap(UnicodeScalar.init)
        }
        if name.hasPrefix("#") { return UInt32(name.dropFirst()).flatMap(UnicodeScalar.init) }
        return names[name]
    }

    private static let names: [String: UnicodeScalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "rsquo": "’", "lsquo": "‘",
        "rdquo": "”", "ldquo": "“", "ndash": "–", "mdash": "—", "hellip": "…", "laquo": "«", "raquo": "»",
        "eacute": "é", "egrave": "è", "agrave": "à", "ccedil": "ç", "ouml": "ö", "auml": "ä", "uuml": "ü", "szlig": "ß",
        "zwnj": "\u{200C}", "zwj": "\u{200D}", "lrm": "\u{200E}", "rlm": "\u{200F}", "bdquo": "„",
    ]
}
