import Foundation
import JSON
import Pipeline
import TestSupport
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite struct TestCommandTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("خبر قصير في سطرين\n\nهنا السطر الثاني.\n", to: "a.txt")
    }

    private func test(_ cases: String, _ arguments: String...) throws -> Program.Result {
        let definition = """
            {"name":"t","output":"out","stages":[
            {"stage":"ingest","paths":["*.txt"]},{"stage":"filter","minWords":3},{"stage":"dedupe"},
            {"stage":"export","file":"a.jsonl"}],
            "tests":[
            \(cases)
            ]}
            """
        try folder.write(definition, to: "t.json")
        return try Program.run(["test", "t.json"] + arguments, in: folder.path)
    }

    @Test func theSampleDefinitionPasses() throws {
        let result = try Program.run(["test", "Pipelines/libya.json"], in: Program.repository)
        #expect(result.exitCode == 0)
        #expect(result.output.hasSuffix("4 tests passed\n"))
    }

    @Test func holds() throws {
        let result = try test(
            """
            {"name":"kept","input":{"file":"a.txt"},"expect":{"word_count":7},"where":{"text":{"contains":"سطرين"}}},
            {"name":"short","input":{"text":"خبر"},"drop":"too_short"},
            {"name":"short, but not yet","input":{"text":"خبر"},"through":"1"},
            {"name":"again","input":{"text":"خبر قصير في سطرين هنا السطر الثاني"},"after":[{"file":"a.txt"}],"drop":"duplicate"},
            {"name":"fields","input":{"record":{"id":"7","text":"a b c","more":{"x":1,"y":2}}},
             "expect":{"id":"7","extra":{"more":{"y":2}},"title":null}}
            """
        )
        #expect(result.output.hasSuffix("5 tests passed\n"), "\(result.output)\(result.errors)")
        #expect(result.exitCode == 0)
        #expect(!folder.exists("out"))
    }

    @Test func saysWhatDiffers() throws {
        let result = try test(
            """
            {"name":"text","input":{"file":"a.txt"},"expect":{"text":"خبر قصير في سطرين\\n\\nهنا السطر الأول."}},
            {"name":"ok","input":{"text":"a b c"}},
            {"name":"verdict","input":{"text":"a"}},
            {"name":"no file","input":{"file":"none.txt"}}
            """
        )
        #expect(result.exitCode == 65)
        let lines = result.output.split(separator: "\n").map(String.init)
        #expect(
            lines.prefix(10) == [
                "FAIL  text   t.json:5", "        text", "            خبر قصير في سطرين", "            ",
                "          - هنا السطر الأول.", "          + هنا السطر الثاني.", "          + ", "ok    ok",
                "FAIL  verdict   t.json:7", "        verdict",
            ]
        )
        #expect(lines.contains("          + dropped as too_short by stage 2 (filter)"))
        #expect(lines.contains { $0.contains("none.txt") || $0.contains("No such file") })
        #expect(lines.last == "3 of 4 tests failed")
    }

    @Test func writesJUnit() throws {
        let result = try test(
            #"{"name":"<good> & \"quoted\"","input":{"text":"a b c"}},{"name":"bad\u0001","input":{"text":"a <b"}}"#,
            "--junit",
            "junit.xml"
        )
        #expect(result.exitCode == 65)
        let document = try XMLDocument(data: folder.data("junit.xml"))
        let names = try document.nodes(forXPath: "//testcase/@name").map(\.stringValue)
        #expect(names == [#"<good> & "quoted""#, "bad\u{FFFD}"])
        #expect(try document.nodes(forXPath: "/testsuites/testsuite/@failures").first?.stringValue == "1")
        #expect(try document.nodes(forXPath: "//testcase[2]/failure").count == 1)
    }

    @Test func aDefinitionWithoutTestsIsNoInput() throws {
        let result = try test("")
        #expect(result.exitCode == 66)
        #expect(result.errors.hasPrefix("etl: t.json has no tests\n"))
    }

    @Test func whatCanBeExpectedIsWhatARowHas() throws {
        _ = try Program.run(["init", "mine"], in: folder.path)
        _ = try Program.run(["run", "mine/pipeline.json"], in: folder.path)
        let row = try JSONValue(parsing: folder.lines("mine/output/articles.jsonl")[0])
        #expect(row.members?.map(\.key) == ExpectedFields.keys)
    }

    @Test func graphDrawsTheChain() throws {
        let result = try Program.run(["graph", "Pipelines/libya.json"], in: Program.repository)
        #expect(result.exitCode == 0)
        let lines = result.output.split(separator: "\n").map { $0.trimmingPrefix { $0 == " " } }
        #expect(lines.first == "flowchart TD")
        for line in [
            #"s4["4 filter<br/>minWords: 40<br/>languages: ar, en, fr"]"#, "s1 --> s3", "s2 --> s3",
            #"s5[["5 dedupe"]]"#, #"s9 --> f9[("mentions.csv")]"#,
        ] {
            #expect(lines.contains { $0 == line }, "\(line)")
        }
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func completesInTheShell(_ shell: String) throws {
        let result = try Program.run(["--generate-completion-script", shell])
        #expect(result.exitCode == 0)
        #expect(result.output.contains("preview"))
    }
}
