import Pipeline
import Testing

@testable import Engine

/// Works on a batch as a whole, and says at the end that it did.
struct TogetherStage: BatchTransform {
    static let breaks = StageOption<Int?>("breaks", nil, "Cannot go on at this number.")
    static let reference = StageReference(
        name: "together",
        summary: "Works together.",
        discussion: "",
        options: [breaks.erased]
    )

    let breaks: Int?

    init(_ options: StageOptions) throws(StageProblem) { breaks = options[Self.breaks] }

    func apply(to articles: inout [Article]) throws(StageFailure) -> [Result<Verdict, ArticleError>] {
        if let breaks, articles.contains(where: { $0.number == breaks }) {
            throw StageFailure("the other side is gone", hint: "start it again")
        }
        var answers: [Result<Verdict, ArticleError>] = []
        for index in articles.indices {
            let number = articles[index].number
            articles[index].section = "seen"
            switch number % 10 {
            case 3: answers.append(.success(.drop(reason: "three")))
            case 5: answers.append(.failure(ArticleError(code: "five", message: "no")))
            default: answers.append(.success(.keep))
            }
        }
        return answers
    }

    func finish() -> [ExtraTable] { [ExtraTable(file: "together.log", bytes: Array("done\n".utf8), rows: 1)] }
}

@Suite struct BatchTransformTests {
    private let scratch = Scratch()
    private let lines = #"{"stage":"lines","file":"all.txt"}"#

    @Test(arguments: [(1, 1), (2, 3), (8, 256)])
    func eachArticleGetsItsOwnAnswer(jobs: Int, batch: Int) throws {
        let plan = try scratch.plan(
            #"{"stage":"numbers","articles":20},{"stage":"together","when":{"language":"en"}},\#(lines)"#
        )
        let counts = try scratch.run(plan, jobs: jobs, batch: batch).manifest.counts
        let kept = (0..<20).filter { ![3, 5].contains($0 % 10) }
        #expect(scratch.text("output/all.txt") == "id\n" + kept.map { "\($0)\n" }.joined())
        #expect(counts.dropped == ["three": 2])
        #expect(counts.quarantined == ["five": 2])
        #expect(counts.stages[1].entered == 10)
        #expect(scratch.text("output/current/together.log") == "done\n")
    }

    @Test func failureOfTheStageEndsTheRun() throws {
        let plan = try scratch.plan(
            #"{"stage":"numbers","articles":20},{"stage":"together","breaks":7,"onError":"drop"},\#(lines)"#
        )
        let failure = scratch.failure(plan)
        #expect(failure?.code == .unavailable)
        #expect(failure?.message == "stage 2 (together): the other side is gone")
        #expect(failure?.hint == "start it again")
        #expect(scratch.text("output/all.txt") == nil)
    }

    @Test func previewAsksForOneArticle() throws {
        let plan = try scratch.plan(#"{"stage":"numbers","articles":6},{"stage":"together"},\#(lines)"#)
        let steps = try Preview.entries(of: plan, count: 6).map { $0.steps.first?.outcome }
        #expect(steps.count == 6)
        guard case .dropped(reason: "three") = steps[3], case .failed(let error) = steps[5] else {
            Issue.record("\(steps)")
            return
        }
        #expect(error.code == "five")
    }
}
