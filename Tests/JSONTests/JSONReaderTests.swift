import Foundation
import JSON
import Testing

struct JSONReaderTests {
    @Test(
        "RFC 8259: what is JSON is read",
        arguments: [
            "null", "true", "false", "0", "-0", "-1", "1.5", "1e5", "1E+5", "1e-5", "0.0", "-0.1e1", "1e400", "\"\"",
            "[]", "{}", "[1,2]", "[[],[[]]]", "{\"\":0}", "{\"a\":{\"b\":[]}}", " \t\r\n[ 1 , 2 ] \n",
            "{ \"a\" : 1 , \"b\" : 2 }",
            "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\uD83D\\uDE00\"", "\"\u{7F}\u{2028}\u{FEFF}\u{FFFE}\"", "\u{FEFF}1",
            "\"ليبيا\"", "9223372036854775808",
        ]
    )
    func accepted(text: String) throws {
        _ = try JSONValue(parsing: text)
        #expect(skip(text) == nil)
    }

    @Test(
        "what is no JSON is refused, with its place",
        arguments: [
            ("", "the text ends where a value is expected", 0),
            ("  ", "the text ends where a value is expected", 2),
            ("nul", "expected null, found \"nul\"", 0),
            ("True", "expected a value, found \"True\"", 0),
            ("NaN", "expected a value, found \"NaN\"", 0),
            ("[Infinity]", "expected a value, found \"Infinity\"", 1),
            ("-Infinity", "expected a number, found \"-\"", 0),
            ("+1", "expected a value, found \"+\"", 0),
            (".5", "expected a value, found \".\"", 0),
            ("01", "a number starts with 0", 0),
            ("-", "expected a number, found \"-\"", 0),
            ("1.", "expected a digit after \".\"", 2),
            ("1e", "expected a digit in the exponent", 2),
            ("0x10", "expected nothing more, found \"x\"", 1),
            ("1 2", "expected nothing more, found \"2\"", 2),
            ("'a'", "expected a value, found \"'\"", 0),
            ("\"a", "the string is not closed", 0),
            ("\"a\\", "the string is not closed", 2),
            ("\"a\nb\"", "the string is not closed on its line", 0),
            ("\"a\\x\"", "unknown escape", 2),
            ("\"\\u12G4\"", "expected four hexadecimal digits after \\u", 1),
            ("\"\\u12\"", "expected four hexadecimal digits after \\u", 1),
            ("\"\u{0}\"", "a control character (byte 0x00) inside a string", 1),
            ("\"tab\there\"", "a control character (byte 0x09) inside a string", 4),
            ("[", "the list is not closed", 1),
            ("[1", "the list is not closed", 2),
            ("[1,", "the list is not closed", 3),
            ("[1,]", "a comma before \"]\"", 2),
            ("[,1]", "expected a value, found \",\"", 1),
            ("[1 2]", "expected \",\" or \"]\", found \"2\"", 3),
            ("[1}", "expected \",\" or \"]\", found \"}\"", 2),
            ("{", "the object is not closed", 1),
            ("{\"a\":1,}", "a comma before \"}\"", 6),
            ("{\"a\" 1}", "expected \":\" after the key, found \"1\"", 5),
            ("{\"a\":}", "expected a value, found \"}\"", 5),
            ("{a:1}", "expected a key in double quotes, found \"a\"", 1),
            ("{“a”:1}", "expected a key in double quotes, found \"“\"", 1),
            ("[1] // note", "expected nothing more, found \"/\"", 4),
            ("\u{A0}1", "expected a value, found \"\u{A0}\"", 0),
            ("\u{1}", "expected a value, found byte 0x01", 0),
        ]
    )
    func refused(text: String, message: String, offset: Int) {
        let expected = JSONError(message, at: offset)
        #expect(throws: expected) { _ = try JSONValue(parsing: text) }
        #expect(skip(text) == expected)
    }

    @Test("invalid UTF-8 is refused at its first byte", arguments: ["", "\\n", "ليبيا\\u0041"])
    func invalidUTF8(before: String) {
        for bad in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xF5, 0x80, 0x80, 0x80], [0x80]]
            as [[UInt8]]
        {
            let bytes = Array("[\"\(before)".utf8) + bad + Array("x\\t\"]".utf8)
            let expected = JSONError("invalid UTF-8", at: 2 + before.utf8.count, kind: .encoding)
            #expect(throws: expected) { _ = try JSONValue(parsing: bytes) }
        }
    }

    @Test("a key that stands twice is refused at its second place")
    func repeatedKey() {
        #expect(throws: JSONError("the key \"a\" stands twice", at: 7)) {
            _ = try JSONValue(parsing: "{\"a\":1,\"a\":2}")
        }
        #expect(throws: JSONError("the key \"a\" stands twice", at: 7)) {
            _ = try JSONValue(parsing: "{\"a\":1,\"\\u0061\":2}")
        }
    }

    @Test("keys that differ only in their Unicode normal form are two keys")
    func normalForms() throws {
        let value = try JSONValue(parsing: "{\"\u{622}\":1,\"\u{627}\u{653}\":2}")
        #expect(value.members?.count == 2)
    }

    @Test("many keys are read in linear time")
    func manyKeys() throws {
        let text = "{" + (0..<200_000).map { "\"\($0)\":0" }.joined(separator: ",") + "}"
        #expect(try JSONValue(parsing: text).members?.count == 200_000)
    }

    @Test("text is nested 512 deep and no deeper", arguments: [("[", "]"), ("{\"a\":", "}")])
    func depth(open: String, close: String) {
        func nested(_ depth: Int) -> String {
            String(repeating: open, count: depth - 1) + (open == "[" ? "[]" : "{}")
                + String(repeating: close, count: depth - 1)
        }
        #expect(throws: Never.self) { _ = try JSONValue(parsing: nested(512)) }
        #expect(skip(nested(512)) == nil)
        for depth in [513, 100_000] {
            let expected = JSONError("nested deeper than 512 levels", at: 512 * open.utf8.count)
            #expect(throws: expected) { _ = try JSONValue(parsing: nested(depth)) }
            #expect(skip(nested(depth)) == expected)
        }
        #expect(skip(String(repeating: open, count: 100_000)) != nil)
    }

    @Test("the deepest text fits a thread's stack of 512 KB")
    func smallStack() {
        let text = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
        let done = DispatchSemaphore(value: 0)
        let thread = Thread {
            #expect(throws: Never.self) { _ = try JSONValue(parsing: text) }
            done.signal()
        }
        thread.stackSize = 512 * 1024
        thread.start()
        done.wait()
    }

    @Test(
        "an escaped surrogate without its other half becomes U+FFFD",
        arguments: [
            ("\\uD83D", "\u{FFFD}"), ("\\uDE00", "\u{FFFD}"), ("\\uD83Dx", "\u{FFFD}x"), ("\\uD83D\\n", "\u{FFFD}\n"),
            ("\\uD83D\\uD83D\\uDE00", "\u{FFFD}😀"), ("\\uDE00\\uD83D", "\u{FFFD}\u{FFFD}"), ("\\ud83d\\ude00", "😀"),
            ("\\u0000", "\u{0}"), ("\\u200C", "\u{200C}"), ("\\uFFFE", "\u{FFFE}"),
        ]
    )
    func surrogates(escaped: String, expected: String) throws {
        #expect(
            try JSONValue(parsing: "\"\(escaped)\"").string?.unicodeScalars.elementsEqual(expected.unicodeScalars)
                == true
        )
    }

    @Test("a special byte is found at every place of a string of every length", arguments: 0...20)
    func everyPlace(length: Int) throws {
        for place in 0...length {
            let before = String(repeating: "a", count: place)
            let after = String(repeating: "\u{7F}", count: length - place)
            #expect(try JSONValue(parsing: "\"\(before)\\n\(after)\"").string == before + "\n" + after)
            #expect(try JSONValue(parsing: "\"\(before)\(after)\"").string == before + after)
            for byte in [UInt8(0), 0x1F, 0x0B] {
                let bytes = Array("\"\(before)".utf8) + [byte] + Array("\(after)\"".utf8)
                let digits = (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
                let expected = JSONError("a control character (byte 0x\(digits)) inside a string", at: 1 + place)
                #expect(throws: expected) { _ = try JSONValue(parsing: bytes) }
            }
        }
    }

    @Test("lenient: control characters, a last comma, and a key that stands twice pass")
    func lenient() throws {
        let value = try JSONValue(parsing: "{\"a\":\"x\n\ty\",\"a\":2,\"b\":[1,2,],}", leniently: true)
        #expect(value.members?.map(\.key) == ["a", "b"])
        #expect(value["a"]?.string == "x\n\ty")
        #expect(value["b"]?.elements?.count == 2)
        for text in ["{,}", "[,]", "[1,,2]", "{\"a\":1,,}"] {
            #expect(throws: JSONError.self) { _ = try JSONValue(parsing: text, leniently: true) }
        }
    }

    @Test("members are read one by one without a tree")
    func members() throws {
        var found: [String] = []
        var bytes = Array(
            " {\"n\": 12345678901234567890, \"list\": [true, null, \"x\"], \"skip\": {\"deep\": [1]}} ".utf8
        )
        try bytes.withUnsafeMutableBufferPointer { buffer throws(JSONError) in
            var reader = JSONReader(UnsafeBufferPointer(buffer))
            try reader.readObject { key, reader throws(JSONError) in
                switch key {
                case "n": found.append(try reader.readNumber())
                case "list":
                    try reader.readArray { reader throws(JSONError) in
                        switch try reader.peek() {
                        case .bool: found.append("\(try reader.readBool())")
                        case .null:
                            try reader.readNull()
                            found.append("null")
                        default: found.append(try reader.readString())
                        }
                    }
                default: found.append(String(decoding: try reader.skipValue(), as: UTF8.self))
                }
            }
            try reader.expectEnd()
        }
        #expect(found == ["12345678901234567890", "true", "null", "x", "{\"deep\": [1]}"])
    }

    @Test(
        "a value of another kind is named",
        arguments: [
            ("1", "expected a string, found \"1\""), ("true", "expected a string, found \"true\""),
            ("", "expected a string, found the end"),
        ]
    )
    func otherKind(text: String, message: String) {
        #expect(error(in: text) { reader throws(JSONError) in _ = try reader.readString() }?.message == message)
        #expect(
            error(in: "[]") { reader throws(JSONError) in _ = try reader.readBool() }?.message
                == "expected true or false, found \"[\""
        )
        #expect(
            error(in: "[]") { reader throws(JSONError) in try reader.readObject { _, _ in } }?.message
                == "expected an object, found \"[\""
        )
    }

    private func skip(_ text: String) -> JSONError? {
        error(in: text) { reader throws(JSONError) in
            try reader.skipValue()
            try reader.expectEnd()
        }
    }

    private func error(in text: String, _ read: (inout JSONReader) throws(JSONError) -> Void) -> JSONError? {
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            var reader = JSONReader(bytes)
            do throws(JSONError) {
                try read(&reader)
                return nil
            } catch {
                return error
            }
        }
    }
}
