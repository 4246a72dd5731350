import Pipeline
import Testing

struct GlobTests {
    @Test(
        "what a pattern matches among paths",
        arguments: [
            ("*.txt", ["a.txt", ".txt", "خبر.txt"], ["a/b.txt", "a.txt.gz", "txt"]),
            ("**/*.txt", ["a.txt", "a/b.txt", "a/b/c.txt"], ["a.html", "a/b"]),
            ("data/**", ["data/a", "data/a/b"], ["data", "other/a"]),
            ("a/**/b", ["a/b", "a/x/b", "a/x/y/b"], ["a/xb", "ab", "a/b/c"]),
            ("**/a/**/b", ["a/b", "x/a/y/a/z/b"], ["b/a"]),
            ("**", ["a", "a/b"], []),
            ("a**/b", ["a/b", "axx/b"], ["ab", "ax/y/b"]),
            ("a**b", ["ab", "axb"], ["a/b"]),
            ("?.txt", ["a.txt", "خ.txt", "😀.txt"], ["ab.txt", "/.txt", ".txt"]),
            ("[a-c]x", ["ax", "cx"], ["dx", "x", "abx"]),
            ("[!a-c]x", ["dx", "خx"], ["ax", "/x"]),
            ("[ا-ي]x", ["بx"], ["ax", "\u{6CC}x"]),
            ("[]x]", ["]", "x"], ["[", ""]),
            ("[a", ["[a"], ["a"]),
            ("[[]1].txt", ["[1].txt"], ["1.txt"]),
            ("*.{html,txt}", ["a.html", "a.txt"], ["a.csv", "a."]),
            ("{a,b/{c,d}}/x", ["a/x", "b/c/x", "b/d/x"], ["b/x", "b/a/x"]),
            ("a{}b", ["ab"], ["a{}b"]),
            ("a{b", ["a{b"], ["ab"]),
            ("a}b{c,d}", ["a}bc", "a}bd"], ["abc"]),
            ("A.txt", ["A.txt"], ["a.txt"]),
            ("\u{E9}.txt", ["\u{E9}.txt"], ["e\u{301}.txt"]),
            ("*/*.txt", ["a/b.txt"], ["b.txt", "a/b/c.txt"]),
            ("", [""], ["a"]),
        ]
    )
    func paths(pattern: String, matched: [String], unmatched: [String]) {
        let glob = Glob(pattern)
        for path in matched { #expect(glob.matches(path), "\(path)") }
        for path in unmatched { #expect(!glob.matches(path), "\(path)") }
    }

    @Test("outside paths a star passes over slashes")
    func addresses() {
        #expect(Glob("*/sport/*").matches("https://example.org/ar/sport/1", paths: false))
        #expect(!Glob("*/sport/*").matches("https://example.org/ar/sport/1"))
        #expect(Glob("https:??example*").matches("https://example.org", paths: false))
        #expect(!Glob("*/sport/*").matches("https://example.org/transport", paths: false))
    }

    @Test("pathological patterns end", arguments: ["a*", "*a", "**/", "?*", "{a,b}", "[a]*", "**/*a"])
    func pathological(part: String) {
        let pattern = String(repeating: part, count: 500) + "x"
        #expect(!Glob(pattern).matches(String(repeating: "a", count: 5000)))
        #expect(!Glob(pattern).matches(String(repeating: "a/", count: 2500)))
        #expect(!Glob(pattern).matches(String(repeating: "a", count: 5000), paths: false))
    }

    @Test(
        "how many names a match has at most",
        arguments: [("*.txt", 1), ("*/x", 2), ("{a,b/c}/x", 3), ("**/x", nil), ("x/**", nil)] as [(String, Int?)]
    )
    func maxNames(pattern: String, names: Int?) {
        #expect(Glob(pattern).maxNames == names)
    }

    @Test(
        "what is a pattern",
        arguments: [("a.txt", false), ("a*", true), ("a?", true), ("[a]", true), ("{a}", true), ("a]b}", false)]
    )
    func isPattern(text: String, expected: Bool) {
        #expect(Glob.isPattern(text) == expected)
    }
}
