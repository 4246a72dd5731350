/// A date as software writes it: the whole text, nothing before and nothing behind.
struct MachineDate {
    let bytes: UnsafeBufferPointer<UInt8>

    func parse() -> ParsedDate? {
        let text = trimmed()
        guard !text.isEmpty, text.count <= 80 else { return nil }
        return calendar(text) ?? digits(text) ?? written(text)
    }

    private func trimmed() -> Range<Int> {
        var start = 0
        var end = bytes.count
        while start < end, bytes[start] <= 0x20 { start += 1 }
        while start < end, bytes[end - 1] <= 0x20 { end -= 1 }
        return start..<end
    }

    private func date(
        _ year: Int,
        _ month: Int,
        _ day: Int,
        _ time: ClockTime? = nil,
        in text: Range<Int>
    ) -> ParsedDate? {
        guard DateParser.years.contains(year) else { return nil }
        let timestamp = Timestamp(
            year: year,
            month: month,
            day: day,
            hour: time?.hour ?? 0,
            minute: time?.minute ?? 0,
            second: time?.second ?? 0,
            offsetMinutes: time?.offsetMinutes ?? 0
        )
        return timestamp.map { ParsedDate(timestamp: $0, hasTime: time != nil, range: text) }
    }

    // MARK: ISO 8601

    /// `2020-07-08`, `2020-07-08T14:30:00.000+03:00`, `2020/7/8 14:30`, and the zone in brackets that Java adds.
    private func calendar(_ text: Range<Int>) -> ParsedDate? {
        var cursor = DateCursor(bytes, at: text.lowerBound)
        guard let year = cursor.number(), year.digits == 4 else { return nil }
        let sign = cursor.byte
        guard cursor.skip(UInt8(ascii: "-")) || cursor.skip(UInt8(ascii: "/")),
            let month = cursor.number(maxDigits: 2), cursor.skip(sign), let day = cursor.number(maxDigits: 2)
        else { return nil }
        if cursor.position == text.upperBound { return date(year.value, month.value, day.value, in: text) }
        guard let time = time(&cursor, text) else { return nil }
        return date(year.value, month.value, day.value, time, in: text)
    }

    private func time(_ cursor: inout DateCursor, _ text: Range<Int>) -> ClockTime? {
        if cursor.byte | 0x20 == UInt8(ascii: "t") { cursor.position += 1 }
        cursor.skipSpaces()
        guard let time = ClockTime(in: bytes, at: cursor.position, isAnnounced: true) else { return nil }
        cursor.position = time.range.upperBound
        return isComment(from: cursor.position, to: text.upperBound) ? time : nil
    }

    /// Nothing, or a zone's name in brackets: `[Africa/Tripoli]`, `(CEST)`.
    private func isComment(from start: Int, to end: Int) -> Bool {
        var cursor = DateCursor(bytes, at: start)
        cursor.skipSpaces()
        guard cursor.position < end else { return true }
        let last = bytes[end - 1]
        return cursor.byte == UInt8(ascii: "[") && last == UInt8(ascii: "]")
            || cursor.byte == UInt8(ascii: "(") && last == UInt8(ascii: ")")
    }

    // MARK: Digits alone

    /// `20200708`, `20200708T143000Z`, `202007081430`, `20200708143000`, and Unix time in seconds or milliseconds.
    private func digits(_ text: Range<Int>) -> ParsedDate? {
        var digits: [Int] = []
        var index = text.lowerBound
        while index < text.upperBound, bytes[index] &- 0x30 < 10 {
            digits.append(Int(bytes[index] &- 0x30))
            index += 1
            if digits.count == 8, index < text.upperBound, bytes[index] | 0x20 == UInt8(ascii: "t") { index += 1 }
        }
        var zone = DateCursor(bytes, at: index)
        let hasZone = index < text.upperBound && zone.skip(UInt8(ascii: "Z"))
        guard zone.position == text.upperBound || hasZone else { return nil }
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
        switch digits.count {
        case 8: return date(number(0..<4), number(4..<6), number(6..<8), in: text)
        case 12, 14:
            var time = ClockTime(hour: number(8..<10), minute: number(10..<12), range: text)
            if digits.count == 14 { time.second = number(12..<14) }
            return date(number(0..<4), number(4..<6), number(6..<8), time, in: text)
        case 10, 13: return unixTime(number(0..<10), text)
        default: return nil
        }
    }

    private func unixTime(_ seconds: Int, _ text: Range<Int>) -> ParsedDate? {
        let timestamp = Timestamp(seconds: Int64(seconds))
        guard DateParser.years.contains(timestamp.components.year) else { return nil }
        return ParsedDate(timestamp: timestamp, hasTime: true, range: text)
    }

    // MARK: Words

    /// `Wed, 08 Jul 2020 14:30:00 +0300` (RFC 2822), `Wed Jul  8 14:30:00 2020` (C), `Wed Jul 08 2020 14:30:00
    /// GMT+0200 (CEST)` (ECMAScript).
    private func written(_ text: Range<Int>) -> ParsedDate? {
        guard let start = behindWeekday(text) else { return nil }
        if let date = yearLast(start, text) { return date }
        guard let date = VisibleDate(bytes: bytes).first(), date.range.lowerBound == start,
            isComment(from: date.range.upperBound, to: text.upperBound)
        else { return nil }
        return ParsedDate(timestamp: date.timestamp, hasTime: date.hasTime, range: text)
    }

    private static let weekdays: Set<String> = [
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "tues", "thur", "thurs",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]

    private func behindWeekday(_ text: Range<Int>) -> Int? {
        var cursor = DateCursor(bytes, at: text.lowerBound)
        if cursor.skipWord(in: Self.weekdays) { cursor.skipSpaces(and: [.comma, .dot]) }
        return cursor.position < text.upperBound ? cursor.position : nil
    }

    private func yearLast(_ start: Int, _ text: Range<Int>) -> ParsedDate? {
        var cursor = DateCursor(bytes, at: start)
        guard let name = cursor.word(), case .month(let month) = MonthNames.entry(name) else { return nil }
        cursor.skipSpaces()
        guard let day = cursor.number(maxDigits: 2) else { return nil }
        cursor.skipSpaces()
        guard let time = ClockTime(in: bytes, at: cursor.position) else { return nil }
        cursor.position = time.range.upperBound
        cursor.skipSpaces()
        guard let year = cursor.number(), year.digits == 4, cursor.position == text.upperBound else { return nil }
        return date(year.value, month, day.value, time, in: text)
    }
}
