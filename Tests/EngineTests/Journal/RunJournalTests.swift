import Foundation
import Pipeline
import Testing

@testable import Engine

/// When a journal is kept. What a run makes of one is tried by `ContinuedRunTests`.
@Suite struct RunJournalTests {
    private let scratch = Scratch()
    private let key = JournalKey(
        program: "",
        definition: "",
        resources: "",
        batchArticles: 1,
        inputs: "",
        survey: "",
        lastRun: 0
    )

    /// Begins at once, and writes once a second.
    private func journal(_ key: JournalKey?, notice: @escaping (RunNotice) -> Void = { _ in }) throws -> RunJournal {
        let journal = RunJournal(in: try Folder(scratch.path), afterSeconds: 1e-9, notice: notice)
        journal.open(key)
        return journal
    }

    private var exists: Bool { FileSystem.exists(scratch.path + "/" + JournalFile.name) }

    @Test func nothingIsWrittenBeforeItIsDue() throws {
        let journal = try journal(key)
        journal.add([1, 2, 3], section: 0, batch: 0, articles: 5)
        #expect(!exists)
        journal.add([UInt8](repeating: 7, count: RunJournal.maxPendingBytes), section: 0, batch: 1, articles: 5)
        #expect(exists)
        journal.add([4], section: 0, batch: 2, articles: 5)
        journal.keep()
        var heard: [RunNotice] = []
        let next = try self.journal(key) { heard.append($0) }
        #expect(heard == [.continues(articles: 15)])
        #expect(next.record(section: 0, batch: 2) == [4])
        #expect(next.record(section: 1, batch: 2) == nil)
        try next.remove()
        #expect(!exists)
    }

    /// A stream cannot be read again.
    @Test func aRunWithoutAKeyKeepsNothing() throws {
        let journal = try journal(nil)
        #expect(!journal.wants(section: 0, batch: 0))
        journal.add([UInt8](repeating: 7, count: RunJournal.maxPendingBytes), section: 0, batch: 0, articles: 5)
        journal.keep()
        #expect(!exists)
    }

    /// Later the batches stand for more articles than the sections that are further along.
    @Test func articlesAreCountedOnce() throws {
        let journal = try journal(key)
        for batch in 0..<3 { journal.add([1], section: 0, batch: batch, articles: 10) }
        for batch in 0..<2 { journal.add([1], section: 1, batch: batch, articles: 10) }
        journal.keep()
        var heard: [RunNotice] = []
        _ = try self.journal(key) { heard.append($0) }
        #expect(heard == [.continues(articles: 30)])
    }

    /// A transform that remembers, and does not say what, may make something else of the same article.
    @Test func whatRemembersIsNoSection() throws {
        struct Forgetful: Transform, RememberingStage {
            static let reference = StageReference(name: "x", summary: "", discussion: "", options: [])
            var remembers = true
            init(_ options: StageOptions) throws(StageProblem) {}
            func apply(_ article: inout Article) -> Verdict { .keep }
            mutating func recall(_ memory: any Memory) {}
            mutating func notes() -> [MemoryNote] { [] }
        }
        var stage = try Forgetful(StageOptions(values: [:], given: [:], directory: ""))
        let plan = try scratch.plan(#"{"stage":"numbers"},{"stage":"lines","file":"a.txt"}"#)
        func step() -> TransformStep {
            let limit = ArticleTimeout(plan.definition.limits.articleTimeout)
            return TransformStep(place: PlannedStep(plan.stages[0], index: 0), stage: stage, limit: limit)
        }
        #expect(!step().isTransform)
        stage.remembers = false
        #expect(step().isTransform)
    }

    @Test func aSectionThatIsCheapIsDoneAgain() throws {
        let journal = try journal(key)
        for batch in 0..<4 {
            #expect(journal.wants(section: 0, batch: batch))
            journal.note(section: 0, workNanoseconds: 900, costNanoseconds: 100)
            journal.note(section: 1, workNanoseconds: 1000, costNanoseconds: 100)
        }
        #expect(!journal.wants(section: 0, batch: 5))
        #expect(journal.wants(section: 1, batch: 5))
        #expect(journal.wants(section: 0, batch: 64))
    }

    @Test func theOutputsComeFirst() {
        #expect(RunJournal.hasRoom(for: 250, freeBytes: 1000))
        #expect(!RunJournal.hasRoom(for: 251, freeBytes: 1000))
    }
}
