import Engine
import Language
import Pipeline
import Stages
import TestSupport
import Testing

/// What a program needs that adds a stage of its own to the standard ones.
struct UppercaseTitleStage: Transform {
    static let suffix = StageOption("suffix", "!", "What is written behind the title.")
    static let reference = StageReference(
        name: "uppercase-title",
        summary: "Writes titles in capitals.",
        discussion: "",
        options: [suffix.erased]
    )

    private let suffix: String

    init(_ options: StageOptions) throws(StageProblem) {
        suffix = options[Self.suffix]
    }

    func apply(_ article: inout Article) throws -> Verdict {
        guard let title = article.title else { return .drop(reason: "no_title") }
        article.title = title.uppercased() + suffix
        return .keep
    }
}

@Suite struct OwnStageTests {
    @Test func runsBesideTheStandardOnes() throws {
        let folder = try TemporaryFolder()
        try folder.write(#"{"id":"1","title":"one","text":"x"}"# + "\n" + #"{"id":"2","text":"y"}"#, to: "a.jsonl")
        let definition = """
            {"output":"out","stages":[{"stage":"ingest","paths":["a.jsonl"]},{"stage":"uppercase-title","suffix":"?"},
            {"stage":"export","file":"titles.csv","columns":["id","title"]}]}
            """
        let plan = try Plan(
            DefinitionText(name: "own.json", bytes: Array(definition.utf8)),
            directory: folder.path,
            stages: standardStages + [UppercaseTitleStage.self]
        )
        let result = try Run(plan, options: Run.Options(jobs: 2), started: Timestamp(seconds: 0)).execute()
        #expect(folder.read("out/titles.csv") == "id,title\r\n1,ONE?\r\n")
        #expect(result.manifest.counts.dropped == ["no_title": 1])
    }
}
