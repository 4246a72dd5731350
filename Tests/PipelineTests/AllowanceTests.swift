import JSON
import Pipeline
import Testing

struct AllowanceTests {
    @Test(
        "a count or a share, exactly",
        arguments: [
            ("0", .count(0)), ("20", .count(20)), ("\"1%\"", .share(100)), ("\"0.5%\"", .share(50)),
            ("\"0.25%\"", .share(25)),
            ("\"100%\"", .share(10_000)), ("\"100.00%\"", .share(10_000)),
        ] as [(String, Allowance)]
    )
    func accepted(json: String, expected: Allowance) throws {
        let allowance = try Allowance(option: JSONValue(parsing: json))
        #expect(allowance == expected)
        #expect(try Allowance(option: JSONValue(parsing: allowance.json)) == expected)
    }

    @Test(
        "anything else is refused",
        arguments: [
            "-1", "1.5", "\"1\"", "\"%\"", "\"101%\"", "\"100.01%\"", "\"0.001%\"", "\"1e1%\"", "\"nan%\"", "\"-1%\"",
            "\" 1%\"", "\".5%\"",
            "\"1.%\"", "\"1.2.3%\"", "true", "null",
        ]
    )
    func refused(json: String) {
        #expect(throws: OptionError.self) { _ = try Allowance(option: JSONValue(parsing: json)) }
    }

    @Test("shares admit what is not more than they say")
    func admits() {
        #expect(Allowance.share(100).admits(1, of: 100))
        #expect(!Allowance.share(100).admits(2, of: 100))
        #expect(Allowance.share(0).admits(0, of: 0))
        #expect(Allowance.count(2).admits(2, of: 2))
        #expect(!Allowance.count(2).admits(3, of: 1_000_000))
    }
}
