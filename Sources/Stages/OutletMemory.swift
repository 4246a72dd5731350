import Extraction
import Pipeline

/// What `clean` remembers over runs: the articles it has counted the lines of, and in how many of them each line
/// stands.
///
/// There is one file for each sixteenth of the window in which a run began: a run adds to the newest by writing it
/// anew, and a file is forgotten whole when its last run is older than the window. So an article counts for as long as
/// the window from the run that read it first, and for a sixteenth more at most, whatever runs lie between. Size: 12
/// bytes for each different line of such a time and 8 or 16 for each article.
struct OutletMemory: Sendable {
    /// What runs that began at about the same time have counted.
    struct Period: Sendable, Equatable {
        /// Ascending.
        var articles: [UInt64] = []
        /// In the order of their keys.
        var lines: [OutletLineCounts.Line] = []
    }

    /// Lines that one file holds at most: 6 MB.
    static let maxLines = 500_000

    private let started: Int64
    private let windowSeconds: Int64
    private let periods: [OutletLinesFile]
    /// By their place in the memory.
    private let expired: [Int]
    /// Of all periods, ascending.
    private let articles: [UInt64]

    /// Opens what earlier runs left.
    ///
    /// - Throws: ``MemoryError`` when a file is none of ours, and what reading throws.
    init(_ memory: any Memory, windowSeconds: Int64) throws {
        started = memory.started.seconds
        self.windowSeconds = windowSeconds
        var periods: [OutletLinesFile] = []
        var expired: [Int] = []
        for (index, file) in memory.files.enumerated() {
            let period = try OutletLinesFile(file, at: index)
            if period.last < started - windowSeconds { expired.append(index) } else { periods.append(period) }
        }
        (self.periods, self.expired) = (periods, expired)
        articles = try periods.reduce(into: []) { try $0 += $1.articles() }.sorted()
    }

    /// Whether an article was counted by an earlier run.
    func contains(_ article: UInt64) -> Bool {
        var (low, high) = (0, articles.count)
        while low < high {
            let middle = (low + high) / 2
            if articles[middle] < article { low = middle + 1 } else { high = middle }
        }
        return low < articles.count && articles[low] == article
    }

    /// In how many articles each line stands that earlier runs have counted, or this one has.
    func total(with lines: [OutletLineCounts.Line]) throws -> [OutletLineCounts.Line] {
        try periods.reduce(lines) { Self.sum($0, try $1.lines()) }
    }

    /// Adds what a run has counted: one file that takes the place of those of the same time.
    func write(_ learnt: Period, to memory: any Memory) throws {
        for index in expired { memory.remove(memory.files[index]) }
        if learnt.articles.isEmpty { return }
        var sum = learnt
        var (first, last) = (started, started)
        for period in periods where self.period(of: period.first) == self.period(of: started) {
            sum.articles += try period.articles()
            sum.lines = Self.sum(sum.lines, try period.lines())
            (first, last) = (min(first, period.first), max(last, period.last))
            memory.remove(memory.files[period.index])
        }
        sum.articles.sort()
        var fewest: UInt32 = 1
        while sum.lines.count > Self.maxLines {
            fewest += 1
            sum.lines.removeAll { $0.articles < fewest }
        }
        let writer = try memory.create("lines")
        try writer.append(OutletLinesFile.bytes(of: sum, first: first, last: last))
        try writer.finish()
    }

    private func period(of seconds: Int64) -> Int64 { seconds / max(1, windowSeconds / 16) }

    /// The lines of both; a line's articles are added up.
    private static func sum(_ a: [OutletLineCounts.Line], _ b: [OutletLineCounts.Line]) -> [OutletLineCounts.Line] {
        var sum: [OutletLineCounts.Line] = []
        sum.reserveCapacity(a.count + b.count)
        var (i, j) = (0, 0)
        while i < a.count || j < b.count {
            if j == b.count || i < a.count && a[i].key < b[j].key {
                sum.append(a[i])
                i += 1
            } else if i == a.count || b[j].key < a[i].key {
                sum.append(b[j])
                j += 1
            } else {
                let (articles, isTooMany) = a[i].articles.addingReportingOverflow(b[j].articles)
                sum.append(.init(key: a[i].key, articles: isTooMany ? .max : articles))
                i += 1
                j += 1
            }
        }
        return sum
    }
}
