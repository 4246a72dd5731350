import JSON
import Testing

@testable import Pipeline

struct DefinitionTests {
    static let smallest = #"{"output":"o","stages":[{"stage":"a"}]}"#

    @Test("the smallest definition and its defaults")
    func smallest() throws {
        let definition = try read(Self.smallest)
        #expect(definition.name == "p")
        #expect(definition.output == "/d/o")
        #expect(definition.keepRuns == 7)
        #expect(!definition.allowEmpty)
        #expect(definition.guards.minArticles == nil)
        #expect(definition.guards.maxErrors == nil)
        #expect(definition.limits.maxRecordBytes == 67_108_864)
        #expect(definition.stages.map(\.name) == ["a"])
        #expect(definition.stages.map(\.number) == [1])
    }

    @Test(
        "each mistake in a definition has its place and its words",
        arguments: [
            ("{\"a\": 1,}", "p.json:1:8: a comma before \"}\"\n    1 | {\"a\": 1,}\n      |        ^"),
            ("[]", "p.json:1:1: expected an object, found a list\n    1 | []\n      | ^^"),
            ("", "p.json:1:1: the text ends where a value is expected\n    1 | \n      | ^"),
            (
                "{\n  \"output\": \"o,\n  \"stages\": []\n}",
                "p.json:2:13: the string is not closed on its line\n    2 |   \"output\": \"o,\n      |             ^"
            ),
            (
                #"{"output":"o"}"#,
                "p.json:1:1: the definition has no \"stages\"\n    1 | {\"output\":\"o\"}\n      | ^"
            ),
            (
                #"{"output":"o","stages":[]}"#,
                "p.json:1:24: expected a list of stages, found an empty list\n    1 | {\"output\":\"o\",\"stages\":[]}\n      |                        ^^"
            ),
            (
                #"{"output":"o","stages":{}}"#,
                "p.json:1:24: expected a list of stages, found an object\n    1 | {\"output\":\"o\",\"stages\":{}}\n      |                        ^^"
            ),
            (
                #"{"output":"o","stages":["clean"]}"#,
                "p.json:1:25: expected a stage such as { \"stage\": \"clean\" }, found a string\n    1 | {\"output\":\"o\",\"stages\":[\"clean\"]}\n      |                         ^^^^^^^"
            ),
            (
                #"{"output":"o","stages":[{}]}"#,
                "p.json:1:25: stage 1 has no \"stage\" key that names it\n    1 | {\"output\":\"o\",\"stages\":[{}]}\n      |                         ^"
            ),
            (
                #"{"output":"o","stages":[{"stage":7}]}"#,
                "p.json:1:34: expected the name of stage 1 as a string, found a number\n    1 | {\"output\":\"o\",\"stages\":[{\"stage\":7}]}\n      |                                  ^"
            ),
            (
                #"{"output":7,"stages":[{"stage":"a"}]}"#,
                "p.json:1:11: \"output\" in the definition: expected a string, found a number\n    1 | {\"output\":7,\"stages\":[{\"stage\":\"a\"}]}\n      |           ^"
            ),
            (
                #"{"output":"","stages":[{"stage":"a"}]}"#,
                "p.json:1:11: \"output\" is empty\n    1 | {\"output\":\"\",\"stages\":[{\"stage\":\"a\"}]}\n      |           ^^ name a folder"
            ),
            (
                #"{"stages":[{"stage":"a"}]}"#,
                "p.json:1:1: the definition needs \"output\"\n    1 | {\"stages\":[{\"stage\":\"a\"}]}\n      | ^ The folder that receives the runs and the links to the newest outputs."
            ),
            (
                #"{"output":"o","stages":[{"stage":"a"}],"guards":{"minArticle":1}}"#,
                "p.json:1:50: unknown option \"minArticle\" in guards\n    1 | {\"output\":\"o\",\"stages\":[{\"stage\":\"a\"}],\"guards\":{\"minArticle\":1}}\n      |                                                  ^^^^^^^^^^^^ did you mean \"minArticles\"?  options here: maxDropped, maxErrors, maxFailedInputs, maxShrink, minArticles"
            ),
            (
                #"{"output":"o","stages":[{"stage":"a"}],"guards":{"maxErrors":"1"}}"#,
                "p.json:1:62: \"maxErrors\" in guards: expected a count such as 20 or a share such as \"1%\", found a string\n    1 | {\"output\":\"o\",\"stages\":[{\"stage\":\"a\"}],\"guards\":{\"maxErrors\":\"1\"}}\n      |                                                              ^^^"
            ),
            (
                #"{"output":"o","stages":[{"stage":"a"}],"limits":[]}"#,
                "p.json:1:49: expected an object for limits, found a list\n    1 | {\"output\":\"o\",\"stages\":[{\"stage\":\"a\"}],\"limits\":[]}\n      |                                                 ^^"
            ),
            (
                #"{"output":"o","stages":[{"stage":"a"}],"params":[]}"#,
                "p.json:1:49: expected an object of parameters, found a list\n    1 | {\"output\":\"o\",\"stages\":[{\"stage\":\"a\"}],\"params\":[]}\n      |                                                 ^^"
            ),
            (
                #"{"output":"o","stages":[{"stage":"a"}],"params":{"x":{}}}"#,
                "p.json:1:54: expected a string, a number, true or false, found an object\n    1 | {\"output\":\"o\",\"stages\":[{\"stage\":\"a\"}],\"params\":{\"x\":{}}}\n      |                                                      ^^"
            ),
        ]
    )
    func mistakes(text: String, expected: String) {
        #expect(report(text) == expected + "\n1 problem; nothing was run")
    }

    @Test("every mistake is reported at once")
    func all() {
        let text = #"{"nam":1,"output":5,"keepRuns":0,"stages":[{"stage":"a"},5],"guards":{"minArticles":-1}}"#
        #expect(report(text).hasSuffix("\n5 problems; nothing was run"))
    }

    // MARK: --set

    @Test("a value is set where its path leads, with its own type")
    func sets() throws {
        let text = #"{"output":"o","stages":[{"stage":"a"},{"stage":"b","x":{"y":1}},{"stage":"b"}]}"#
        let definition = try read(
            text,
            sets: [
                ("name", "n"), ("stages.1.min", "20"), ("stages.2.x.y", "[1,\"z\"]"), ("stages.a.word", "true story"),
                ("guards.maxErrors", "5%"), ("guards.minArticles", "3"), ("keepRuns", "2"), ("keepRuns", "3"),
            ]
        )
        #expect(definition.name == "n")
        #expect(definition.stages[0].members.map(\.key) == ["min", "word"])
        #expect(definition.stages[0].members[0].value.integer == 20)
        #expect(definition.stages[0].members[1].value.string == "true story")
        #expect(definition.stages[1].members[0].value["y"]?.elements?.count == 2)
        #expect(definition.guards.maxErrors == .share(500))
        #expect(definition.guards.minArticles == 3)
        #expect(definition.keepRuns == 3)
    }

    @Test(
        "a mistake on the command line is shown there",
        arguments: [
            (
                "stages.9.x", "1",
                "--set stages.9.x=1: \"9\" is no place in the list, expected 1 to 2 or a stage's name\n      | stages.9.x=1\n      | ^^^^^^^^^^"
            ),
            (
                "stages.0.x", "1",
                "--set stages.0.x=1: \"0\" is no place in the list, expected 1 to 2 or a stage's name\n      | stages.0.x=1\n      | ^^^^^^^^^^"
            ),
            (
                "stages.b.x", "1",
                "--set stages.b.x=1: there are 2 stages \"b\"; give the number instead\n      | stages.b.x=1\n      | ^^^^^^^^^^"
            ),
            (
                "output.x", "1",
                "--set output.x=1: \"x\" is inside a string, which has no parts\n      | output.x=1\n      | ^^^^^^^^"
            ),
            (
                "keepRuns", "no",
                "--set keepRuns=no: \"keepRuns\" in the definition: expected a whole number, found a string\n      | keepRuns=no\n      |          ^^"
            ),
            (
                "gards.minArticles", "1",
                "--set gards.minArticles=1: unknown option \"gards\" in the definition\n      | gards.minArticles=1\n      | ^^^^^^^^^^^^^^^^^ did you mean \"guards\"?  options here: $schema, allowEmpty, description, guards, keepRuns, limits, name, notify, output, params, stages, tests"
            ),
            (
                "name", "${nope}",
                "--set name=${nope}: unknown parameter \"nope\"\n      | name=${nope}\n      |      ^^^^^^^ parameters: none"
            ),
        ]
    )
    func setMistakes(path: String, value: String, expected: String) {
        let text = #"{"output":"o","stages":[{"stage":"b"},{"stage":"b"}]}"#
        #expect(report(text, sets: [(path, value)]) == expected + "\n1 problem; nothing was run")
    }

    // MARK: Hash

    @Test("the hash follows the plan: white space, places and secrets do not change it")
    func hash() throws {
        let text = #"{"output":"o","stages":[{"stage":"a","key":"${secret:KEY}"}]}"#
        let spaced = #"{ "output" : "o", "stages": [ { "stage":"a", "key":"${secret:KEY}" } ] }"#
        let hash = try read(text, environment: ["KEY": "one"]).hash
        #expect(try read(spaced, environment: ["KEY": "two \"quoted\"\n"]).hash == hash)
        #expect(try read(text, sets: [("output", "o")], environment: ["KEY": "one"]).hash == hash)
        #expect(try read(text, sets: [("output", "p")], environment: ["KEY": "one"]).hash != hash)
    }
}
