import Testing

@testable import Engine

@Suite struct HTMLTests {
    @Test(
        arguments: [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"), ("a & b", "a &amp; b"),
            (#""x" 'y'"#, "&quot;x&quot; &#39;y&#39;"), ("طرابلس 🛢️", "طرابلس 🛢️"),
            ("a\u{0}b\u{1B}c\nd", "a\u{FFFD}b\u{FFFD}c\nd"),
            ("</title><img src=x onerror=alert(1)>", "&lt;/title&gt;&lt;img src=x onerror=alert(1)&gt;"),
        ]
    )
    func escapesWhatIsPutIn(_ value: String, _ escaped: String) {
        let html: HTML = "<b title=\"\(value)\">\(value)</b>"
        #expect(html.text == "<b title=\"\(escaped)\">\(escaped)</b>")
    }

    @Test func takesMarkupAsItIs() {
        let inner: HTML = "<i>\("<")</i>"
        let html: HTML = "<b>\(inner)\(HTML.joined([inner, "!"]))</b>"
        #expect(html.text == "<b><i>&lt;</i><i>&lt;</i>!</b>")
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (10_161, "10,161"), (-1_234_567, "−1,234,567")])
    func groupsNumbers(_ number: Int, _ text: String) {
        let html: HTML = "\(number)"
        #expect(html.text == text)
    }

    @Test(
        arguments: [
            (0.0, 2, "0.00"), (1.005, 1, "1.0"), (99.999, 2, "100.00"), (-0.25, 2, "-0.25"), (0.04, 2, "0.04"),
            (12.6, 0, "13"), (Double.nan, 2, "0"), (.infinity, 2, "0"),
        ]
    )
    func writesDecimals(_ number: Double, _ digits: Int, _ text: String) {
        #expect(HTML.decimal(number, digits: digits) == text)
    }
}
