import JSON
import Testing

struct JSONValueTests {
    @Test(
        "numbers keep their digits",
        arguments: [
            "1e400", "9223372036854775808", "18446744073709551616", "0.1000", "-0",
            "123456789012345678901234567890.5E-7",
        ]
    )
    func digits(text: String) throws {
        guard case .number(let digits) = try JSONValue(parsing: text).content else {
            throw JSONError("no number", at: 0)
        }
        #expect(digits == text)
        var writer = JSONWriter()
        writer.value(try JSONValue(parsing: text))
        #expect(writer.text == text)
    }

    @Test("an integer is one only when it fits 64 bits and has no fraction")
    func integers() throws {
        #expect(try JSONValue(parsing: "9223372036854775807").integer == .max)
        #expect(try JSONValue(parsing: "9223372036854775808").integer == nil)
        #expect(try JSONValue(parsing: "1.0").integer == nil)
        #expect(try JSONValue(parsing: "\"1\"").integer == nil)
    }

    @Test("every value and key knows its bytes")
    func ranges() throws {
        let text = " {\"ليبيا\" : [ 1, {\"b\":null} ] , \"c\":\"x\"} "
        let bytes = Array(text.utf8)
        func slice(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        let root = try JSONValue(parsing: text)
        #expect(slice(root.range) == "{\"ليبيا\" : [ 1, {\"b\":null} ] , \"c\":\"x\"}")
        #expect(root.members.map { $0.map { slice($0.keyRange) } } == ["\"ليبيا\"", "\"c\""])
        let list = try #require(root["ليبيا"])
        #expect(slice(list.range) == "[ 1, {\"b\":null} ]")
        #expect(list.elements.map { $0.map { slice($0.range) } } == ["1", "{\"b\":null}"])
        #expect(list.elements?.last?.members.map { $0.map { slice($0.keyRange) } } == ["\"b\""])
    }

    @Test(
        "what a value is, in words",
        arguments: [
            ("null", "null"), ("true", "true or false"), ("1", "a number"), ("\"\"", "a string"), ("[]", "a list"),
            ("{}", "an object"),
        ]
    )
    func kinds(text: String, kind: String) throws {
        #expect(try JSONValue(parsing: text).kind == kind)
    }
}
