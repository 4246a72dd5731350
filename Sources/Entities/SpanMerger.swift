/// Joins what list, grammar and model found to one set of spans, none of which overlaps another.
///
/// A listed name outranks what the grammar reads, and that outranks the model's guess, with two exceptions: a longer
/// name that holds a listed place or a bare surname inside («جامعة بنغازي», «عائشة القذافي») is the name that is meant.
struct SpanMerger {
    private var owner: [Int32]
    private var spans: [Span?] = []

    init(tokenCount: Int) { owner = [Int32](repeating: -1, count: tokenCount) }

    mutating func add(_ span: Span) {
        var span = span
        var overlapped: [Int] = []
        for token in span.first..<span.end where owner[token] >= 0 {
            let index = Int(owner[token])
            if overlapped.last != index { overlapped.append(index) }
        }
        for index in overlapped {
            guard let other = spans[index], outranks(span, other) else { return }
        }
        for index in overlapped {
            // «قناة الجزيرة» is «الجزيرة» with its kind before it; «مؤيد اللافي» is not the «اللافي» of the list.
            if let other = spans[index], other.entry >= 0, other.type == span.type, other.type == .organisation,
                other.first == span.first + 1
            {
                span.entry = other.entry
            }
            if let other = spans[index] { for token in other.first..<other.end { owner[token] = -1 } }
            spans[index] = nil
        }
        for token in span.first..<span.end { owner[token] = Int32(spans.count) }
        spans.append(span)
    }

    /// Puts a phrase in the place of the shorter names inside it, unless one of them reaches beyond it.
    mutating func replace(with phrase: Span, unless source: Span.Source? = nil) {
        var inside: [Int] = []
        for token in phrase.first..<phrase.end where owner[token] >= 0 {
            let index = Int(owner[token])
            if inside.last != index { inside.append(index) }
        }
        for index in inside {
            guard let other = spans[index], phrase.first <= other.first, other.end <= phrase.end,
                other.count < phrase.count, other.source != source || other.count == 1
            else { return }
        }
        for index in inside { spans[index] = nil }
        for token in phrase.first..<phrase.end { owner[token] = Int32(spans.count) }
        spans.append(phrase)
    }

    mutating func keep(where isGood: (Span) -> Bool) {
        for index in spans.indices {
            guard let span = spans[index], !isGood(span) else { continue }
            for token in span.first..<span.end { owner[token] = -1 }
            spans[index] = nil
        }
    }

    /// Whether any of a span's tokens belongs to a name already, or to one of the given type.
    func holds(_ span: Span, _ type: EntityType? = nil) -> Bool {
        (span.first..<span.end).contains { token in
            owner[token] >= 0 && (type == nil || spans[Int(owner[token])]?.type == type)
        }
    }

    /// Whether a later span of lower rank still replaces an earlier one.
    private func outranks(_ span: Span, _ other: Span) -> Bool {
        guard span.first <= other.first, other.end <= span.end, span.count > other.count else { return false }
        switch (span.type, other.type) {
        case (.organisation, .location), (.event, .location), (.date, .number): return true
        case (.person, .person): return other.count == 1 && span.first < other.first
        case (.person, .location): return other.count == 1
        case (.money, .number), (.percent, .number): return true
        case (.organisation, .organisation), (.organisation, .person):
            return other.source == .model
                || (other.source == .list && span.source == .grammar && (other.count == 1 || other.type == .person))
        default: return false
        }
    }

    func merged() -> [Span] { spans.compactMap { $0 }.sorted { $0.first < $1.first } }
}
