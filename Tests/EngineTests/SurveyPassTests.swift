import Pipeline
import Testing

@testable import Engine

@Suite struct SurveyPassTests {
    private let scratch = Scratch()

    private func plan(_ condition: String = "") throws -> Plan {
        try scratch.plan(
            #"{"stage":"numbers","articles":10},{"stage":"census"\#(condition)},{"stage":"lines","file":"a.txt"}"#
        )
    }

    @Test func everyArticleIsSeenBeforeTheFirstIsWorkedOn() throws {
        let entries = try Preview.entries(of: plan(), count: 2)
        #expect(entries.map { $0.steps[0].article.title } == ["of 10", "of 10"])
    }

    @Test func articlesThatPassTheStageByTellItNothing() throws {
        let entries = try Preview.entries(of: plan(#","when":{"language":"ar"}"#), count: 2)
        #expect(entries.map { $0.steps[0].article.title } == ["of 5", nil])
    }

    @Test func aPreviewThatEndsBeforeTheStageSurveysNothing() throws {
        let entries = try Preview.entries(of: plan(), count: 1, through: 1)
        #expect(entries[0].steps.isEmpty)
    }

    @Test func theFirstPassTellsHowFarItIs() throws {
        nonisolated(unsafe) var reads: [Int] = []
        let run = Run(try plan(), options: .init(jobs: 1, batchArticles: 4), started: .init(seconds: 0)) {
            if $0.isSurvey { reads.append($0.read) }
        }
        _ = try run.execute()
        #expect(reads == [4, 8, 10])
    }
}
