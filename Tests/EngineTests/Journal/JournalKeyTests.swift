import Hashing
import Testing

@testable import Engine

@Suite struct JournalKeyTests {
    @Test func aKeySaysWhatIsAnother() {
        let key = JournalKey(
            program: "1",
            definition: "a",
            resources: "r",
            batchArticles: 1,
            inputs: "i",
            survey: "s",
            lastRun: 3
        )
        #expect(key.difference(from: key) == nil)
        func difference(_ change: (inout JournalKey) -> Void) -> String? {
            var other = key
            change(&other)
            return other.difference(from: key)
        }
        #expect(difference { $0.program = "2" } == "the program is another one now")
        #expect(difference { $0.definition = "b" } == "the definition was changed")
        #expect(difference { $0.resources = "s" } == "a file that a stage reads was changed")
        #expect(difference { $0.lastRun = 2 } == "the published run is another one now")
        #expect(difference { $0.inputs = "j" } == "the inputs were changed")
        #expect(difference { $0.survey = "t" } == "what a stage knows of all articles is another now")
        #expect(difference { $0.batchArticles = 2 } == "--batch is another one now")
    }

    @Test func aKeyComesBack() throws {
        let scratch = Scratch()
        let plan = try scratch.plan(#"{"stage":"numbers"},{"stage":"lines","file":"a.txt"}"#)
        let key = JournalKey(plan, inputs: [SHA256.hash([1])], batchArticles: 3, last: nil)
        var encoder = ByteEncoder()
        key.encode(into: &encoder)
        try encoder.bytes.withUnsafeBytes { bytes in
            var decoder = ByteDecoder(bytes)
            let again = try JournalKey(from: &decoder)
            #expect(again == key)
        }
        #expect(key.program.hasPrefix(etlVersion + " "))
        #expect(key.program.count > 20)
        #expect(key.definition == plan.definition.hash.hex)
    }
}
