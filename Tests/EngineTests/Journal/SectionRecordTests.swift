import Pipeline
import Testing

@testable import Engine

@Suite struct SectionRecordTests {
    private let batch: Batch
    private let before: BatchImage
    private let work: Batch

    /// A batch of random articles, and what a section may have done to it.
    init() {
        var articles = RandomArticles(seed: 7)
        batch = Batch(number: 3, stages: 5)
        batch.slots = articles.slots(9)
        batch.read = 12
        before = BatchImage(batch.slots)
        work = batch.untouched()
        work.slots = batch.slots
        let dropped = work.slots.remove(at: 4)
        let failed = work.slots.remove(at: 1)
        work.slots[0].article.text = "x"
        // As text the same, as bytes another one.
        work.slots[1].article.title = "e\u{301}"
        work.slots[2] = batch.slots[3]
        work.slots[3].article.entities = [articles.entity(), articles.entity()]
        var record = RecordSummary(dropped.article)
        record.duplicate = Duplicate(of: "a", kind: "near", similarity: 3)
        work.outcomes = [
            .init(position: dropped.position, stage: 2, kind: .dropped(reason: "empty"), record: record),
            .init(
                position: failed.position,
                stage: 3,
                kind: .failed(ArticleError(code: "c", message: "m", offset: 4)),
                record: RecordSummary(failed.article)
            ),
        ]
        work.removed = ["chrome": 2]
        work.counts[2].entered = 9
        work.counts[2].kept = 8
        work.counts[2].dropped = ["empty": 1]
        work.counts[3].failed = 1
        work.counts[3].nanoseconds = .max
        work.slow = [SlowArticle(stage: 2, nanoseconds: 5_000_000, title: nil, place: "a @ 1")]
    }

    @Test func theSameWorkComesBack() throws {
        batch.slots[2].article.title = "é"
        let before = BatchImage(batch.slots)
        let record = SectionRecord.encode(work, since: before)
        let again = try #require(SectionRecord.decode(record, for: batch, before))
        #expect(BatchImage(again.slots).hash == BatchImage(work.slots).hash)
        #expect(again.slots.map(\.position) == work.slots.map(\.position))
        #expect("\(again.outcomes)" == "\(work.outcomes)")
        #expect(again.outcomes.count == 2)
        #expect(again.removed == work.removed)
        #expect(again.counts == work.counts)
        #expect("\(again.slow)" == "\(work.slow)")
        #expect(again.read == 12)
    }

    @Test func whatDidNotChangeIsNotKept() {
        for index in batch.slots.indices {
            batch.slots[index].article.text = String(repeating: "خبر ", count: 1000)
        }
        let before = BatchImage(batch.slots)
        let work = batch.untouched()
        work.slots = batch.slots
        for index in work.slots.indices { work.slots[index].article.language = "fr" }
        #expect(SectionRecord.encode(work, since: before).count < 120)
    }

    @Test func otherArticlesHaveAnotherRecord() {
        let record = SectionRecord.encode(work, since: before)
        batch.slots[8].article.extra.append(ExtraField(key: "a", json: "1"))
        #expect(SectionRecord.decode(record, for: batch, BatchImage(batch.slots)) == nil)
    }

    @Test func aRecordThatIsNoneIsNotTaken() {
        let record = SectionRecord.encode(work, since: before)
        for count in record.indices {
            #expect(SectionRecord.decode(Array(record[..<count]), for: batch, before) == nil)
        }
        #expect(SectionRecord.decode(record + [0], for: batch, before) == nil)
        // Whatever a damaged record says, it is an answer or none.
        var random = RandomArticles(seed: 99)
        for _ in 0..<2000 {
            var damaged = record
            for _ in 0..<3 { damaged[8 + random.number(below: record.count - 8)] = UInt8(random.number(below: 256)) }
            _ = SectionRecord.decode(damaged, for: batch, before)
        }
    }

    @Test func whatWasAbsorbedIsAddedUp() {
        batch.counts[2].entered = 1
        batch.removed = ["chrome": 1]
        batch.absorb(work)
        #expect(batch.counts[2].entered == 10)
        #expect(batch.removed == ["chrome": 3])
        #expect(batch.outcomes.count == 2)
        #expect(batch.slots.count == 7)
    }
}
