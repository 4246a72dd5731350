import Language

/// A day, week, month or year as ISO 8601 writes it, as exact as the text was.
struct CalendarDate: Equatable {
    var year: Int?
    var month: Int?
    var day: Int?

    /// `2020-07-08`, `2020-07`, `2020`, `--07-08`; nil when there is nothing to write.
    var iso: String? {
        func pad(_ value: Int, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        switch (year, month, day) {
        case (let year?, let month?, let day?): return "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))"
        case (let year?, let month?, nil): return "\(pad(year, 4))-\(pad(month, 2))"
        case (let year?, nil, nil): return pad(year, 4)
        case (nil, let month?, let day?): return "--\(pad(month, 2))-\(pad(day, 2))"
        case (nil, let month?, nil): return "--\(pad(month, 2))"
        default: return nil
        }
    }

    /// Whether such a day can exist.
    var isPossible: Bool {
        if let month, !(1...12).contains(month) { return false }
        if let day { return (1...Timestamp.days(in: month ?? 1, of: year ?? 2000)).contains(day) }
        return true
    }

    init(year: Int? = nil, month: Int? = nil, day: Int? = nil) {
        self.year = year
        self.month = month
        self.day = day
    }

    init(_ time: Timestamp) {
        let parts = time.components
        self.init(year: parts.year, month: parts.month, day: parts.day)
    }

    /// The year that brings a day or month nearest to the publication: «4 أبريل» in January is last year's.
    func completed(by published: Timestamp?) -> CalendarDate {
        guard year == nil, let month, let published else { return self }
        let now = published.components
        var year = now.year
        if month - now.month > 6 { year -= 1 } else if now.month - month > 9 { year += 1 }
        return CalendarDate(year: year, month: month, day: day)
    }
}

extension Timestamp {
    /// Sunday is 0.
    var weekday: Int { Int(((seconds >= 0 ? seconds : seconds - 86399) / 86400 + 4) % 7 + 7) % 7 }

    func adding(days: Int) -> Timestamp { Timestamp(seconds: seconds + Int64(days) * 86400) }

    /// `2020-W27`: ISO weeks begin on Monday, and the first one holds the year's first Thursday.
    var isoWeek: String {
        let thursday = adding(days: 3 - (weekday + 6) % 7)
        let year = thursday.components.year
        guard let first = Timestamp(year: year, month: 1, day: 1) else { return "" }
        let week = Int((thursday.seconds - first.seconds) / 86400) / 7 + 1
        return "\(year)-W\(week < 10 ? "0" : "")\(week)"
    }
}
