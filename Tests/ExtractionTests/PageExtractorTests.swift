import Testing

@testable import Extraction

@Suite struct PageExtractorTests {
    static let arabic = """
        <html lang="ar"><head><title>افتتاح طريق جديد في مصراتة - صحيفة المثال</title>
        <meta property="og:site_name" content="صحيفة المثال">
        <meta property="article:published_time" content="2021-03-05T10:00:00+02:00"></head><body>
        <nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/sport">رياضة</a></li></ul></nav>
        <article><h1>افتتاح طريق جديد في مصراتة</h1>
        <div class="entry-content">
        <p>افتتحت بلدية مصراتة صباح اليوم طريقا جديدا يربط وسط المدينة بالميناء، وحضر الافتتاح عدد من أعضاء المجلس البلدي.</p>
        <p>وقال رئيس اللجنة المشرفة على المشروع إن العمل استغرق ثمانية أشهر، وإن الطريق سيخفف الازدحام عن الشوارع القديمة.</p>
        <div class="related-posts"><h3>اقرأ أيضا</h3><ul><li><a href="/2">خبر آخر عن الطرق</a></li></ul></div>
        <p>وأضاف أن مرحلة ثانية من المشروع ستبدأ في الخريف المقبل، بتمويل من ميزانية البلدية؛ وتشمل إنارة الطريق وتشجيره.</p>
        </div></article>
        <footer>جميع الحقوق محفوظة</footer></body></html>
        """

    @Test func arabicArticle() throws {
        let page = try PageExtractor().extract(Self.arabic, url: "https://example.ly/news/1")
        let lines = page.text.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("افتتحت بلدية مصراتة") })
        #expect(lines.contains { $0.hasSuffix("وتشجيره.") })
        #expect(!page.text.contains("اقرأ أيضا") && !page.text.contains("خبر آخر"))
        #expect(!page.text.contains("الرئيسية") && !page.text.contains("الحقوق"))
        #expect(page.title == "افتتاح طريق جديد في مصراتة")
        #expect(page.outlet == "صحيفة المثال")
        #expect(page.published?.timestamp.rfc3339 == "2021-03-05T08:00:00Z")
        #expect(page.declaredLanguage == "ar")
        #expect(page.removed.contains { $0.text == "خبر آخر عن الطرق" && $0.reason == "related" })
    }

    @Test func pageWithoutText() {
        #expect(throws: PageError(code: "html_no_text", message: "the page has no text that could be an article")) {
            try PageExtractor().extract("<html><body></body></html>")
        }
    }
}
