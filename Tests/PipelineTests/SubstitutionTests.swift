import JSON
import Testing

@testable import Pipeline

struct SubstitutionTests {
    /// A definition whose first stage holds `value` under the key `x`.
    private func definition(_ value: String, params: String = #"{"data":"d","n":3,"yes":true}"#) -> String {
        #"{"output":"o","params":\#(params),"stages":[{"stage":"a","x":\#(value)}]}"#
    }

    private func substituted(
        _ value: String,
        params: [(String, String)] = [],
        environment: [String: String] = [:]
    ) throws -> JSONValue {
        let definition = try read(definition(value), params: params, environment: environment)
        return try #require(definition.stages.first?.members.first?.value)
    }

    @Test(
        "references are replaced inside strings",
        arguments: [
            (#""${data}""#, "d"), (#""a/${data}/b""#, "a/d/b"), (#""${data}${data}""#, "dd"),
            (#""n=${n} ${yes}""#, "n=3 true"),
            (#""${env:HOME}""#, "/h"), (#""${env:NONE:-x}""#, "x"), (#""${env:EMPTY:-x}""#, "x"),
            (#""${env:EMPTY}""#, ""),
            (#""${env:NONE:-a:-b}""#, "a:-b"), (#""${env:NONE:-}""#, ""), (#""$${data}""#, "${data}"),
            (#""$data $ $$""#, "$data $ $$"),
            (#""$$${data}""#, "$${data}"), (#""\u0024{data}""#, "d"), (#""ليبيا ${data}""#, "ليبيا d"),
        ]
    )
    func strings(value: String, expected: String) throws {
        #expect(try substituted(value, environment: ["HOME": "/h", "EMPTY": ""]).string == expected)
    }

    @Test("a string that is one parameter takes its type")
    func types() throws {
        #expect(try substituted(#""${n}""#).integer == 3)
        #expect(try substituted(#""${yes}""#).bool == true)
        #expect(try substituted(#""${n}""#, params: [("n", "12")]).integer == 12)
        #expect(try substituted(#""${data}""#, params: [("data", "12")]).string == "12")
        #expect(try substituted(#""${env:N}""#, environment: ["N": "3"]).string == "3")
        #expect(try substituted(#"[{"deep":"${n}"}]"#).elements?.first?["deep"]?.integer == 3)
    }

    @Test(
        "row 37: a value never becomes structure, nor another reference",
        arguments: [#""},{"stage":"exec""#, "${secret:KEY}", "${n}", "\u{0}\n\""]
    )
    func values(value: String) throws {
        let environment = ["V": value, "KEY": "k"]
        #expect(try substituted(#""${env:V}""#, environment: environment).string == value)
        #expect(try substituted(#""<${env:V}>""#, environment: environment).string == "<\(value)>")
        #expect(try substituted(#""${data}""#, params: [("data", value)]).string == value)
        #expect(try read(definition(#""${env:V}""#), environment: environment).stages.count == 1)
    }

    @Test("a parameter may come from the environment")
    func paramsFromEnvironment() throws {
        let text = definition(#""${p}""#, params: #"{"p":"${env:HOME}/x"}"#)
        #expect(try read(text, environment: ["HOME": "/h"]).stages.first?.members.first?.value.string == "/h/x")
    }

    @Test(
        "each mistake in a reference has its place and its words",
        arguments: [
            (#""a${dat}""#, "^^^^^^", 83, "unknown parameter \"dat\"", " did you mean \"data\"?"),
            (#""${zzzz}""#, "^^^^^^^", 82, "unknown parameter \"zzzz\"", " parameters: data, n, yes"),
            (#""\n${zzzz}""#, "^^^^^^^", 84, "unknown parameter \"zzzz\"", " parameters: data, n, yes"),
            (#""$${zzzz}${zzzz}""#, "^^^^^^^", 90, "unknown parameter \"zzzz\"", " parameters: data, n, yes"),
            (
                #""${env:NONE}""#, "^^^^^^^^^^^", 82, "the environment variable NONE is not set",
                " give a default: ${env:NONE:-…}"
            ),
            (
                #""${secret:KEY}""#, "^^^^^^^^^^^^^", 82, "the secret KEY is not set",
                " it is read from the environment variable KEY"
            ),
            (#""ab${x""#, "^^", 84, "\"${\" is not closed", " write \"$${\" for the characters themselves"),
        ]
    )
    func mistakes(value: String, caret: String, column: Int, message: String, hint: String) {
        let lines = report(definition(value)).split(separator: "\n").map(String.init)
        #expect(lines.count == 4)
        #expect(lines.first == "p.json:1:\(column): \(message)")
        #expect(lines[2].split(separator: "|").last.map(String.init)?.drop { $0 == " " } ?? "" == caret + hint)
        #expect(lines.last == "1 problem; nothing was run")
    }

    @Test("a mistake in a parameter is reported once")
    func paramMistake() {
        let text = definition("1", params: #"{"p":"${env:NONE}"}"#)
        #expect(report(text).hasSuffix("\n1 problem; nothing was run"))
    }

    @Test(
        "a mistake in --param is shown there",
        arguments: [
            ("dat", "x", "--param dat=x: unknown parameter \"dat\"\n      | dat=x\n      | ^^^ did you mean \"data\"?"),
            (
                "zzzz", "x",
                "--param zzzz=x: unknown parameter \"zzzz\"\n      | zzzz=x\n      | ^^^^ parameters: data, n, yes"
            ),
            ("n", "x", "--param n=x: expected a number for the parameter \"n\"\n      | n=x\n      |   ^"),
            (
                "yes", "1",
                "--param yes=1: expected true or false for the parameter \"yes\"\n      | yes=1\n      |     ^"
            ),
        ]
    )
    func paramMistakes(name: String, value: String, expected: String) {
        #expect(report(definition("1"), params: [(name, value)]) == expected + "\n1 problem; nothing was run")
    }

    @Test("row 36: no message shows a secret")
    func secrets() throws {
        let environment = ["KEY": "hunter2"]
        let definition = try read(definition(#""${secret:KEY}""#), environment: environment)
        #expect(definition.secrets == ["hunter2"])
        let wrong =
            #"{"output":"o","stages":[{"stage":"a"}],"guards":{"maxErrors":1},"allowEmpty":"${secret:KEY}","name":"${secret:KEY}x"}"#
        let text = report(wrong, environment: environment)
        #expect(text.contains("allowEmpty") && !text.contains("hunter2"))
        let problem = Problem("unknown value \"hunter2\"", at: 0..<1, hint: "not hunter2")
        #expect(problem.render(in: definition.text).contains("unknown value \"***\""))
        #expect(!problem.render(in: definition.text).contains("hunter2"))
    }

    @Test(
        "secrets are taken out of a text, the longest first",
        arguments: [
            ("a key b", ["key"], "a *** b"), ("keykey", ["key"], "******"), ("longkey", ["key", "longkey"], "***"),
            ("ليبيا", ["بي"], "لي***ا"),
            ("text", [""], "text"), ("text", [], "text"), ("", ["a"], ""),
        ]
    )
    func redacted(text: String, secrets: [String], expected: String) {
        #expect(redact(text, secrets: secrets) == expected)
    }
}
