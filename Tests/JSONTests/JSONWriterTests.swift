import JSON
import Testing

struct JSONWriterTests {
    @Test(
        "strings are escaped where RFC 8259 asks for it, and at line separators",
        arguments: [
            ("", ""), ("ليبيا", "ليبيا"), ("\"\\/", "\\\"\\\\/"), ("\u{8}\u{C}\n\r\t", "\\b\\f\\n\\r\\t"),
            ("\u{0}\u{1}\u{1F}\u{7F}", "\\u0000\\u0001\\u001f\u{7F}"), ("a\u{2028}b\u{2029}c", "a\\u2028b\\u2029c"),
            ("\u{2027}\u{202A}\u{2068}", "\u{2027}\u{202A}\u{2068}"),
            ("\u{200C}\u{FEFF}\u{FFFE}", "\u{200C}\u{FEFF}\u{FFFE}"),
            ("€", "€"), ("\u{20A8}", "\u{20A8}"),
        ]
    )
    func escapes(string: String, expected: String) {
        var writer = JSONWriter()
        writer.value(string)
        #expect(writer.text.unicodeScalars.elementsEqual("\"\(expected)\"".unicodeScalars))
    }

    @Test("a special byte is escaped at every place of a string of every length", arguments: 0...20)
    func everyPlace(length: Int) {
        for place in 0...length {
            for (special, escaped) in [
                ("\"", "\\\""), ("\u{1F}", "\\u001f"), ("\u{2028}", "\\u2028"), ("\u{2026}", "\u{2026}"),
            ] {
                let before = String(repeating: "x", count: place)
                let after = String(repeating: "!", count: length - place)
                var writer = JSONWriter()
                writer.value(before + special + after)
                #expect(writer.text == "\"\(before)\(escaped)\(after)\"")
            }
        }
    }

    @Test("commas stand between members, elements and nowhere else")
    func structure() {
        var writer = JSONWriter()
        writer.object { w in
            w.key("a")
            w.value(1)
            w.key(raw: ",\"b\":")
            w.array { w in
                w.object { w in
                    w.key(raw: ",\"first\":")
                    w.null()
                    w.key(raw: ",\"next\":")
                    w.value(false)
                }
                w.array { _ in }
                w.object { _ in }
                w.raw("1e400")
                w.value(nil as String?)
                w.value(true)
            }
            w.key("c")
            w.value(["x", "y"])
        }
        writer.newline()
        writer.value("next")
        #expect(
            writer.text
                == "{\"a\":1,\"b\":[{\"first\":null,\"next\":false},[],{},1e400,null,true],\"c\":[\"x\",\"y\"]}\n\"next\""
        )
    }

    @Test("pretty text has one member a line")
    func pretty() {
        var writer = JSONWriter(pretty: true)
        writer.object { w in
            w.key("empty")
            w.object { _ in }
            w.key("none")
            w.array { _ in }
            w.key("list")
            w.array { w in
                w.value(1)
                w.object { w in
                    w.key("x")
                    w.value("[")
                }
                w.array { w in w.value("[") }
            }
        }
        #expect(
            writer.text == """
                {
                  "empty": {},
                  "none": [],
                  "list": [
                    1,
                    {
                      "x": "["
                    },
                    [
                      "["
                    ]
                  ]
                }
                """
        )
    }

    @Test(
        "numbers read back as they were",
        arguments: [
            (0.1, "0.1"), (1, "1.0"), (-0.0, "-0.0"), (1e300, "1e+300"), (.leastNonzeroMagnitude, "5e-324"),
            (.nan, "null"), (.infinity, "null"),
        ]
    )
    func doubles(double: Double, text: String) {
        var writer = JSONWriter()
        writer.value(double)
        #expect(writer.text == text)
    }

    @Test(
        "integers",
        arguments: [
            (0, "0"), (9, "9"), (10, "10"), (-1, "-1"), (Int.max, "9223372036854775807"),
            (.min, "-9223372036854775808"),
        ]
    )
    func integers(integer: Int, text: String) {
        var writer = JSONWriter()
        writer.value(integer)
        #expect(writer.text == text)
    }

    @Test("a writer lends its bytes without a copy and can be emptied")
    func lending() {
        var bytes = Array("head ".utf8)
        var writer = JSONWriter(appendingTo: &bytes)
        #expect(bytes.isEmpty)
        writer.value(1)
        writer.give(back: &bytes)
        #expect(bytes == Array("head 1".utf8))
        writer.removeAll()
        writer.value(2)
        #expect(writer.text == "2")
    }

    @Test("random values survive writing and reading, compact and pretty", arguments: 0..<200)
    func roundTrip(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let value = randomValue(&random, depth: 5)
        for pretty in [false, true] {
            var writer = JSONWriter(pretty: pretty)
            writer.value(value)
            #expect(try JSONValue(parsing: writer.bytes).isEqual(to: value))
            #expect(!pretty == (writer.bytes.firstIndex(of: 0x0A) == nil) || value.isSmall)
        }
    }

    private func randomValue(_ random: inout SeededRandom, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth == 0 ? 4 : 6), using: &random) {
        case 0: return JSONValue(.null)
        case 1: return JSONValue(.bool(.random(using: &random)))
        case 2: return JSONValue(.number("\(Double.random(in: -1e9...1e9, using: &random))"))
        case 3: return JSONValue(.string(randomString(&random)))
        case 4:
            return JSONValue(
                .array((0..<Int.random(in: 0..<5, using: &random)).map { _ in randomValue(&random, depth: depth - 1) })
            )
        default:
            let members = (0..<Int.random(in: 0..<5, using: &random)).map { index in
                JSONValue.Member(
                    key: "\(index)" + randomString(&random),
                    keyRange: 0..<0,
                    value: randomValue(&random, depth: depth - 1)
                )
            }
            return JSONValue(.object(members))
        }
    }

    private func randomString(_ random: inout SeededRandom) -> String {
        var string = ""
        for _ in 0..<Int.random(in: 0..<40, using: &random) {
            let limit: UInt32 = [0x80, 0x80, 0x700, 0x3000, 0x11_0000].randomElement(using: &random) ?? 0x80
            string.unicodeScalars.append(UnicodeScalar(UInt32.random(in: 0..<limit, using: &random)) ?? "\u{2028}")
        }
        return string
    }
}

extension JSONValue {
    fileprivate var isSmall: Bool { (elements?.count ?? members?.count ?? 0) == 0 }

    fileprivate func isEqual(to other: JSONValue) -> Bool {
        switch (content, other.content) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
        case (.array(let a), .array(let b)): a.count == b.count && zip(a, b).allSatisfy { $0.isEqual(to: $1) }
        case (.object(let a), .object(let b)):
            a.count == b.count
                && zip(a, b).allSatisfy { $0.key.utf8.elementsEqual($1.key.utf8) && $0.value.isEqual(to: $1.value) }
        default: false
        }
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
