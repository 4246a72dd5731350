import Pipeline

/// What `report.html` shows of the articles, gathered batch by batch in source order.
///
/// Memory is bounded: by the days and outlets of the news, the first failures, and the mentions that are frequent.
struct ReportFigures {
    struct Outlet {
        var kept = 0
        var repeats = 0
        var dropped = 0
        var words = 0
        var days = DayCounts()
    }

    /// An article as an example of something.
    struct Example {
        let title: String?
        let place: String
    }

    struct Failure {
        let stage: Int
        let code: String
        let message: String
        let place: String
    }

    private(set) var days = DayCounts()
    /// Under nil are articles without an outlet, and those of outlets beyond the bound.
    private(set) var outlets: [String?: Outlet] = [:]
    private(set) var languages: [String: Int] = [:]
    private(set) var mentions = MentionCounts()
    private(set) var examples: [String: [Example]] = [:]
    private(set) var duplicateKinds: [String: Int] = [:]
    private(set) var failures: [Failure] = []
    private(set) var slowest: [SlowArticle] = []

    static let maxFailures = 50
    static let maxSlowest = 10
    private static let maxExamples = 3
    private static let maxOutlets = 2_000
    private static let maxLanguages = 200

    mutating func add(_ batch: Batch) {
        for slot in batch.slots { add(kept: slot.article) }
        for outcome in batch.outcomes.sorted(by: { $0.position < $1.position }) { add(outcome) }
        slowest = Array((slowest + batch.slow).sorted { $1.nanoseconds < $0.nanoseconds }.prefix(Self.maxSlowest))
    }

    private mutating func add(kept article: Article) {
        let day = article.published.map(\.day)
        days.add(day)
        let words = article.wordCount ?? 0
        change(article.outlet) {
            $0.kept += 1
            $0.words += words
            $0.days.add(day)
        }
        let language = article.language ?? ""
        if languages[language] != nil || languages.count < Self.maxLanguages { languages[language, default: 0] += 1 }
        mentions.add(article.entities, day: day)
    }

    private mutating func add(_ outcome: Batch.Outcome) {
        let record = outcome.record
        let place = "\(record.path) @ \(record.offset)"
        switch outcome.kind {
        case .failed(let error):
            guard failures.count < Self.maxFailures else { return }
            failures.append(Failure(stage: outcome.stage, code: error.code, message: error.message, place: place))
        case .dropped(let reason):
            if let kind = record.duplicate?.kind, reason == "duplicate" {
                duplicateKinds[kind, default: 0] += 1
                change(record.outlet) { $0.repeats += 1 }
            } else {
                change(record.outlet) { $0.dropped += 1 }
            }
            if examples[reason, default: []].count < Self.maxExamples {
                examples[reason, default: []].append(Example(title: record.title, place: place))
            }
        }
    }

    private mutating func change(_ name: String?, _ change: (inout Outlet) -> Void) {
        let key = name.flatMap { outlets[$0] != nil || outlets.count < Self.maxOutlets ? $0 : nil }
        change(&outlets[key, default: Outlet()])
    }
}

/// How many articles were published on each day.
struct DayCounts: Sendable {
    /// By days since 1970.
    private(set) var counts: [Int: Int] = [:]
    private(set) var undated = 0
    /// Two hundred years of news.
    private static let maxDays = 73_000

    mutating func add(_ day: Int?) {
        guard let day, counts[day] != nil || counts.count < Self.maxDays else { return undated += 1 }
        counts[day, default: 0] += 1
    }
}

/// An article that one stage worked on for long.
struct SlowArticle: Sendable {
    let stage: Int
    let nanoseconds: UInt64
    let title: String?
    let place: String

    /// What is faster is not noted.
    static let minNanoseconds: UInt64 = 2_000_000
}
