import JSON
import Pipeline
import Testing

struct TimeSpanTests {
    @Test(arguments: [
        ("30 days", 2_592_000), ("1 day", 86_400), ("12 hours", 43_200), ("2d", 172_800), ("26h", 93_600),
        ("90m", 5400),
        ("30s", 30), ("0s", 0), ("5 minutes", 300),
    ])
    func accepted(text: String, seconds: Int64) throws {
        let span = try TimeSpan(option: JSONValue(parsing: text.json))
        #expect(span.seconds == seconds)
        #expect(try TimeSpan(option: JSONValue(parsing: span.json)) == span)
    }

    @Test(arguments: [
        "30", "days", "-1 days", "3 months", "1.5 days", "12345678 days", "٣ days", "30  days", "30days", "1D",
    ])
    func refused(text: String) throws {
        let error = #expect(throws: OptionError.self) { try TimeSpan(option: JSONValue(parsing: text.json)) }
        #expect(error?.hint == #"a number with s, m, h or d, or in words as "30 days""#)
    }
}
