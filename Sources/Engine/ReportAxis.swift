import Language

/// The time axis of a report: days, weeks, months or years, whichever makes at most 120 columns.
struct ReportAxis {
    enum Unit: String {
        case day, week, month, year
    }

    let unit: Unit
    /// Of the first column, in units.
    private let first: Int
    let columns: Int
    private static let maxColumns = 120

    /// - Returns: nil when no article has a date.
    init?(_ days: DayCounts) {
        let total = days.counts.values.reduce(0, +)
        let sorted = days.counts.sorted { $0.key < $1.key }
        guard let earliest = sorted.first?.key, let latest = sorted.last?.key else { return nil }
        // One wrong year must not squeeze all the others: at most 1 % of the articles may stand outside.
        let allowed = total / 200
        let start = allowed == 0 ? earliest : Self.day(behind: allowed, in: sorted)
        let end = allowed == 0 ? latest : Self.day(behind: allowed, in: sorted.reversed())
        for unit in [Unit.day, .week, .month, .year] {
            let first = Self.position(start, unit)
            let columns = Self.position(end, unit) - first + 1
            if columns <= Self.maxColumns || unit == .year {
                self.unit = unit
                self.first = first
                self.columns = min(columns, Self.maxColumns)
                return
            }
        }
        return nil
    }

    private static func day(behind count: Int, in days: [(key: Int, value: Int)]) -> Int {
        var passed = 0
        for (day, articles) in days {
            passed += articles
            if passed > count { return day }
        }
        return days.last?.key ?? 0
    }

    /// Articles in each column, and how many stand outside.
    func values(of days: DayCounts) -> (columns: [Int], outside: Int) {
        var values = [Int](repeating: 0, count: columns)
        var outside = 0
        for (day, count) in days.counts {
            let column = Self.position(day, unit) - first
            if values.indices.contains(column) { values[column] += count } else { outside += count }
        }
        return (values, outside)
    }

    /// `2024-03-12`, `2024-03` or `2024`; a week by its first day.
    func label(_ column: Int) -> String {
        let position = first + column
        switch unit {
        case .day: return Self.date(position)
        case .week: return Self.date(position * 7 - 3)
        case .month: return String(Self.date(Self.day(ofMonth: position)).prefix(7))
        case .year: return String(position)
        }
    }

    private static func date(_ day: Int) -> String {
        String(Timestamp(seconds: Int64(day) * 86_400).rfc3339.prefix(10))
    }

    private static func day(ofMonth month: Int) -> Int {
        Timestamp(year: month / 12, month: month % 12 + 1, day: 1)?.day ?? 0
    }

    private static func position(_ day: Int, _ unit: Unit) -> Int {
        let date = Timestamp(seconds: Int64(day) * 86_400).components
        switch unit {
        case .day: return day
        // 1970-01-01 was a Thursday; weeks begin on Monday.
        case .week: return Int((Double(day + 3) / 7).rounded(.down))
        case .month: return date.year * 12 + date.month - 1
        case .year: return date.year
        }
    }
}

extension Timestamp {
    /// Days since 1970-01-01.
    var day: Int { Int((Double(seconds) / 86_400).rounded(.down)) }
}
