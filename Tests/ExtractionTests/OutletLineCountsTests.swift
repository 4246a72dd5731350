import Testing

@testable import Extraction

@Suite struct OutletLineCountsTests {
    private static let paragraph =
        "أعلنت بلدية زوارة اليوم افتتاح الطريق الساحلي أمام المسافرين بعد أعمال صيانة استمرت ثلاثة أشهر، ودعت السائقين إلى الحذر."

    private func article(_ number: Int) -> String {
        "\(Self.paragraph) الرقم \(number).\nاستراحة قصيرة للقراء\n\(Self.paragraph) العدد \(number).\nللتواصل مع الكاتب أرسل رسالة قصيرة"
    }

    private func counts(_ numbers: Range<Int>, outlet: String = "الخبر") -> OutletLineCounts {
        var counts = OutletLineCounts()
        for number in numbers { counts.add(OutletLineCounts.lineHashes(of: article(number)), outlet: outlet) }
        return counts
    }

    @Test func countsALineOnceAnArticle() {
        #expect(OutletLineCounts.lineHashes(of: "سطر\nآخر\nسطر\nسطرٌ\n").count == 2)
    }

    @Test(arguments: [(4, false), (5, true), (11, true)])
    func takesALineBelowTheBodyFromFiveArticlesOn(articles: Int, isTaken: Bool) {
        let cleaned = ScrapedTextCleaner().clean(article(99), repeated: counts(0..<articles).lookup(outlet: "الخبر"))
        #expect(cleaned.removed.map(\.reason) == (isTaken ? ["outlet_line"] : []))
    }

    @Test(arguments: [(11, 1), (12, 2)])
    func takesALineInTheBodyFromTwelveArticlesOn(articles: Int, taken: Int) {
        let cleaned = ScrapedTextCleaner().clean(article(99), repeated: counts(0..<articles).lookup(outlet: "الخبر"))
        #expect(cleaned.removed.count == taken)
    }

    @Test func otherOutletsDoNotCount() {
        let cleaned = ScrapedTextCleaner().clean(article(99), repeated: counts(0..<20).lookup(outlet: "خبر آخر"))
        #expect(cleaned.removed.isEmpty)
    }

    @Test func countsNoLineWithoutLetters() {
        #expect(OutletLineCounts.lineHashes(of: "* * *\n.\n—\n\u{200F}").isEmpty)
    }

    @Test func neverTakesTheTitle() {
        let lookup = { (_: UInt64) in 1000 }
        let cleaned = ScrapedTextCleaner().clean("نشرة الأخبار الجوية لليوم\n\(article(1))", repeated: lookup)
        #expect(cleaned.title == "نشرة الأخبار الجوية لليوم")
    }

    @Test(arguments: [4, 5])
    func takesTheHeadlineBelowASloganForTheTitle(articles: Int) {
        let text = "صوتكم من قلب الواحة إلى كل البيوت\nافتتاح الطريق الساحلي أمام المسافرين\n\(article(1))"
        var counts = OutletLineCounts()
        for _ in 0..<articles {
            counts.add(OutletLineCounts.lineHashes(of: "صوتكم من قلب الواحة إلى كل البيوت"), outlet: "واحة")
        }
        let cleaned = ScrapedTextCleaner().clean(text, repeated: counts.lookup(outlet: "واحة"))
        #expect(cleaned.title == text.split(separator: "\n")[articles < 5 ? 0 : 1].description)
        #expect(cleaned.removed.contains { $0.text.hasPrefix("صوتكم") } == (articles >= 5))
    }

    @Test func mergedPartsEqualTheWhole() {
        var parts = counts(5..<9)
        parts.merge(counts(0..<5))
        parts.merge(counts(9..<12, outlet: "آخر"))
        var whole = counts(0..<9)
        whole.merge(counts(9..<12, outlet: "آخر"))
        #expect(parts == whole)
        whole.removeLines(below: 4)
        // Only the two lines that all nine articles share are left.
        #expect(whole.lineCount == 2)
    }
}
