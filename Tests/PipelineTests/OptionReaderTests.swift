import JSON
import Testing

@testable import Pipeline

struct OptionReaderTests {
    @Test(
        "each mistake in an option has its place and its words",
        arguments: [
            (
                #"{"files":[],"minWord":1}"#,
                """
                p.json:1:13: unknown option "minWord" in stage 1 (test)
                    1 | {"files":[],"minWord":1}
                      |             ^^^^^^^^^ did you mean "minWords"?  options here: files, languages, maxWords, minWords, mode, strict, where
                1 problem; nothing was run
                """
            ),
            (
                #"{"files":[],"colour":1}"#,
                """
                p.json:1:13: unknown option "colour" in stage 1 (test)
                    1 | {"files":[],"colour":1}
                      |             ^^^^^^^^ options here: files, languages, maxWords, minWords, mode, strict, where
                1 problem; nothing was run
                """
            ),
            (
                "{}",
                """
                p.json:1:1: stage 1 (test) needs "files"
                    1 | {}
                      | ^ Files to read.
                1 problem; nothing was run
                """
            ),
            (
                #"{"files":"a"}"#,
                """
                p.json:1:10: "files" in stage 1 (test): expected a list of strings, found a string
                    1 | {"files":"a"}
                      |          ^^^
                1 problem; nothing was run
                """
            ),
            (
                #"{"files":["a",1]}"#,
                """
                p.json:1:15: "files" in stage 1 (test): expected a string, found a number
                    1 | {"files":["a",1]}
                      |               ^
                1 problem; nothing was run
                """
            ),
            (
                #"{"files":[],"minWords":1001,"maxWords":0,"strict":1}"#,
                """
                p.json:1:24: "minWords" in stage 1 (test): 1001 is out of range, expected 0 to 1000
                    1 | {"files":[],"minWords":1001,"maxWords":0,"strict":1}
                      |                        ^^^^
                p.json:1:40: "maxWords" in stage 1 (test): 0 is out of range, expected 1 or more
                    1 | {"files":[],"minWords":1001,"maxWords":0,"strict":1}
                      |                                        ^
                p.json:1:51: "strict" in stage 1 (test): expected true or false, found a number
                    1 | {"files":[],"minWords":1001,"maxWords":0,"strict":1}
                      |                                                   ^
                3 problems; nothing was run
                """
            ),
            (
                #"{"files":[],"minWords":1.5}"#,
                """
                p.json:1:24: "minWords" in stage 1 (test): expected a whole number, found a number
                    1 | {"files":[],"minWords":1.5}
                      |                        ^^^
                1 problem; nothing was run
                """
            ),
            (
                #"{"files":[],"mode":"dorp"}"#,
                """
                p.json:1:20: "mode" in stage 1 (test): unknown value "dorp"
                    1 | {"files":[],"mode":"dorp"}
                      |                    ^^^^^^ did you mean "drop"?
                1 problem; nothing was run
                """
            ),
            (
                #"{"files":[],"mode":"keep"}"#,
                """
                p.json:1:20: "mode" in stage 1 (test): unknown value "keep"
                    1 | {"files":[],"mode":"keep"}
                      |                    ^^^^^^ one of: drop, mark
                1 problem; nothing was run
                """
            ),
            (
                "[1]",
                """
                p.json:1:1: expected an object for stage 1 (test), found a list
                    1 | [1]
                      | ^^^
                p.json:1:1: stage 1 (test) needs "files"
                    1 | [1]
                      | ^ Files to read.
                2 problems; nothing was run
                """
            ),
        ]
    )
    func mistakes(text: String, expected: String) throws {
        let (options, report) = try TestStage.read(text)
        #expect(report == expected)
        #expect(options.isUsable == text.contains("\"colour\"") || options.isUsable == text.contains("\"minWord\""))
    }

    @Test("defaults stand in for what is left out, null for what may be unknown")
    func defaults() throws {
        let (options, _) = try TestStage.read(#"{"files":["a","b"],"languages":null,"maxWords":7}"#)
        #expect(options.isUsable)
        #expect(options[TestStage.words] == 0)
        #expect(options[TestStage.most] == 7)
        #expect(options[TestStage.files] == ["a", "b"])
        #expect(options[TestStage.languages] == nil)
        #expect(options[TestStage.mode] == .drop)
        #expect(options.isGiven("languages") && !options.isGiven("mode"))
        #expect(options.range(of: "files", element: 1) == 14..<17)
        #expect(options.range(of: "files", element: 5) == 9..<18)
        #expect(options.range(of: "mode") == nil)
    }

    @Test(
        "relative paths start at the definition's folder",
        arguments: [
            ("/d", "a", "/d/a"), ("/d", "/a", "/a"), ("", "a", "a"), (".", "a", "a"), ("/", "a", "/a"),
            ("x/y", "../a", "x/y/../a"),
        ]
    )
    func paths(directory: String, path: String, expected: String) {
        #expect(StageOptions(values: [:], given: [:], directory: directory).resolve(path) == expected)
    }
}
