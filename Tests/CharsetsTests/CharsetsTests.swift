import Testing

@testable import Charsets

@Suite struct CharsetsTests {
    private static let arabic =
        "أعلنت وزارة الصحة الليبية تسجيل إصابات جديدة بفيروس كورونا في طرابلس وبنغازي، وقالت الوزارة إن الحالات مستقرة."

    private func bytes(_ text: String, _ encoding: String) -> [UInt8] {
        switch encoding {
        case "windows-1256": Self.singleByte(text, Self.windows1256)
        case "iso-8859-6": Self.singleByte(text, Self.iso8859)
        case "utf-16le": text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        case "utf-16be": text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        default: Array(text.utf8)
        }
    }

    private func decode(_ bytes: [UInt8], declared: String? = nil, isHTML: Bool = false) -> DecodedText {
        bytes.withUnsafeBytes { Charsets.decode($0, declared: declared, isHTML: isHTML) }
    }

    @Test(arguments: ["windows-1256", "iso-8859-6", "utf-16le", "utf-16be", "utf-8"])
    func arabicWithoutDeclaration(encoding: String) {
        let decoded = decode(bytes("<p>" + Self.arabic + "</p>", encoding))
        #expect(decoded.text == "<p>" + Self.arabic + "</p>")
        #expect(decoded.encoding == encoding)
        #expect(decoded.encodingFrom == (encoding == "utf-8" ? "utf-8 validity" : "guess"))
    }

    @Test(arguments: [
        ("windows-1256", "utf-8"), ("windows-1256", "iso-8859-1"), ("utf-8", "windows-1256"),
        ("iso-8859-6", "windows-1252"),
    ])
    func declarationThatLies(encoding: String, declared: String) {
        let decoded = decode(bytes(Self.arabic, encoding), declared: declared)
        #expect(decoded.text == Self.arabic)
        #expect(decoded.encoding == encoding)
    }

    @Test func declarationIsBelievedWhereBytesAllowIt() {
        let decoded = decode([0x63, 0x61, 0x66, 0xE9], declared: "ISO-8859-1")
        #expect(decoded.text == "café")
        #expect(decoded.encoding == "windows-1252")
        #expect(decoded.encodingFrom == "declared")
    }

    @Test(arguments: [
        "<meta charset=windows-1251>", "<META http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1251\">",
        "<?xml version=\"1.0\" encoding=\"windows-1251\"?>", "<meta charset='cp1251'>",
    ])
    func metaDeclares(tag: String) {
        let decoded = decode(Array(tag.utf8) + [0xCF, 0xF0, 0xE8], isHTML: true)
        #expect(decoded.text.hasSuffix("При"))
        #expect(decoded.encodingFrom == "meta")
    }

    @Test func metaInsideACommentIsNoDeclaration() {
        let decoded = decode(Array("<!-- <meta charset=windows-1251> --><html lang=fr>caf".utf8) + [0xE9], isHTML: true)
        #expect(decoded.text.hasSuffix("café"))
    }

    @Test("A byte without a character is one U+FFFD", arguments: ["windows-1253", "utf-16le", "gb18030"])
    func undefinedBytes(encoding: String) {
        let holes: [String: [UInt8]] = [
            "windows-1253": [0x41, 0xD2, 0x42],
            "utf-16le": [0x41, 0, 0x00, 0xDC, 0x42, 0], "gb18030": [0x41, 0xFF, 0x42],
        ]
        #expect(decode(holes[encoding] ?? [], declared: encoding).text == "A\u{FFFD}B")
    }

    @Test(
        arguments: [
            ([0xEF, 0xBB, 0xBF, 0x61], "utf-8"), ([0xFF, 0xFE, 0x61, 0x00], "utf-16le"),
            ([0xFE, 0xFF, 0x00, 0x61], "utf-16be"),
        ] as [([UInt8], String)]
    )
    func markDecides(bytes: [UInt8], encoding: String) {
        let decoded = decode(bytes, declared: "windows-1252")
        #expect(decoded.text == "a")
        #expect(decoded.encoding == encoding)
        #expect(decoded.encodingFrom == "bom")
    }

    @Test func oneBadByteDoesNotTurnThePageIntoLatin1() {
        let bytes = Array(Self.arabic.utf8) + [0xFF] + Array(Self.arabic.utf8)
        let decoded = decode(bytes, declared: "utf-8")
        #expect(decoded.text == Self.arabic + "\u{FFFD}" + Self.arabic)
        #expect(decoded.encoding == "utf-8")
    }

    @Test(arguments: [([], ""), ([0x61], "a"), ([0x00], "\u{0}"), ([0xFF, 0xFE], "")] as [([UInt8], String)])
    func tinyInputs(bytes: [UInt8], text: String) {
        #expect(decode(bytes).text == text)
    }

    @Test(
        arguments: [
            ("UTF8", "utf-8"), (" Windows-1256 ", "windows-1256"), ("latin1", "windows-1252"), ("gb2312", "gb18030"),
            ("asmo-708", "iso-8859-6"), ("x-sjis", "shift_jis"), ("nonsense", nil),
        ] as [(String, String?)]
    )
    func labels(label: String, name: String?) {
        #expect(EncodingName.canonical(label) == name)
    }

    // Letters of the test sentence in the two Arabic code pages.
    private static func singleByte(_ text: String, _ page: [UnicodeScalar: UInt8]) -> [UInt8] {
        text.unicodeScalars.map { $0.isASCII ? UInt8($0.value) : page[$0] ?? 0x3F }
    }

    private static let iso8859: [UnicodeScalar: UInt8] = {
        var page: [UnicodeScalar: UInt8] = ["،": 0xAC, "؛": 0xBB, "؟": 0xBF]
        for code in UInt32(0x621)...0x652 where !(0x63B...0x63F).contains(code) {
            if let scalar = UnicodeScalar(code) { page[scalar] = UInt8(code - 0x621 + 0xC1) }
        }
        return page
    }()

    private static let windows1256: [UnicodeScalar: UInt8] = {
        var page: [UnicodeScalar: UInt8] = ["،": 0xA1, "؛": 0xBA, "؟": 0xBF]
        let rows: [(UInt8, String)] = [
            (0xC1, "ءآأؤإئابةتثجحخدذرزسشصض"), (0xD8, "طظعغـفقك"), (0xE1, "ل"), (0xE3, "منهو"), (0xEC, "ىي"),
        ]
        for (first, letters) in rows {
            for (k, scalar) in letters.unicodeScalars.enumerated() { page[scalar] = first + UInt8(k) }
        }
        return page
    }()
}
