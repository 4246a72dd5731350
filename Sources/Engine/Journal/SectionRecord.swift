import Pipeline

/// What a section of the chain made of one batch, as the journal keeps it: the articles as they left it, those that it
/// took out, and the counts.
enum SectionRecord {
    private typealias Malformed = ByteDecoder.Malformed

    /// - Parameters:
    ///   - work: the batch behind the section, with nothing in it but what the section did.
    ///   - before: its articles before.
    static func encode(_ work: Batch, since before: BatchImage) -> [UInt8] {
        var encoder = ByteEncoder()
        encoder.put(word: before.hash)
        BatchImage(work.slots).encode(since: before, into: &encoder)
        encoder.put(work.outcomes) { $0.put($1) }
        encoder.put(work.removed)
        encoder.put(work.slow) { $0.put($1) }
        encoder.put(work.counts.enumerated().filter { $0.element != StageCounts() }) { encoder, counts in
            encoder.put(counts.offset)
            encoder.put(counts.element)
        }
        return encoder.bytes
    }

    /// - Returns: the same work on this batch; nil when it was done on other articles.
    static func decode(_ record: [UInt8], for batch: Batch, _ before: BatchImage) -> Batch? {
        record.withUnsafeBytes { bytes in
            var decoder = ByteDecoder(bytes)
            do throws(Malformed) {
                guard try decoder.word() == before.hash else { return nil }
                let work = batch.untouched()
                work.slots = try BatchImage.decode(from: &decoder, over: batch.slots)
                work.outcomes = try decoder.list { (d: inout ByteDecoder) throws(Malformed) in try d.outcome() }
                work.removed = try decoder.counts()
                work.slow = try decoder.list { (d: inout ByteDecoder) throws(Malformed) in try d.slowArticle() }
                for (stage, counts) in try decoder.list(stageCounts) {
                    guard work.counts.indices.contains(stage) else { return nil }
                    work.counts[stage] = counts
                }
                return decoder.isAtEnd ? work : nil
            } catch {
                return nil
            }
        }
    }

    private static func stageCounts(_ decoder: inout ByteDecoder) throws(Malformed) -> (Int, StageCounts) {
        let stage = try decoder.number()
        var counts = StageCounts()
        counts.entered = try decoder.number()
        counts.kept = try decoder.number()
        counts.dropped = try decoder.counts()
        counts.failed = try decoder.number()
        counts.nanoseconds = try decoder.word()
        return (stage, counts)
    }
}

extension ByteEncoder {
    fileprivate mutating func put(_ counts: StageCounts) {
        put(counts.entered)
        put(counts.kept)
        put(counts.dropped)
        put(counts.failed)
        put(word: counts.nanoseconds)
    }

    fileprivate mutating func put(_ slow: SlowArticle) {
        put(slow.stage)
        put(word: slow.nanoseconds)
        put(slow.title)
        put(slow.place)
    }

    fileprivate mutating func put(_ outcome: Batch.Outcome) {
        put(outcome.position)
        put(outcome.stage)
        switch outcome.kind {
        case .dropped(let reason):
            put(0)
            put(reason)
        case .failed(let error):
            put(1)
            put(error.code)
            put(error.message)
            put(error.offset)
        }
        put(outcome.record)
    }

    private mutating func put(_ record: RecordSummary) {
        put(record.id)
        put(record.url)
        put(record.outlet)
        put(record.title)
        put(record.published)
        put(record.words)
        put(record.duplicate) { $0.put($1) }
        put(record.path)
        put(record.offset)
    }
}

extension ByteDecoder {
    fileprivate mutating func slowArticle() throws(Malformed) -> SlowArticle {
        SlowArticle(stage: try number(), nanoseconds: try word(), title: try optionalText(), place: try text())
    }

    fileprivate mutating func outcome() throws(Malformed) -> Batch.Outcome {
        let (position, stage) = (try number(), try number())
        let kind: Batch.Outcome.Kind =
            switch try number() {
            case 0: .dropped(reason: try text())
            case 1: .failed(ArticleError(code: try text(), message: try text(), offset: try optionalNumber()))
            default: throw Malformed()
            }
        return Batch.Outcome(position: position, stage: stage, kind: kind, record: try recordSummary())
    }

    private mutating func recordSummary() throws(Malformed) -> RecordSummary {
        let (id, url, outlet) = (try optionalText(), try optionalText(), try optionalText())
        let (title, published) = (try optionalText(), try optionalText())
        let (words, duplicate) = (try optionalNumber(), try duplicate())
        var record = RecordSummary(path: try text(), offset: try number())
        (record.id, record.url, record.outlet) = (id, url, outlet)
        (record.title, record.published) = (title, published)
        (record.words, record.duplicate) = (words, duplicate)
        return record
    }
}
