import Testing

@testable import Pipeline

struct ProblemTests {
    private func render(_ text: String, _ range: Range<Int>, hint: String? = nil) -> String {
        Problem("wrong", at: range, hint: hint).render(in: DefinitionText(name: "p.json", bytes: Array(text.utf8)))
    }

    @Test("a tab stays a tab before the caret")
    func tabs() {
        #expect(render("{\n\t\t\"a\": 1\n}", 4..<7) == "p.json:2:3: wrong\n    2 | \t\t\"a\": 1\n      | \t\t^^^")
    }

    @Test("Arabic before the caret counts letters, not bytes")
    func arabic() {
        let text = "{\"ليبيا\": 1}"
        #expect(render(text, 15..<16) == "p.json:1:11: wrong\n    1 | {\"ليبيا\": 1}\n      |           ^")
    }

    @Test("vowel signs take no room before the caret, and count as columns")
    func marks() {
        let text = "\"\u{628}\u{64E}\" x"
        #expect(render(text, 7..<8) == "p.json:1:6: wrong\n    1 | \"\u{628}\u{64E}\" x\n      |     ^")
    }

    @Test("a byte order mark is no column")
    func byteOrderMark() {
        #expect(render("\u{FEFF}x", 3..<4) == "p.json:1:1: wrong\n    1 | x\n      | ^")
    }

    @Test("CR LF, the last line, and a place behind the end")
    func lines() {
        #expect(render("a\r\nbc\r\n", 3..<100) == "p.json:2:1: wrong\n    2 | bc\n      | ^^")
        #expect(render("a\nbc", 4..<5, hint: "write it") == "p.json:2:3: wrong\n    2 | bc\n      |   ^ write it")
        #expect(render("", 0..<1) == "p.json:1:1: wrong\n    1 | \n      | ^")
        #expect(render("a", 50..<60) == "p.json:1:2: wrong\n    1 | a\n      |  ^")
    }

    @Test("line numbers of any width keep the bars below one another")
    func gutter() {
        let text = String(repeating: "\n", count: 1_234_567) + "x"
        #expect(render(text, 1_234_567..<1_234_568) == "p.json:1234568:1: wrong\n1234568 | x\n        | ^")
    }

    @Test("a long line is cut around the place")
    func longLine() {
        let rendered = render(
            String(repeating: "a", count: 1000) + "!" + String(repeating: "b", count: 1000),
            1000..<1001
        )
        let lines = rendered.split(separator: "\n")
        #expect(lines[0] == "p.json:1:1001: wrong")
        #expect(lines[1] == "    1 | " + String(repeating: "a", count: 60) + "!" + String(repeating: "b", count: 49))
        #expect(lines[2] == "      | " + String(repeating: " ", count: 60) + "^")
    }

    @Test("problems are reported in the order of the text, with their number")
    func report() {
        let text = DefinitionText(name: "p.json", bytes: Array("ab".utf8))
        let error = DefinitionError(problems: [Problem("second", at: 1..<2), Problem("first", at: 0..<1)], text: text)
        #expect(
            error.report == """
                p.json:1:1: first
                    1 | ab
                      | ^
                p.json:1:2: second
                    1 | ab
                      |  ^
                2 problems; nothing was run
                """
        )
    }
}
