/// A date found in a text, and where it stands there.
public struct ParsedDate: Sendable, Equatable {
    public var timestamp: Timestamp
    /// False when the text names the day alone; the timestamp is then its midnight.
    public var hasTime: Bool
    /// UTF-8 bytes of the date, with its time and zone, in the text.
    public var range: Range<Int>

    public init(timestamp: Timestamp, hasTime: Bool, range: Range<Int>) {
        self.timestamp = timestamp
        self.hasTime = hasTime
        self.range = range
    }
}

/// Reads dates as news writes them, without asking a clock, a locale or a time zone data base.
///
/// - A time without a zone is taken as UTC; zones are read as offsets and as the names whose offset is fixed.
/// - `03/04/2020` is 3 April: the day comes first unless only the other order exists (`04/23/2020`).
/// - Two-digit years are not read. Years before 1990 or after 2100 are refused, and with them the dates of the
///   Hijri and the Persian calendar, which are never converted: a guess could be a day off.
///
/// Cost: one pass; a text without digits costs a scan of its bytes.
public enum DateParser {
    /// The years that news has: a number or a word that would be a date of another is none.
    public static let years = 1990...2100

    /// A date in one of the forms machines write (ISO 8601, RFC 3339, RFC 2822, compact digits, Unix time), which has
    /// to be the whole text.
    public static func parseMachine(_ text: String) -> ParsedDate? {
        var text = text
        return text.withUTF8 { MachineDate(bytes: $0).parse() }
    }

    /// The first date a reader would see in the text: `8 July 2020`, «الأربعاء 8 يوليو/تموز 2020 - 14:30»,
    /// `08.07.2020`, `2020-07-08`.
    public static func parse(_ text: String) -> ParsedDate? {
        var text = text
        return text.withUTF8 { parse(utf8: $0) }
    }

    /// As ``parse(_:)``, over valid UTF-8.
    public static func parse(utf8 bytes: UnsafeBufferPointer<UInt8>) -> ParsedDate? {
        VisibleDate(bytes: bytes).first()
    }
}

/// The search for a date in running text: at each number the patterns that a date can have there are tried.
struct VisibleDate {
    let bytes: UnsafeBufferPointer<UInt8>

    struct Day {
        var year, month, day: Int
        var range: Range<Int>
    }

    func first() -> ParsedDate? {
        var cursor = DateCursor(bytes)
        var earlierTime: ClockTime?
        while let start = nextDigit(from: cursor.position) {
            cursor.position = start
            if let day = day(at: start), let date = date(day, earlierTime) { return date }
            if let time = ClockTime(in: bytes, at: start) {
                earlierTime = time
                cursor.position = time.range.upperBound
            } else {
                cursor.skipDigits()
            }
        }
        return nil
    }

    private func nextDigit(from start: Int) -> Int? {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if byte &- 0x30 < 10 { return index }
            if byte == 0xD9 || byte == 0xDB, index + 1 < bytes.count,
                bytes[index + 1] &- (byte == 0xD9 ? 0xA0 : 0xB0) < 10
            {
                return index
            }
            index += 1
        }
        return nil
    }

    private func date(_ day: Day, _ earlierTime: ClockTime?) -> ParsedDate? {
        guard DateParser.years.contains(day.year) else { return nil }
        if let time = ClockTime(in: bytes, behindDate: day.range.upperBound) {
            return date(day, time, day.range.lowerBound..<time.range.upperBound)
        }
        if let earlierTime, day.range.lowerBound - earlierTime.range.upperBound <= 32 {
            return date(day, earlierTime, earlierTime.range.lowerBound..<day.range.upperBound)
        }
        return date(day, nil, day.range)
    }

    private func date(_ day: Day, _ time: ClockTime?, _ range: Range<Int>) -> ParsedDate? {
        let timestamp = Timestamp(
            year: day.year,
            month: day.month,
            day: day.day,
            hour: time?.hour ?? 0,
            minute: time?.minute ?? 0,
            second: time?.second ?? 0,
            offsetMinutes: time?.offsetMinutes ?? 0
        )
        return timestamp.map { ParsedDate(timestamp: $0, hasTime: time != nil, range: range) }
    }

    // MARK: Patterns

    private func day(at start: Int) -> Day? {
        var cursor = DateCursor(bytes, at: start)
        guard let number = cursor.number() else { return nil }
        if number.digits == 4 {
            return yearFirst(number.value, start, cursor)
        }
        guard number.digits <= 2, (1...31).contains(number.value) else { return nil }
        return allDigits(number.value, start, cursor)
            ?? dayThenMonth(number.value, start, cursor)
            ?? monthThenDay(number.value, start, cursor)
    }

    /// `2020-07-08`, `2020/7/8`, `2020. július 8.`, `2020年7月8日`
    private func yearFirst(_ year: Int, _ start: Int, _ cursor: DateCursor) -> Day? {
        guard !isJoinedToNumber(start) else { return nil }
        var cursor = cursor
        let month: Int
        if let sign = numericSign(&cursor), let number = cursor.number(maxDigits: 2), skip(sign, &cursor) {
            month = number.value
        } else {
            cursor.skipSpaces(and: .dot)
            guard let named = monthName(&cursor) else { return nil }
            month = named
            cursor.skipSpaces()
        }
        guard let day = cursor.number(maxDigits: 2) else { return nil }
        if cursor.scalarIfAny == 0x65E5 { cursor.position += 3 }
        return Day(year: year, month: month, day: day.value, range: start..<cursor.position)
    }

    /// `08/07/2020`, `8.7.2020`, `8 - 7 - 2020`; the day first, unless only the month can be.
    private func allDigits(_ first: Int, _ start: Int, _ cursor: DateCursor) -> Day? {
        guard !isJoinedToNumber(start) else { return nil }
        var cursor = cursor
        cursor.skipSpaces()
        guard let sign = numericSign(&cursor) else { return nil }
        cursor.skipSpaces()
        guard let second = cursor.number(maxDigits: 2) else { return nil }
        cursor.skipSpaces()
        guard skip(sign, &cursor) else { return nil }
        cursor.skipSpaces()
        guard let year = cursor.number(), year.digits == 4 else { return nil }
        let isMonthFirst = second.value > 12 && first <= 12
        return Day(
            year: year.value,
            month: isMonthFirst ? first : second.value,
            day: isMonthFirst ? second.value : first,
            range: start..<cursor.position
        )
    }

    /// `8 July 2020`, `8. Juli 2020`, `1er juillet 2020`, «8 يوليو/تموز 2020», `8 de julio de 2020`, `08-Jul-2020`
    private func dayThenMonth(_ day: Int, _ start: Int, _ cursor: DateCursor) -> Day? {
        var cursor = cursor
        skipOrdinal(&cursor)
        cursor.skipSpaces(and: [.dot, .dash, .slash])
        if cursor.skipWord(in: Self.joiningWords) { cursor.skipSpaces() }
        guard let month = monthName(&cursor) else { return nil }
        let betweenNames = cursor
        cursor.skipSpaces(and: [.dash, .slash, .bracket, .dot])
        if monthName(&cursor) == nil { cursor = betweenNames }
        return year(&cursor).map { Day(year: $0, month: month, day: day, range: start..<cursor.position) }
    }

    /// `July 8, 2020`, `July 8th 2020`, «يوليو 8، 2020»
    private func monthThenDay(_ day: Int, _ start: Int, _ cursor: DateCursor) -> Day? {
        guard let (month, monthStart) = monthName(endingBefore: start, cursor) else { return nil }
        var cursor = cursor
        skipOrdinal(&cursor)
        return year(&cursor).map { Day(year: $0, month: month, day: day, range: monthStart..<cursor.position) }
    }

    /// The year behind a day and month, with the comma or word that may stand before it.
    private func year(_ cursor: inout DateCursor) -> Int? {
        cursor.skipSpaces(and: [.comma, .dot, .dash, .slash, .bracket])
        if cursor.skipWord(in: Self.joiningWords) { cursor.skipSpaces() }
        guard let year = cursor.number(), year.digits == 4 else { return nil }
        return year.value
    }

    // MARK: Parts

    private static let joiningWords: Set<String> = [
        "of", "de", "del", "di", "du", "من", "عام", "سنه", "لعام", "لسنه",
    ]
    private static let ordinals: Set<String> = ["st", "nd", "rd", "th", "er", "re", "ere", "º", "ª"]

    private func skipOrdinal(_ cursor: inout DateCursor) {
        if [0xBA, 0xAA, 0xB0].contains(cursor.scalarIfAny) { cursor.position += 2 }
        _ = cursor.skipWord(in: Self.ordinals)
    }

    private func monthName(_ cursor: inout DateCursor) -> Int? {
        var ahead = cursor
        guard let word = ahead.word(), let entry = MonthNames.entry(word) else { return nil }
        switch entry {
        case .month(let month):
            cursor = ahead
            return month
        case .firstWord:
            ahead.skipSpaces()
            guard let second = ahead.word(), case .month(let month) = MonthNames.entry(word + " " + second) else {
                return nil
            }
            cursor = ahead
            return month
        }
    }

    /// The month's name of one or two words that ends before a number.
    private func monthName(endingBefore start: Int, _ cursor: DateCursor) -> (month: Int, start: Int)? {
        let end = cursor.endBeforeSpaces(start)
        guard let lastWord = cursor.startOfWord(endingAt: end) else { return nil }
        let firstWord = cursor.startOfWord(endingAt: cursor.endBeforeSpaces(lastWord))
        for wordStart in [firstWord, lastWord].compactMap({ $0 }) {
            var name = DateCursor(bytes, at: wordStart)
            if let month = monthName(&name), name.position == end { return (month, wordStart) }
        }
        return nil
    }

    /// The sign between the numbers of a date; `年` and `月` count as one.
    private func numericSign(_ cursor: inout DateCursor) -> UInt32? {
        guard let sign = cursor.scalarIfAny else { return nil }
        switch sign {
        case 0x2D, 0x2E, 0x2F:
            cursor.position += 1
            return sign
        case 0x5E74:
            cursor.position += 3
            cursor.skipSpaces()
            return 0x6708
        default: return nil
        }
    }

    private func skip(_ sign: UInt32, _ cursor: inout DateCursor) -> Bool {
        guard cursor.scalarIfAny == sign else { return false }
        cursor.position += sign < 0x80 ? 1 : 3
        cursor.skipSpaces()
        return true
    }

    /// Whether the number is a later part of a longer one, like an address or a version: `192.168.1.2020`.
    private func isJoinedToNumber(_ start: Int) -> Bool {
        guard start >= 2, [0x2D, 0x2E, 0x2F].contains(bytes[start - 1]) else { return false }
        return bytes[start - 2] &- 0x30 < 10
    }
}
