import Engine
import Language
import Pipeline
import Stages
import TestSupport
import Testing

@Suite struct TagStageTests {
    private static let text = "قال ستيفان كرامر في مدينة غوتنبرغ إن خليفة حفتر وصل، وأضاف كرامر أن 5 ملايين دولار دفعت"

    /// The mentions' text and source with some options of the stage.
    private static func mentions(_ options: String) throws -> [String] {
        let folder = try TemporaryFolder()
        try folder.write(#"{"id":"haftar","type":"PER","name":"خليفة حفتر"}"#, to: "list.jsonl")
        try folder.write(#"{"id":"1","text":"\#(text)"}"#, to: "a.jsonl")
        let definition = """
            {"output":"out","stages":[{"stage":"ingest","paths":["a.jsonl"]},{"stage":"tag","gazetteers":["list.jsonl"]\(options)},
            {"stage":"export","file":"m.csv","rows":"mentions","columns":["text","source"]}]}
            """
        let plan = try Plan(
            DefinitionText(name: "tag.json", bytes: Array(definition.utf8)),
            directory: folder.path,
            stages: standardStages
        )
        _ = try Run(plan, options: Run.Options(jobs: 1), started: Timestamp(seconds: 0)).execute()
        return folder.read("out/m.csv").split(separator: "\r\n").dropFirst().map(String.init)
    }

    @Test("what the model finds has to be as probable as minScore says")
    func minScore() throws {
        let all = try Self.mentions("")
        #expect(all.contains("خليفة حفتر,list"))
        #expect(all.contains { $0.hasSuffix(",model") })
        #expect(try Self.mentions(#","minScore":0"#) == all)
        #expect(try Self.mentions(#","minScore":100"#) == all.filter { !$0.hasSuffix(",model") })
        #expect(try Self.mentions(#","minScore":100"#) == Self.mentions(#","model":"none""#))
    }

    @Test("a bound that is no probability is refused", arguments: ["101", "-1", "0.5", "\"high\""])
    func refused(bound: String) {
        #expect(throws: (any Error).self) { try Self.mentions(#","minScore":\#(bound)"#) }
    }
}
