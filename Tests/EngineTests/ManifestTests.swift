import Hashing
import JSON
import Testing

@testable import Engine

@Suite struct ManifestTests {
    private let scratch = Scratch()
    private let stages =
        #"{"stage":"numbers","unreadable":[1]},{"stage":"picky","drops":5},{"stage":"lines","file":"a.txt"}"#

    @Test func itSaysWhatTheRunDid() throws {
        let plan = try scratch.plan(stages)
        _ = try scratch.run(plan)
        let manifest = try scratch.json("output/current/manifest.json")
        #expect(manifest["run"]?.string == "000001-20200913T122640Z")
        #expect(manifest["pipeline"]?.string == "toy")
        #expect(manifest["started"]?.string == "2020-09-13T12:26:40Z")
        #expect(manifest["definition"]?["sha256"]?.string == plan.definition.hash.hex)
        let counts = try #require(manifest["articles"])
        #expect(["read", "kept", "dropped", "quarantined"].map { counts[$0]?.integer } == [10, 7, 2, 1])
        #expect(manifest["dropped"]?["multiple_of_5"]?.integer == 2)
        #expect(manifest["quarantined"]?["unreadable"]?.integer == 1)
        #expect(manifest["stages"]?.elements?.map { $0["in"]?.integer } == [10, 9, 7])
        let line = "\(SHA256.hash(Array("10".utf8)).hex)  numbers\n"
        #expect(manifest["inputs"]?["sha256"]?.string == SHA256.hash(Array(line.utf8)).hex)
    }

    @Test func theOutputsHaveTheDigestsThatItSays() throws {
        _ = try scratch.run(scratch.plan(stages))
        let outputs = try #require(scratch.json("output/current/manifest.json")["outputs"]?.elements)
        #expect(
            outputs.map { $0["file"]?.string } == [
                "a.txt", "quarantine.jsonl", "duplicates.jsonl", "dropped.jsonl", "schema.json", "load.py",
            ]
        )
        for output in outputs {
            let name = try #require(output["file"]?.string)
            let bytes = try #require(FileSystem.contents(scratch.output + "/current/" + name))
            #expect(output["sha256"]?.string == SHA256.hash(bytes).hex)
            #expect(output["bytes"]?.integer == bytes.count)
        }
    }
}
