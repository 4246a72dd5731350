import Testing

@testable import Engine

@Suite struct ReportAxisTests {
    private func days(_ counts: [Int: Int]) -> DayCounts {
        var days = DayCounts()
        for (day, count) in counts { for _ in 0..<count { days.add(day) } }
        return days
    }

    @Test(
        arguments: [
            // 2024-03-12 is day 19,794, a Tuesday.
            ([19_794: 2, 19_796: 1], "day", "2024-03-12", "2024-03-14", [2, 0, 1]),
            ([19_794: 1, 19_794 + 200: 1], "week", "2024-03-11", "2024-09-23", nil),
            ([19_794: 1, 19_794 + 1000: 1], "month", "2024-03", "2026-12", nil),
            ([19_794: 1, 19_794 + 10_000: 1], "year", "2024", "2051", nil),
            ([0: 1], "day", "1970-01-01", "1970-01-01", [1]),
            ([-1: 1], "day", "1969-12-31", "1969-12-31", [1]),
        ] as [([Int: Int], String, String, String, [Int]?)]
    )
    func choosesItsUnit(_ counts: [Int: Int], _ unit: String, _ first: String, _ last: String, _ values: [Int]?) throws
    {
        let days = days(counts)
        let axis = try #require(ReportAxis(days))
        #expect(axis.unit.rawValue == unit)
        #expect(axis.label(0) == first)
        #expect(axis.label(axis.columns - 1) == last)
        let shown = axis.values(of: days)
        #expect(shown.columns.reduce(0, +) == counts.values.reduce(0, +))
        #expect(shown.outside == 0)
        if let values { #expect(shown.columns == values) }
    }

    @Test func wrongYearsDoNotSqueezeTheOthers() throws {
        var counts = [0: 1, 30_000: 1]
        for day in 19_700..<19_800 { counts[day] = 10 }
        let days = days(counts)
        let axis = try #require(ReportAxis(days))
        #expect(axis.unit == .day)
        #expect(axis.columns == 100)
        #expect(axis.values(of: days).outside == 2)
    }

    @Test func thereIsNoneWithoutDates() {
        var days = DayCounts()
        days.add(nil)
        #expect(ReportAxis(days) == nil)
        #expect(days.undated == 1)
    }
}
