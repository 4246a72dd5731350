import Testing

@testable import Markup

@Suite struct PageParserTests {
    private func text(_ html: String, limits: PageLimits = PageLimits()) throws(PageParseError) -> String {
        try text(Array(html.utf8), limits: limits)
    }

    private func text(_ html: [UInt8], limits: PageLimits = PageLimits()) throws(PageParseError) -> String {
        let parser = PageParser(limits: limits)
        try html.withUnsafeBufferPointer { buffer throws(PageParseError) in try parser.parse(buffer) }
        let nodes = parser.nodes
        return (0..<nodes.count).filter(nodes.isText).map { String(decoding: nodes.text($0), as: UTF8.self) }.joined()
    }

    @Test func controlCharactersDoNotEndThePage() throws {
        #expect(try text("<p>one\u{0}two\u{1}\u{B}three\u{C}four") == "onetwothree four")
    }

    @Test func closingBodyInTheMiddleDropsNothing() throws {
        #expect(try text("<body><p>one</p></body></html><p>two</p></body></html><div>three</div>") == "onetwothree")
    }

    @Test func secondBodyAndHTMLTagsDropNothing() throws {
        #expect(try text("<html><body><p>one<html lang=en><head><body class=x>two</p>") == "onetwo")
    }

    @Test(arguments: [300, 3_000])
    func deepNestingKeepsItsText(depth: Int) throws {
        let html = String(repeating: "<div>", count: depth) + "deep" + String(repeating: "</div>", count: depth)
        #expect(try text(html) == "deep")
    }

    @Test(arguments: [100_000, 1_000_000])
    func deeperThanTheLimitIsAnError(depth: Int) {
        let html = String(repeating: "<div>", count: depth) + "deep"
        #expect(throws: PageParseError.tooDeep(limit: 10_000)) { try text(html) }
    }

    @Test func unmatchedEndTagsInDeepNestingAreRefused() {
        let html = String(repeating: "<div>", count: 9_000) + String(repeating: "<a></b>", count: 300_000)
        #expect(throws: PageParseError.tooTangled) { try text(html) }
    }

    @Test func hundredThousandAttributesCostAMoment() throws {
        let attributes = (0..<100_000).map { " a\($0)=\"\($0)\"" }.joined()
        #expect(try text("<p\(attributes) class=x>text</p>") == "text")
        #expect(try text("<p\(String(repeating: " class=x", count: 100_000))>text</p>") == "text")
    }

    @Test func hugeTextNodeIsWhole() throws {
        let word = "نص "
        let count = 11_000_000 / word.utf8.count
        #expect(try text("<p>" + String(repeating: word, count: count)).utf8.count == count * word.utf8.count)
    }

    @Test func millionSiblings() throws {
        #expect(try text(String(repeating: "<p>a", count: 1_000_000)).utf8.count == 1_000_000)
    }

    @Test func hugeScriptIsPassedOver() throws {
        let script = "<script>" + String(repeating: "if (a < b) x('</p>');", count: 2_500_000) + "</script>"
        #expect(try text("<p>one" + script + "two") == "onetwo")
    }

    @Test(arguments: [
        ("a < b and 3<4 <", "a < b and 3<4 <"),
        ("<p>1 &lt; 2 &amp; 3 &eacute; &#x2019; &nbsp;", "1 < 2 & 3 é ’ \u{A0}"),
        ("<!-- <p>hidden</p> --> seen <!-- open", "seen "), ("<!--> seen", "seen"), ("<![CDATA[ x ]]>seen", "seen"),
        ("<p title=\"a > b\">seen", "seen"), ("<p class=\"open>seen", "seen"), ("<title>a <b> c</title>", "a <b> c"),
        ("<script>no</script >yes", "yes"), ("<svg><path d=1></svg>yes", "yes"),
        ("<svg>open, so kept", "open, so kept"),
        ("x<wbr>y", "xy"), ("<p>می\u{200C}خواهم\u{200F}</p>", "می\u{200C}خواهم\u{200F}"), ("", ""), ("<", "<"),
        ("</", ""),
        ("<script>never closed", ""), ("text\u{FFFE}", "text"),
    ])
    func texts(html: String, expected: String) throws {
        #expect(try text(html) == expected)
    }

    @Test func entitiesOfADoctypeAreNeverExpanded() throws {
        let bomb = """
            <!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>\
            <p>&b;&c;</p>
            """
        let text = try text(bomb)
        #expect(!text.contains("aaaa") && !text.contains("root:"))
    }

    @Test func structuredDataIsKeptAside() throws {
        let html = Array("<script type='application/LD+json'>{\"a\": 1}</script><p>x".utf8)
        let parser = PageParser()
        try html.withUnsafeBufferPointer { buffer throws(PageParseError) in try parser.parse(buffer) }
        #expect(parser.structuredData.map { String(decoding: html[$0], as: UTF8.self) } == ["{\"a\": 1}"])
    }

    @Test func attributesAndHiddenness() throws {
        let html = Array("<div CLASS='a \"b\"' style='color:red; display : none' onclick=x() id=i>x</div>".utf8)
        let parser = PageParser()
        try html.withUnsafeBufferPointer { buffer throws(PageParseError) in try parser.parse(buffer) }
        let nodes = parser.nodes
        let div = try #require((0..<nodes.count).first { nodes.tag($0) == .div })
        var found: [String] = []
        nodes.forEachAttribute(of: div) { found.append("\($0)=\(String(decoding: $1, as: UTF8.self))") }
        #expect(found == ["class=a \"b\"", "hidden=", "id=i"])
    }

    @Test func memoryIsUsedAgain() throws {
        let parser = PageParser()
        for word in ["first", "second"] {
            let html = Array("<p>\(word)</p>".utf8)
            try html.withUnsafeBufferPointer { buffer throws(PageParseError) in try parser.parse(buffer) }
            let nodes = parser.nodes
            let texts = (0..<nodes.count).filter(nodes.isText).map { String(decoding: nodes.text($0), as: UTF8.self) }
            #expect(texts == [word])
        }
    }

    @Test func tooManyBytes() {
        #expect(throws: PageParseError.tooLarge(bytes: 6, limit: 5)) {
            try text("<p>abc", limits: PageLimits(maxBytes: 5))
        }
    }
}
