import Language
import Testing

@testable import Engine

@Suite struct RunIDTests {
    @Test func aNumberAndAMoment() {
        let id = RunID(number: 41, started: Timestamp(seconds: 1_605_928_500))
        #expect(id.description == "000041-20201121T031500Z")
        #expect(RunID(id.description) == id)
    }

    @Test func theNumberDecidesTheOrder() throws {
        let small = try #require(RunID("999999-20200101T000000Z"))
        let large = try #require(RunID("1000000-19700101T000000Z"))
        #expect(small < large)
    }

    @Test(arguments: [
        "", "notes", "000001", "000001-", "1-20200101T000000Z", "000001-copy", "000000-20200101T000000Z",
        "000001-2020-01", "-000001-2",
    ])
    func whatIsNoRun(name: String) {
        #expect(RunID(name) == nil)
    }
}
