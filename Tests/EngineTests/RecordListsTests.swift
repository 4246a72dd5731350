import JSON
import Pipeline
import Testing

@testable import Engine

@Suite struct RecordListsTests {
    private let scratch = Scratch()

    @Test func whatLeftTheChainIsListedInSourceOrder() throws {
        _ = try scratch.run(
            scratch.plan(
                """
                {"stage":"numbers","articles":12,"unreadable":[7]},{"stage":"picky","fails":5,"drops":4},
                {"stage":"first","modulus":6},{"stage":"lines","file":"a.txt"}
                """
            ),
            batch: 12
        )
        #expect(try list("quarantine.jsonl", "offset") == ["0", "5", "7", "10"])
        #expect(try list("quarantine.jsonl", "stage") == ["picky", "picky", "numbers", "picky"])
        #expect(try list("dropped.jsonl", "id") == ["4", "8"])
        #expect(try list("duplicates.jsonl", "id") == ["9"])
        #expect(try list("duplicates.jsonl", "duplicate_of") == ["rest 3"])
    }

    private func list(_ name: String, _ key: String) throws -> [String] {
        let lines = (scratch.text("output/current/" + name) ?? "").split(separator: "\n")
        return try lines.map { line in
            let value = try JSONValue(parsing: String(line))[key]
            return value?.string ?? value?.integer.map(String.init) ?? "null"
        }
    }

    @Test func aSecretInAMessageIsHidden() throws {
        let stages =
            #"{"stage":"numbers"},{"stage":"picky","fails":4,"message":"token ${secret:KEY} failed"},{"stage":"lines","file":"a.txt"}"#
        _ = try scratch.run(scratch.plan(stages, environment: ["KEY": "canary-5150"]))
        let quarantine = try #require(scratch.text("output/current/quarantine.jsonl"))
        #expect(quarantine.contains("token *** failed"))
        for name in scratch.names("output/current") {
            #expect(scratch.text("output/current/" + name)?.contains("canary") == false)
        }
    }
}
