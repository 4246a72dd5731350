import Pipeline
import Testing

@testable import Engine

@Suite struct ArticleTimeoutTests {
    @Test func anArticleThatTakesTooLongIsQuarantinedAlone() throws {
        let scratch = Scratch()
        // The source dawdles over no article; the stage does over number 0, for 2 ms: more than nothing.
        let result = try scratch.run(
            scratch.plan(
                #"{"stage":"numbers"},{"stage":"picky","slow":true,"when":{"id":["0"]}},{"stage":"lines","file":"a.txt"}"#,
                #""limits": { "articleTimeout": "0s" }"#
            )
        )
        #expect(result.manifest.counts.quarantined == ["article_timeout": 1])
        #expect(result.manifest.counts.kept == 9)
        #expect(
            scratch.text("output/current/quarantine.jsonl")?.contains(
                "the stage worked on it for longer than limits.articleTimeout (0 s)"
            ) == true
        )
    }

    @Test func whatTheStageThrowsComesFirst() {
        struct Own: Error {}
        #expect(throws: Own.self) { try ArticleTimeout(TimeSpan(seconds: 0)).watch { throw Own() } }
    }

    @Test func theDefinitionSaysHowLong() throws {
        let plan = try Scratch().plan(
            #"{"stage":"numbers"},{"stage":"lines","file":"a.txt"}"#,
            #""limits": { "articleTimeout": "2m" }"#
        )
        #expect(plan.definition.limits.articleTimeout.seconds == 120)
    }
}
