/// A moment in UTC, to the second, on the proleptic Gregorian calendar.
///
/// Its text is RFC 3339. No time zone data base, locale or clock is asked.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Seconds since 1970-01-01T00:00:00Z.
    public var seconds: Int64

    public init(seconds: Int64) {
        self.seconds = seconds
    }

    /// A civil date and time at an offset from UTC; nil when no such date or time exists.
    public init?(
        year: Int,
        month: Int,
        day: Int,
        hour: Int = 0,
        minute: Int = 0,
        second: Int = 0,
        offsetMinutes: Int = 0
    ) {
        guard (1...9999).contains(year), (1...12).contains(month), (1...Self.days(in: month, of: year)).contains(day),
            (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second),
            abs(offsetMinutes) <= 18 * 60
        else { return nil }
        let days = Self.daysSinceEpoch(year, month, day)
        let time = hour * 3600 + minute * 60 + min(second, 59) - offsetMinutes * 60
        self.init(seconds: Int64(days * 86400 + time))
    }

    public static func < (a: Self, b: Self) -> Bool { a.seconds < b.seconds }

    public struct Components: Equatable, Sendable {
        public var year, month, day, hour, minute, second: Int
    }

    public var components: Components {
        let days = Int((seconds >= 0 ? seconds : seconds - 86399) / 86400)
        let time = Int(seconds) - days * 86400
        let (year, month, day) = Self.civil(fromDays: days)
        return Components(
            year: year,
            month: month,
            day: day,
            hour: time / 3600,
            minute: time / 60 % 60,
            second: time % 60
        )
    }

    /// `2020-07-08T14:30:00Z`
    public var rfc3339: String {
        let c = components
        return
            "\(pad(c.year, 4))-\(pad(c.month, 2))-\(pad(c.day, 2))T\(pad(c.hour, 2)):\(pad(c.minute, 2)):\(pad(c.second, 2))Z"
    }

    private func pad(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    public static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    // Days since the epoch and back, by counting from 1 March of year 0 so that a leap day comes last
    // (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
    private static func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let y = month <= 2 ? year - 1 : year
        let era = y / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(fromDays days: Int) -> (Int, Int, Int) {
        let z = days + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted + (shifted < 10 ? 3 : -9)
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }
}
