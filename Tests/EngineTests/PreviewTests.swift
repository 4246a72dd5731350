import Pipeline
import Testing

@testable import Engine

@Suite struct PreviewTests {
    private let scratch = Scratch()

    @Test func eachStageSaysWhatItDid() throws {
        let plan = try scratch.plan(
            """
            {"stage":"numbers","unreadable":[1]},{"stage":"picky","drops":3,"fails":4,"when":{"id":["2","3","4","5"]}},
            {"stage":"first","modulus":1},{"stage":"lines","file":"a.txt"}
            """
        )
        let entries = try Preview.entries(of: plan, count: 6)
        let outcomes = entries.map { entry in entry.steps.map { "\($0.outcome)" } }
        #expect(entries.map(\.article?.id) == ["0", nil, "2", "3", "4", "5"])
        #expect(entries[1].failure?.error.code == "unreadable")
        #expect(outcomes[0] == ["passedBy", "kept", "kept"])
        #expect(outcomes[2] == ["kept", #"dropped(reason: "duplicate")"#])
        #expect(outcomes[3] == [#"dropped(reason: "multiple_of_3")"#])
        #expect(outcomes[4].first?.hasPrefix("failed") == true)
        #expect(!FileSystem.exists(scratch.output))
    }
}
