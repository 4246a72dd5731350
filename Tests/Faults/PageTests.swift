import Foundation
import Testing

/// FAULTS 9, 11, 15, 16, 17: pages in every encoding, with characters that are none, and made to hurt.
@Suite struct PageTests {
    private static let title = "المرفأ يستقبل سفن الشحن من جديد"
    private static let first =
        "استقبل المرفأ صباح اليوم سفن الشحن من جديد، بعد إغلاق دام ثلاثة أعوام، بحسب ما قال مديره."
    private static let second = "وأضاف المدير أن العمل سيستمر طوال الأسبوع، وأن الأرصفة تتسع لعشر سفن في وقت واحد."
    private static let paragraphs = "<p>\(first)</p><p>\(second)</p>"

    private static func page(_ body: String, head: String = "") -> String {
        "<html><head>\(head)<title>\(title)</title></head><body><h1>\(title)</h1>\(body)</body></html>"
    }

    // MARK: 9

    struct Encoded: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var page: [UInt8]
        var encoding: String
        var from: String
    }

    /// The letters of windows-1256 from 0xC0 on, and of ISO 8859-6 by their distance to Unicode.
    private static func windows1256(_ text: String) -> [UInt8] {
        let letters = Array("ہءآأؤإئابةتثجحخدذرزسشصض×طظعغـفقكàلâمنهوçèéêëىي".unicodeScalars)
        return text.unicodeScalars.map { scalar in
            if scalar.isASCII { return UInt8(scalar.value) }
            return scalar == "،" ? 0xA1 : UInt8(0xC0 + (letters.firstIndex(of: scalar) ?? 0))
        }
    }

    private static func iso88596(_ text: String) -> [UInt8] {
        text.unicodeScalars.map { $0.isASCII ? UInt8($0.value) : UInt8($0.value - 0x560) }
    }

    private static func utf16(_ text: String, bigEndian: Bool, mark: Bool) -> [UInt8] {
        ((mark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit in
            bigEndian ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
        }
    }

    private static func declared(_ name: String) -> String { page(paragraphs, head: "<meta charset=\"\(name)\">") }

    static let encoded: [Encoded] = [
        Encoded(
            testDescription: "windows-1256 without a word",
            page: windows1256(page(paragraphs)),
            encoding: "windows-1256",
            from: "guess"
        ),
        Encoded(
            testDescription: "windows-1256 declared",
            page: windows1256(declared("windows-1256")),
            encoding: "windows-1256",
            from: "meta"
        ),
        Encoded(
            testDescription: "ISO 8859-6 declared",
            page: iso88596(declared("iso-8859-6")),
            encoding: "iso-8859-6",
            from: "meta"
        ),
        Encoded(
            testDescription: "windows-1256 that calls itself UTF-8",
            page: windows1256(declared("utf-8")),
            encoding: "windows-1256",
            from: "guess"
        ),
        Encoded(
            testDescription: "UTF-8 that calls itself windows-1256",
            page: Array(declared("windows-1256").utf8),
            encoding: "utf-8",
            from: "utf-8 validity"
        ),
        Encoded(
            testDescription: "UTF-16, little end first, with a mark",
            page: utf16(page(paragraphs), bigEndian: false, mark: true),
            encoding: "utf-16le",
            from: "bom"
        ),
        Encoded(
            testDescription: "UTF-16, big end first, with a mark",
            page: utf16(page(paragraphs), bigEndian: true, mark: true),
            encoding: "utf-16be",
            from: "bom"
        ),
        Encoded(
            testDescription: "UTF-16 without a mark",
            page: utf16(page(paragraphs), bigEndian: false, mark: false),
            encoding: "utf-16le",
            from: "guess"
        ),
    ]

    @Test(arguments: encoded)
    func everyEncodingGivesTheSameText(page: Encoded) throws {
        let folder = try Pages()
        try folder.write(page.page, "page.html")
        let article = try #require(try folder.run().articles.first)
        #expect(article.text == Self.first + "\n" + Self.second)
        #expect(article.title == Self.title)
        #expect(article.provenance.encoding == page.encoding)
        #expect(article.provenance.encodingFrom == page.from)
    }

    // MARK: 11

    @Test func charactersThatAreNoneLeaveTheRestWhole() throws {
        let folder = try Pages()
        // NUL, controls, a lone surrogate as bytes and as a reference, U+FFFE, overrides; a joiner that belongs there.
        var hostile = Array(
            Self.page("<p>ا\0س\u{1}تقبل\u{202E} المرفأ &#xD800; می\u{200C}روند \u{FFFE}صباح ").utf8.dropLast(14)
        )
        hostile += [0xED, 0xA0, 0x80, 0xFF]
        hostile += Array(
            "اليوم سفن الشحن من جديد، بعد إغلاق دام ثلاثة أعوام.</p><p>\(Self.second)</p></body></html>".utf8
        )
        try folder.write(hostile, "page.html")
        let text = #""id":"j","html":"<h1>\#(Self.title)</h1><p>\ud800 \#(Self.first)</p><p>\#(Self.second)</p>""#
        try folder.write(Array("{\(text)}\n".utf8), "lines.jsonl")
        let run = try folder.run()
        // Every line of every output is JSON: `articles` and `quarantine` were parsed by another reader than wrote them.
        #expect(run.articles.count + run.quarantine.count == 2)
        let article = try #require(run.articles.first { $0.id != "j" })
        #expect(article.text.contains("می\u{200C}روند"))
        #expect(article.text.hasSuffix(Self.second))
        for scalar in article.text.unicodeScalars {
            #expect(scalar == "\n" || scalar.value >= 0x20 && ![0x202E, 0xFFFE].contains(scalar.value))
        }
    }

    // MARK: 15

    @Test func entitiesAreNeverExpandedOrFetched() throws {
        let folder = try Pages()
        try folder.write(Array("kept apart".utf8), "secret")
        let declarations = (1..<12).map { "<!ENTITY e\($0) \"\(String(repeating: "&e\($0 - 1);", count: 10))\">" }
        let doctype = """
            <!DOCTYPE html [<!ENTITY e0 "boom"> \(declarations.joined()) <!ENTITY file SYSTEM "file://\(folder.path)/data/secret">
            <!ENTITY % outer SYSTEM "http://127.0.0.1:9/outer.dtd"> %outer;]>
            """
        try folder.write(Array((doctype + Self.page("<p>&e11; &file;</p>" + Self.paragraphs)).utf8), "page.html")
        let article = try #require(try folder.run().articles.first)
        #expect(article.text.hasSuffix(Self.first + "\n" + Self.second))
        #expect(!article.text.contains("boom") && !article.text.contains("kept apart"))
    }

    // MARK: 16

    @Test(arguments: [300, 3_000, 100_000, 1_000_000])
    func deepNestingLosesNothingSilently(depth: Int) throws {
        let folder = try Pages()
        let nested = String(repeating: "<div>", count: depth) + Self.paragraphs
        try folder.write(Array(Self.page(nested + String(repeating: "</div>", count: depth)).utf8), "page.html")
        let run = try folder.run()
        if depth <= 3_000 {
            #expect(run.articles.first?.text == Self.first + "\n" + Self.second)
        } else {
            #expect(run.articles.isEmpty && run.quarantine.map(\.code) == ["html_limit"])
        }
    }

    // MARK: 17

    struct Huge: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var body: @Sendable () -> String
        /// The text has to hold so many bytes; nil for a page that is refused.
        var bytes: Int?
    }

    static let huge: [Huge] = [
        Huge(
            testDescription: "a text of 11 MB",
            body: {
                paragraphs + "<p>" + String(repeating: "تتسع الأرصفة لعشر سفن في وقت واحد. ", count: 180_000) + "</p>"
            },
            bytes: 11_000_000
        ),
        Huge(
            testDescription: "100,000 attributes",
            body: {
                paragraphs + "<div " + (0..<100_000).map { "a\($0)=x" }.joined(separator: " ")
                    + "><p>\(first)</p></div>"
            },
            bytes: (first.utf8.count + second.utf8.count)
        ),
        Huge(
            testDescription: "a million siblings",
            body: { paragraphs + String(repeating: "<i>x</i>", count: 1_000_000) },
            bytes: first.utf8.count + second.utf8.count
        ),
        Huge(
            testDescription: "a million paragraphs",
            body: { paragraphs + String(repeating: "<p>x</p>", count: 1_000_000) },
            bytes: nil
        ),
        Huge(
            testDescription: "a script of 50 MB",
            body: {
                paragraphs + "<script>" + String(repeating: "var a=1;\n", count: 5_600_000) + "</script><p>\(first)</p>"
            },
            bytes: first.utf8.count + second.utf8.count
        ),
    ]

    @Test(arguments: huge)
    func hugePagesAreReadOrRefused(page: Huge) throws {
        let folder = try Pages()
        try folder.write(Array(Self.page(page.body()).utf8), "page.html")
        let run = try folder.run()
        if let bytes = page.bytes {
            let text = try #require(run.articles.first?.text, "\(run.quarantine)")
            #expect(text.hasPrefix(Self.first + "\n" + Self.second))
            #expect(text.utf8.count >= bytes)
        } else {
            #expect(run.quarantine.map(\.message) == ["the page has more than 100000 blocks of text"])
        }
    }
}

/// A folder of pages and the program's run over it.
private final class Pages {
    struct Article: Decodable {
        struct Provenance: Decodable {
            var encoding: String?
            var encodingFrom: String?

            enum CodingKeys: String, CodingKey {
                case encoding
                case encodingFrom = "encoding_from"
            }
        }
        var id: String
        var title: String?
        var text: String
        var provenance: Provenance
    }

    struct Quarantined: Decodable {
        var code: String
        var message: String
    }

    let path = NSTemporaryDirectory() + "/etl-pages-\(UUID().uuidString)"

    init() throws { try FileManager.default.createDirectory(atPath: path + "/data", withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ bytes: [UInt8], _ name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path + "/data/" + name))
    }

    func run() throws -> (articles: [Article], quarantine: [Quarantined]) {
        let definition = """
            { "name": "pages", "output": "output",
              "stages": [{ "stage": "ingest", "paths": ["data/*.html", "data/*.jsonl"] }, { "stage": "clean" },
                { "stage": "export", "file": "articles.jsonl" }], "guards": { "minArticles": 0, "maxErrors": "100%" } }
            """
        try Data(definition.utf8).write(to: URL(fileURLWithPath: path + "/pages.json"))
        let ending = try Program(arguments: ["run", path + "/pages.json"]).run()
        #expect(ending.code == 0, "\(ending.errors)")
        return (try rows("articles.jsonl"), try rows("quarantine.jsonl"))
    }

    private func rows<Row: Decodable>(_ name: String) throws -> [Row] {
        let data = FileManager.default.contents(atPath: path + "/output/current/" + name) ?? Data()
        return try data.split(separator: 0x0A).map { try JSONDecoder().decode(Row.self, from: $0) }
    }
}
