/// Steps through the tokens a date is written with (numbers in three scripts, words, signs), never backwards over
/// what was read.
///
/// Every step reads a bounded number of bytes, so a scan that tries a date at every number stays linear.
struct DateCursor {
    let bytes: UnsafeBufferPointer<UInt8>
    var position: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    var isAtEnd: Bool { position >= bytes.count }

    /// The byte at the cursor; 0 at the end.
    var byte: UInt8 { position < bytes.count ? bytes[position] : 0 }

    /// The scalar at the cursor; nil at the end.
    var scalarIfAny: UInt32? { position < bytes.count ? scalar(at: position).scalar : nil }

    // MARK: Numbers

    struct Number {
        var value: Int
        var digits: Int
    }

    /// The digit at an index: ASCII, Arabic-Indic (U+0660) or Persian (U+06F0).
    func digit(at index: Int) -> (value: Int, width: Int)? {
        guard index < bytes.count else { return nil }
        let byte = bytes[index]
        if byte &- 0x30 < 10 { return (Int(byte &- 0x30), 1) }
        guard byte == 0xD9 || byte == 0xDB, index + 1 < bytes.count else { return nil }
        let value = bytes[index + 1] &- (byte == 0xD9 ? 0xA0 : 0xB0)
        return value < 10 ? (Int(value), 2) : nil
    }

    /// A run of at most `maxDigits` digits; a longer run is not read at all.
    mutating func number(maxDigits: Int = 4) -> Number? {
        var number = Number(value: 0, digits: 0)
        var index = position
        while let digit = digit(at: index) {
            guard number.digits < maxDigits else { return nil }
            number.value = number.value * 10 + digit.value
            number.digits += 1
            index += digit.width
        }
        guard number.digits > 0 else { return nil }
        position = index
        return number
    }

    /// Moves behind a run of digits of any length.
    mutating func skipDigits() {
        while let digit = digit(at: position) { position += digit.width }
    }

    // MARK: Signs

    mutating func skip(_ expected: UInt8) -> Bool {
        guard byte == expected, !isAtEnd else { return false }
        position += 1
        return true
    }

    /// Moves over white space, marks of direction and those of `signs` that stand in between.
    mutating func skipSpaces(and signs: Signs = []) {
        while !isAtEnd {
            let (scalar, width) = scalar(at: position)
            guard Signs.isSpace(scalar) || signs.contains(scalar) else { return }
            position += width
        }
    }

    // MARK: Words

    /// The letters at the cursor, folded (``MonthNames/fold(_:into:)``); nil when there are none or too many for a word
    /// of a date.
    mutating func word() -> String? {
        var folded: [UInt8] = []
        var index = position
        while index < bytes.count {
            let (scalar, width) = scalar(at: index)
            guard MonthNames.isLetter(scalar) else { break }
            guard index - position < 48 else { return nil }
            MonthNames.fold(scalar, into: &folded)
            index += width
        }
        guard index > position else { return nil }
        position = index
        return String(decoding: folded, as: UTF8.self)
    }

    /// Reads the word at the cursor when it is one of `words`.
    mutating func skipWord(in words: Set<String>) -> Bool {
        var ahead = self
        guard let word = ahead.word(), words.contains(word) else { return false }
        self = ahead
        return true
    }

    /// Where the word that ends at `end` starts, looking back 48 bytes at most; nil when no letter stands there.
    func startOfWord(endingAt end: Int) -> Int? {
        var start = end
        while start > 0, end - start < 48 {
            var lead = start - 1
            while lead > 0, bytes[lead] & 0xC0 == 0x80 { lead -= 1 }
            guard MonthNames.isLetter(scalar(at: lead).scalar) else { break }
            start = lead
        }
        return start < end ? start : nil
    }

    /// The end of what stands before `start` when spaces and full stops, 8 bytes at most, are passed over.
    func endBeforeSpaces(_ start: Int) -> Int {
        var end = start
        while end > 0, start - end < 8 {
            var lead = end - 1
            while lead > 0, bytes[lead] & 0xC0 == 0x80 { lead -= 1 }
            let scalar = scalar(at: lead).scalar
            guard Signs.isSpace(scalar) || scalar == 0x2E else { break }
            end = lead
        }
        return end
    }

    func scalar(at index: Int) -> (scalar: UInt32, width: Int) {
        let first = UInt32(bytes[index])
        func tail(_ offset: Int) -> UInt32 {
            index + offset < bytes.count ? UInt32(bytes[index + offset] & 0x3F) : 0
        }
        if first < 0x80 { return (first, 1) }
        if first < 0xE0 { return ((first & 0x1F) << 6 | tail(1), 2) }
        if first < 0xF0 { return ((first & 0x0F) << 12 | tail(1) << 6 | tail(2), 3) }
        return ((first & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4)
    }
}

extension DateCursor {
    /// Which signs may stand between the parts of a date.
    struct Signs: OptionSet {
        let rawValue: Int
        static let comma = Signs(rawValue: 1)
        static let dot = Signs(rawValue: 2)
        static let dash = Signs(rawValue: 4)
        static let slash = Signs(rawValue: 8)
        static let bracket = Signs(rawValue: 16)
        /// What sets a time apart from its date: bars, bullets, colons, `@`.
        static let bar = Signs(rawValue: 32)

        func contains(_ scalar: UInt32) -> Bool {
            switch scalar {
            case 0x2C, 0x060C: contains(.comma)
            case 0x2E: contains(.dot)
            case 0x2D, 0x2010...0x2015, 0x2212: contains(.dash)
            case 0x2F: contains(.slash)
            case 0x28, 0x29: contains(.bracket)
            case 0x7C, 0x3A, 0x40, 0xB7, 0x2022, 0x061B: contains(.bar)
            default: false
            }
        }

        static func isSpace(_ scalar: UInt32) -> Bool {
            switch scalar {
            case 0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x2000...0x200B, 0x200E, 0x200F, 0x202A...0x202F, 0x2066...0x2069,
                0xFEFF:
                true
            default: false
            }
        }
    }
}
