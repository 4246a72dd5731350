import Pipeline
import Testing

@testable import Engine

@Suite struct PlanTests {
    private let scratch = Scratch()

    @Test(arguments: [
        "../escaped.txt", "/etc/x", ".hidden", "", "a/b.txt", "current", "runs", String(repeating: "n", count: 300),
        "a\\u0000b",
    ])
    func anExportStaysInsideTheRunsFolder(file: String) {
        let error = #expect(throws: DefinitionError.self) {
            try scratch.plan(#"{"stage":"numbers"},{"stage":"lines","file":"\#(file)"}"#)
        }
        #expect(error?.problems.first?.message.hasSuffix("is no plain file name") == true)
    }

    @Test(arguments: [
        (#"{"stage":"lines","file":"a.txt"}"#, #"the first stage has to be "numbers", found "lines""#),
        (#"{"stage":"numbers"}"#, "no stage exports anything"),
        (
            #"{"stage":"numbers"},{"stage":"lines","file":"a"},{"stage":"lines","file":"a"}"#,
            #""a" is written by stage 2 already"#
        ),
        (
            #"{"stage":"numbers"},{"stage":"lines","file":"manifest.json"}"#,
            #""manifest.json" is a file of the run itself"#
        ),
        (
            #"{"stage":"numbers"},{"stage":"lines","file":"a"},{"stage":"numbers"}"#,
            "stage 3 (numbers) stands behind other stages; sources come first"
        ),
        (#"{"stage":"numbres"},{"stage":"lines","file":"a"}"#, #"unknown stage "numbres""#),
    ])
    func aChainThatCannotRunIsRefused(stages: String, message: String) {
        let error = #expect(throws: DefinitionError.self) { try scratch.plan(stages) }
        #expect(error?.problems.map(\.message) == [message])
    }
}
