import Testing

@testable import Extraction
@testable import Markup

@Suite struct PageExtractorTests {
    @Test(arguments: SamplePage.all)
    func bodyIsKeptAndChromeLeft(page: SamplePage) throws {
        let content = try PageExtractor().extract(page.html, url: page.url)
        #expect(content.text.split(separator: "\n").map(String.init) == page.body)
    }

    @Test(arguments: SamplePage.all)
    func metadata(page: SamplePage) throws {
        let content = try PageExtractor().extract(page.html, url: page.url)
        #expect(content.title == page.title)
        #expect(content.authors == page.authors)
        #expect(content.published?.timestamp.rfc3339 == page.published)
        #expect(content.outlet == page.outlet)
        #expect(content.declaredLanguage == page.language)
    }

    @Test func whatLeavesTheBodyIsNamed() throws {
        let content = try PageExtractor().extract(SamplePage.arabic.html, url: SamplePage.arabic.url)
        #expect(content.removed.contains(RemovedText(text: "خبر آخر عن الطرق", reason: "related")))
    }

    @Test func everythingElseAPageStates() throws {
        let content = try PageExtractor().extract(SamplePage.english.html, url: SamplePage.english.url)
        #expect(content.section == "Business")
        #expect(content.keywords == ["ports", "trade"])
        #expect(content.canonicalURL == "https://example.org/harbour")
        #expect(content.image == "https://example.org/harbour.jpg")
        #expect(content.excerpt == "The harbour takes containers again after ten years.")
        #expect(content.modified?.timestamp.rfc3339 == "2022-04-03T07:00:00Z")
        #expect(content.published?.hasTime == true)
        #expect(content.published?.asWritten == "2022-04-02T09:30:00+01:00")
    }

    @Test func zeroWidthNonJoinersSurvive() throws {
        let content = try PageExtractor().extract(SamplePage.persian.html, url: SamplePage.persian.url)
        #expect(content.text.unicodeScalars.filter { $0 == "\u{200C}" }.count == 7)
    }

    @Test func windows1256WithoutDeclaration() throws {
        // «وقال المدير إن العمل مستمر» and so on, as a page of 2005 has it.
        let sentence: [UInt8] = [
            0xE6, 0xDE, 0xC7, 0xE1, 0x20, 0xC7, 0xE1, 0xE3, 0xCF, 0xED, 0xD1, 0x20, 0xC5, 0xE4, 0x20, 0xC7, 0xE1, 0xDA,
            0xE3, 0xE1, 0x20,
            0xE3, 0xD3, 0xCA, 0xE3, 0xD1, 0xA1, 0x20, 0xE6, 0xC5, 0xE4, 0x20, 0xC7, 0xE1, 0xE3, 0xCF, 0xED, 0xE4, 0xC9,
            0x20, 0xC2, 0xE3,
            0xE4, 0xC9, 0x2E,
        ]
        let page =
            Array("<html><body><div><p>".utf8) + sentence + sentence + Array("</p><p>".utf8) + sentence
            + Array("</p></div>".utf8)
        let content = try page.withUnsafeBytes { bytes throws(PageError) in
            try PageExtractor().extract(bytes, charset: "utf-8")
        }
        #expect(content.text.hasPrefix("وقال المدير إن العمل مستمر، وإن المدينة آمنة."))
        #expect(content.encoding == "windows-1256")
        #expect(content.encodingFrom == "guess")
    }

    @Test func endOfACommentThatNeverBeganIsNoText() throws {
        let html = SamplePage.french.html.replacing("pas le dimanche.</div>", with: "pas le dimanche.<br>--&gt;</div>")
        #expect(
            try PageExtractor().extract(html).text.split(separator: "\n").map(String.init) == SamplePage.french.body
        )
    }

    @Test func encodingIsNoLanguage() throws {
        let html = "<html lang='utf-8'><p>The council met on Monday and decided to build the road within the year.</p>"
        #expect(try PageExtractor().extract(html).declaredLanguage == nil)
    }

    @Test func pageWithoutText() {
        #expect(throws: PageError(code: "html_no_text", message: "the page has no text that could be an article")) {
            try PageExtractor().extract("<html><body></body></html>")
        }
    }

    @Test func limitsAreErrors() {
        let deep = String(repeating: "<div>", count: 20_000) + "deep"
        #expect(throws: PageError(code: "html_limit", message: "elements are nested deeper than the limit of 10000")) {
            try PageExtractor().extract(deep)
        }
        #expect(throws: PageError(code: "html_too_large", message: "the page has 9 bytes, more than the limit of 5")) {
            try Array("<p>abcdef".utf8).withUnsafeBytes { bytes throws(PageError) in
                try PageExtractor(limits: PageLimits(maxBytes: 5)).extract(bytes)
            }
        }
    }

    @Test(arguments: [300, 3_000])
    func deepArticleIsFound(depth: Int) throws {
        let sentence = "The council met on Monday, discussed the new road, and decided to build it within the year."
        let html = String(repeating: "<div>", count: depth) + "<p>\(sentence)</p><p>\(sentence) Again.</p>"
        #expect(try PageExtractor().extract(html).text.hasPrefix(sentence))
    }

    @Test func samePageTwiceIsTheSameContent() throws {
        let first = try PageExtractor().extract(SamplePage.french.html)
        _ = try PageExtractor().extract(SamplePage.english.html)
        let second = try PageExtractor().extract(SamplePage.french.html)
        #expect(first.text == second.text && first.removed == second.removed && first.title == second.title)
    }

    @Test func whatSaysNothingIsNoMetadata() throws {
        let content = try PageExtractor().extract(
            """
            <html><head><meta property="og:site_name" content="صحيفة المرسى"><meta name="author" content="إسطنبول">
            <meta property="article:section" content="الشرق الاوسطرئيسي">
            <meta name="keywords" content="المرفأ,يستقبل,سفن,الشحن,مجددا">
            </head>
            <body><h1>المرفأ يستقبل سفن الشحن مجددا بعد إغلاق</h1><p>استقبل المرفأ صباح اليوم أول سفينة شحن منذ إغلاقه \
            قبل ثلاثة أعوام، بحسب ما قال مديره للصحفيين.</p></body></html>
            """
        )
        #expect(content.authors == [])
        #expect(content.section == "الشرق الاوسط")
        #expect(content.keywords == [])
    }

    @Test func aPageHasItsTimeAndItsBlocks() {
        #expect(throws: PageError(code: "article_timeout", message: "the page took longer than the limit of 0 s")) {
            try PageExtractor(maxSeconds: 0).extract(SamplePage.arabic.html)
        }
        #expect(throws: PageError(code: "html_limit", message: "the page has more than 3 blocks of text")) {
            try PageExtractor(limits: PageLimits(maxBlocks: 3)).extract(SamplePage.arabic.html)
        }
    }

    @Test func aMenuIsNoArticle() throws {
        let menu = (1...40).map { "<li><a href=\"/\($0)\">Topic number \($0)</a></li>" }.joined()
        let page = "<html><body><ul>\(menu)</ul><form><label>Search filter</label></form></body></html>"
        let text = (try? PageExtractor().extract(page))?.text ?? ""
        #expect(!text.contains("Topic"))
    }

    /// The second begins below the first's links: left out when it is about something else, kept when it goes on.
    @Test(arguments: [("Nura Hasan", "Sakia"), ("The harbour", "containers")])
    func theNextArticleOfThePageIsLeftOut(subject: String, object: String) throws {
        let paragraph =
            "The harbour took containers again on Monday, and its director said that the crane, the pier and the "
            + "customs house had been rebuilt by the port's own workers, who had waited for ten years to open them."
        let other =
            "\(subject) was there for the first time in May, when \(object) came down from the hills with much "
            + "noise, and nobody in the town wanted to believe what the old men of the market told about it later."
        let links = (1...14).map { "<li><a href='/\($0)'>Another story of the week, number \($0)</a></li>" }.joined()
        let html = """
            <html><head><title>Harbour takes containers again</title></head><body>
            <main><article><h1>Harbour takes containers again</h1><div class="article-body">
            \((1...8).map { "<p>\(paragraph) This is part \($0).</p>" }.joined())</div></article>
            <section class="links"><h3>More</h3><ul>\(links)</ul></section>
            <article class="next"><div class="article-body">
            \((1...6).map { "<p>\(other) This is part \($0).</p>" }.joined())</div></article></main></body></html>
            """
        let text = try PageExtractor().extract(html).text
        #expect(text.contains("rebuilt by the port's own workers"))
        #expect(text.contains("old men of the market") == (subject == "The harbour"))
    }

    private static let paragraphs = [
        "The harbour took containers again on Monday, after ten years in which no ship had called there, its director said.",
        "He added that the crane, the pier and the customs house had been rebuilt by the port's own workers since the spring.",
        "A second crane, which was ordered in March, is expected before the winter; it will lift forty tonnes, he said.",
        "The ministry wants to open the road to the port next year, so that the trucks need no longer cross the old town.",
    ]

    @Test func anArticleThatStandsTwiceIsKeptOnce() throws {
        let body = Self.paragraphs.map { "<p>\($0)</p>" }.joined()
        let html = """
            <html><head><title>Harbour takes containers again</title></head><body><article>
            <h1>Harbour takes containers again</h1><div class="article-body wide">\(body)</div>
            <div class="article-body narrow">\(body)</div></article></body></html>
            """
        #expect(try PageExtractor().extract(html).text == Self.paragraphs.joined(separator: "\n"))
    }

    @Test func aNumberAloneEndsNoArticle() throws {
        let body = Self.paragraphs.map { "<p>\($0)</p>" }.joined()
        let html = """
            <html><head><title>Harbour takes containers again</title></head><body><article>
            <h1>Harbour takes containers again</h1><div class="article-body">\(body)<div>17302</div></div>
            </article></body></html>
            """
        #expect(try PageExtractor().extract(html).text == Self.paragraphs.joined(separator: "\n"))
    }

    @Test(arguments: [
        ("All the news of the day | PR Times", "PR Times"), ("Example News | All the news", "Example News"),
        ("https://www.example.org", "example.org"),
    ])
    func outletIsTheNameAlone(written: String, outlet: String) throws {
        let html = """
            <html><head><title>Harbour takes containers again</title><meta property="og:site_name" content="\(written)">
            </head><body><article><p>\(Self.paragraphs[0])</p></article></body></html>
            """
        #expect(try PageExtractor().extract(html, url: "https://prtimes.jp/main/1").outlet == outlet)
    }
}
