import JSON
import Testing

@testable import Pipeline

@Suite struct TestCaseTests {
    private func read(_ tests: String) throws -> (cases: [TestCase], problems: [String]) {
        let text =
            #"{"output":"o","stages":[{"stage":"ingest"},{"stage":"clean"},{"stage":"clean"}],"tests":\#(tests)}"#
        let (definition, problems) = try Definition.read(
            DefinitionText(name: "d.json", bytes: Array(text.utf8)),
            directory: "here"
        )
        return (definition.tests, problems.map { $0.message + ($0.hint.map { " | " + $0 } ?? "") })
    }

    @Test func aCaseSaysWhatGoesInAndWhatComesOut() throws {
        let (cases, problems) = try read(
            """
            [{"name":"a","input":{"text":"x"},"through":"clean","expect":{"title":"t"}},
             {"name":"b","input":{"record":{"id":"1"}},"after":[{"file":"f.txt"}],"through":"3","drop":"duplicate"},
             {"name":"c","input":{"file":"g.html"},"fail":"html_no_text"}]
            """
        )
        #expect(problems.isEmpty)
        #expect(cases.map(\.name) == ["a", "b", "c"])
        #expect(cases.map(\.through) == [2, 3, nil])
        #expect(cases.map(\.expectation) == [.keep, .drop(reason: "duplicate"), .fail(code: "html_no_text")])
        #expect(cases[0].expected?.members.map(\.key) == ["title"])
        #expect(cases[1].after.count == 1)
    }

    @Test(arguments: [
        (#"{}"#, "expected a list of tests, found an object"),
        (#"[{"input":{"text":"x"}}]"#, #"test 1 needs "name" | What the case shows, in one line."#),
        (#"[{"name":"a"}]"#, #"test 1 (a) needs "input""#),
        (#"[{"name":"a","inputs":{}}]"#, #"unknown option "inputs" in test 1 (a) | did you mean "input"?"#),
        (#"[{"name":"a","input":{"txt":"x"}}]"#, #""input" in test 1 (a): unknown input "txt" | did you mean "text"?"#),
        (#"[{"name":"a","input":{"text":"x","file":"y"}}]"#, #"{ "file": "…" }, found 2 keys"#),
        (#"[{"name":"a","input":"x"}]"#, #"{ "file": "…" }, found a string"#),
        (#"[{"name":"a","input":{"text":7}}]"#, #""input" in test 1 (a): expected a string, found a number"#),
        (
            #"[{"name":"a","input":{"text":"x"},"expect":{"titel":"x"}}]"#,
            #""expect" in test 1 (a): unknown field "titel" | did you mean "title"?"#
        ),
        (
            #"[{"name":"a","input":{"text":"x"},"through":"claen"}]"#,
            #"the definition has no stage "claen" | did you mean "clean"?"#
        ),
        (
            #"[{"name":"a","input":{"text":"x"},"drop":"x","expect":{"title":"x"}}]"#,
            #"test 1 (a): "expect" and "drop" exclude one another"#
        ),
        (#"[{"name":"a","input":{"text":"x"},"where":{"titel":"x"}}]"#, "titel"),
    ])
    func mistakesHaveAPlaceAndASuggestion(tests: String, problem: String) throws {
        let problems = try read(tests).problems
        #expect(problems.contains { $0.contains(problem) }, "\(problems)")
    }

    @Test func testsDoNotChangeTheHash() throws {
        func hash(_ more: String) throws -> String {
            let text = #"{"output":"o","stages":[{"stage":"ingest"}]\#(more)}"#
            return try Definition.read(DefinitionText(name: "d", bytes: Array(text.utf8)), directory: "").definition
                .hash.hex
        }
        #expect(try hash("") == hash(#","tests":[]"#))
        #expect(try hash("") != hash(#","keepRuns":3"#))
    }
}
