/// A time of day as it stands beside a date: `14:30`, `2:30 PM`, «02:30 م», `14h30`, `14.30 Uhr`, `14:30:05 +0200`.
struct ClockTime {
    var hour: Int
    var minute = 0
    var second = 0
    /// Minutes east of UTC; nil when no zone is named.
    var offsetMinutes: Int?
    /// From the first digit to the end of the zone.
    var range: Range<Int>

    init(hour: Int, minute: Int, range: Range<Int>) {
        self.hour = hour
        self.minute = minute
        self.range = range
    }

    /// The time that starts at `start`.
    ///
    /// - Parameter isAnnounced: a word such as "at" or «الساعة» stands before, so that `14.30` and `2 PM` count too.
    init?(in bytes: UnsafeBufferPointer<UInt8>, at start: Int, isAnnounced: Bool = false) {
        var cursor = DateCursor(bytes, at: start)
        guard let hour = cursor.number(maxDigits: 2), hour.value < 24 else { return nil }
        self.hour = hour.value
        range = start..<cursor.position
        let hasMinutes = readMinutes(&cursor, isAnnounced)
        guard readHalf(&cursor) || hasMinutes else { return nil }
        readZone(&cursor)
        range = start..<cursor.position
    }

    /// The time that follows a date which ends at `end`, with what may stand between them.
    init?(in bytes: UnsafeBufferPointer<UInt8>, behindDate end: Int) {
        var cursor = DateCursor(bytes, at: end)
        // The «م» of «2020م» says that the year is of the common era.
        _ = cursor.skipWord(in: ["م"])
        if cursor.byte | 0x20 == UInt8(ascii: "t"), cursor.digit(at: cursor.position + 1) != nil {
            cursor.position += 1
        }
        var announced = false
        for _ in 0..<3 {
            cursor.skipSpaces(and: [.comma, .dash, .slash, .bar, .bracket, .dot])
            guard cursor.skipWord(in: Self.announcements) else { break }
            announced = true
        }
        guard cursor.position - end <= 48, cursor.digit(at: cursor.position) != nil else { return nil }
        self.init(in: bytes, at: cursor.position, isAnnounced: announced)
    }

    private static let announcements: Set<String> = [
        "at", "a", "um", "alle", "ore", "las", "as", "saat", "kl", "klo", "om", "в", "o",
        "الساعه", "علي", "عند", "في", "تمام", "بتوقيت", "ساعت", "بوقت",
    ]

    private mutating func readMinutes(_ cursor: inout DateCursor, _ isAnnounced: Bool) -> Bool {
        var ahead = cursor
        let isFrench = ahead.byte | 0x20 == UInt8(ascii: "h")
        guard ahead.skip(UInt8(ascii: ":")) || isFrench || (isAnnounced && ahead.byte == UInt8(ascii: ".")) else {
            return false
        }
        if ahead.position == cursor.position { ahead.position += 1 }
        if isFrench { ahead.skipSpaces() }
        guard let minute = ahead.number(maxDigits: 2), minute.digits == 2, minute.value < 60 else {
            return isFrench && isAnnounced && skipFrenchHour(&cursor)
        }
        self.minute = minute.value
        cursor = ahead
        readSeconds(&cursor)
        return true
    }

    /// `14h` without minutes.
    private func skipFrenchHour(_ cursor: inout DateCursor) -> Bool {
        cursor.position += 1
        return !cursor.isAtEnd ? !MonthNames.isLetter(cursor.scalar(at: cursor.position).scalar) : true
    }

    private mutating func readSeconds(_ cursor: inout DateCursor) {
        var ahead = cursor
        guard ahead.skip(UInt8(ascii: ":")), let second = ahead.number(maxDigits: 2), second.digits == 2,
            second.value <= 60
        else { return }
        self.second = second.value
        cursor = ahead
        if ahead.byte == UInt8(ascii: ".") || ahead.byte == UInt8(ascii: ","),
            ahead.digit(at: ahead.position + 1) != nil
        {
            ahead.position += 1
            ahead.skipDigits()
            cursor = ahead
        }
    }

    // MARK: Half of the day

    private static let morning: Set<String> = ["am", "ص", "صباحا", "صباح"]
    private static let afternoon: Set<String> = ["pm", "م", "مساء", "ظهرا", "عصرا"]

    private mutating func readHalf(_ cursor: inout DateCursor) -> Bool {
        guard (1...12).contains(hour) else { return false }
        var ahead = cursor
        ahead.skipSpaces()
        guard let half = half(&ahead) else { return false }
        hour = hour % 12 + half
        cursor = ahead
        return true
    }

    private func half(_ cursor: inout DateCursor) -> Int? {
        if cursor.skipWord(in: Self.morning) { return 0 }
        if cursor.skipWord(in: Self.afternoon) { return 12 }
        let isAfternoon = cursor.byte | 0x20 == UInt8(ascii: "p")
        guard cursor.skipWord(in: ["a", "p"]), cursor.skip(UInt8(ascii: ".")), cursor.skipWord(in: ["m"]) else {
            return nil
        }
        _ = cursor.skip(UInt8(ascii: "."))
        return isAfternoon ? 12 : 0
    }

    // MARK: Zone

    /// Names with one offset alone; `IST`, `AST` and the like mean several.
    private static let zones: [String: Int] = [
        "z": 0, "gmt": 0, "utc": 0, "ut": 0, "غرينتش": 0, "جرينتش": 0, "غرينيتش": 0, "wet": 0,
        "cet": 60, "mez": 60, "west": 60, "bst": 60, "cest": 120, "mesz": 120, "eet": 120, "eest": 180, "msk": 180,
        "trt": 180, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480,
        "pdt": -420,
    ]

    private mutating func readZone(_ cursor: inout DateCursor) {
        let joined = cursor.position
        var ahead = cursor
        ahead.skipSpaces(and: .bracket)
        if ahead.skipWord(in: ["uhr", "بتوقيت", "horas", "hrs"]) { ahead.skipSpaces() }
        if let minutes = offset(&ahead, isJoined: ahead.position == joined) {
            offsetMinutes = minutes
            cursor = ahead
        } else if let word = ahead.word(), let minutes = Self.zones[word] {
            offsetMinutes = minutes
            cursor = ahead
            if minutes == 0, let minutes = offset(&ahead, isJoined: true) {
                offsetMinutes = minutes
                cursor = ahead
            }
        }
    }

    /// `+03:00`, `+0300`; `+3` only where it is joined to what stands before.
    private func offset(_ cursor: inout DateCursor, isJoined: Bool) -> Int? {
        var ahead = cursor
        let isNegative = ahead.byte == UInt8(ascii: "-")
        guard ahead.skip(UInt8(ascii: "+")) || ahead.skip(UInt8(ascii: "-")), let number = ahead.number() else {
            return nil
        }
        var minutes: Int
        switch number.digits {
        case 4: minutes = number.value / 100 * 60 + number.value % 100
        case 1, 2:
            minutes = number.value * 60
            if ahead.skip(UInt8(ascii: ":")) {
                guard let tail = ahead.number(maxDigits: 2), tail.digits == 2 else { return nil }
                minutes += tail.value
            } else if !isJoined {
                return nil
            }
        default: return nil
        }
        guard minutes <= 18 * 60 else { return nil }
        cursor = ahead
        return isNegative ? -minutes : minutes
    }
}
