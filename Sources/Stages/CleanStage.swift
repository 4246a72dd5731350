import Extraction
import Language
import Pipeline

/// Makes an article of what was scraped: the main text of a page, or text without its scrape boilerplate.
public struct CleanStage: SurveyingTransform {
    static let keepRemoved = StageOption(
        "keepRemoved",
        false,
        "Lists what was removed, with reasons, in `provenance.removed`; it is always counted in the manifest."
    )

    static let repeatedLines = StageOption(
        "repeatedLines",
        true,
        "Takes out of scraped text the lines that stand in many articles of their outlet; the inputs are read twice for it."
    )

    public static let reference = StageReference(
        name: "clean",
        summary: "Takes the main text and the metadata out of a page, and the boilerplate out of scraped text.",
        discussion: """
            A page becomes its main text, one paragraph a line, with title, authors, times, outlet, section, keywords, \
            excerpt, canonical URL and language. Scraped text loses section labels, repeated headlines, bylines, counters, \
            related links, comment forms, share bars and navigation; each removal has a reason.

            Lines that stand above or below the body in five or more different articles of one outlet are boilerplate too, \
            and lines inside the body from twelve on, even where no phrase gives them away (`outlet` has to be known: from the input, or by `outletFromFolder`).

            What the input said itself (`title`, `published` …) stays. An article without any text left is dropped as `empty`.
            """,
        options: [keepRemoved.erased, repeatedLines.erased],
        examples: [
            StageExample(
                "Scraped text loses its chrome",
                [
                    (
                        #"{"id":"1","text":"أخبار\n\nافتتاح مكتبة عامة في بنغازي\n\nافتتحت بلدية بنغازي اليوم مكتبة عامة جديدة وسط المدينة بحضور عدد من الكتاب والأهالي.\n\nوقال مدير المكتبة إن القاعات تتسع لمئتي قارئ وإن الدخول إليها مجاني طوال أيام الأسبوع.\n\nمقالات ذات صلة\n\nزر الذهاب إلى الأعلى"}"#,
                        .kept(
                            #"{"title":"افتتاح مكتبة عامة في بنغازي","language":"ar","text":"افتتحت بلدية بنغازي اليوم مكتبة عامة جديدة وسط المدينة بحضور عدد من الكتاب والأهالي.\nوقال مدير المكتبة إن القاعات تتسع لمئتي قارئ وإن الدخول إليها مجاني طوال أيام الأسبوع."}"#
                        )
                    )
                ]
            ),
            StageExample(
                "Nothing is left",
                [(#"{"id":"1","text":"زر الذهاب إلى الأعلى"}"#, .dropped(reason: "empty"))]
            ),
        ]
    )

    private let pages: PageExtractor
    private let texts = ScrapedTextCleaner()
    private let keepsRemoved: Bool
    private let repeatedLines: Bool
    private var outletLines: OutletLines?

    public init(_ options: StageOptions) throws(StageProblem) {
        pages = PageExtractor(maxSeconds: Int(options.limits.articleTimeout.seconds))
        keepsRemoved = options[Self.keepRemoved]
        repeatedLines = options[Self.repeatedLines]
    }

    public func apply(_ article: inout Article) throws -> Verdict {
        let declaredLanguage: String?
        let before = article.text
        if let page = article.page {
            declaredLanguage = try clean(page, into: &article)
        } else {
            cleanText(of: &article)
            declaredLanguage = nil
        }
        if keepsRemoved { article.provenance.removed = article.removed }
        // Mentions that came with the input point into the text it had.
        if article.text != before { article.entities = [] }
        if article.text.isEmpty { return .drop(reason: "empty") }
        if article.language == nil {
            article.language = LanguageIdentifier.identify(article.text) ?? declaredLanguage.flatMap(Self.primarySubtag)
        }
        return .keep
    }

    // MARK: What all articles of an outlet share

    public var survey: OutletLines? { repeatedLines ? OutletLines() : nil }

    public func sight(_ article: Article) -> OutletLines.Sighting? {
        guard article.page == nil, let outlet = article.outlet else { return nil }
        return OutletLines.Sighting(of: article.text, outlet: outlet)
    }

    public static func add(_ sighting: OutletLines.Sighting, to survey: inout OutletLines) {
        survey.add(sighting)
    }

    public func informed(by survey: OutletLines) -> CleanStage {
        var stage = self
        stage.outletLines = survey
        stage.outletLines?.close()
        return stage
    }

    private func clean(_ page: Page, into article: inout Article) throws -> String? {
        let content: PageContent
        do throws(PageError) {
            switch page.content {
            case .text(let html): content = try pages.extract(html, url: article.url)
            case .bytes(let bytes):
                content = try bytes.withUnsafeBufferPointer { buffer throws(PageError) in
                    try pages.extract(UnsafeRawBufferPointer(buffer), url: article.url, charset: page.declaredEncoding)
                }
                article.provenance.encoding = content.encoding
                article.provenance.encodingFrom = content.encodingFrom
            }
        } catch {
            throw ArticleError(code: error.code, message: error.message)
        }
        article.page = nil
        article.text = content.text
        article.title = article.title ?? content.title
        article.outlet = article.outlet ?? content.outlet
        article.section = article.section ?? content.section
        article.excerpt = article.excerpt ?? content.excerpt
        article.url = article.url ?? content.canonicalURL
        if article.authors.isEmpty { article.authors = content.authors }
        if article.keywords.isEmpty { article.keywords = content.keywords }
        article.modified = article.modified ?? content.modified?.timestamp
        if article.published == nil, let published = content.published {
            article.published = published.timestamp
            article.provenance.published = article.provenance.published ?? published.asWritten
        }
        note(content.removed, in: &article)
        return content.declaredLanguage
    }

    private func cleanText(of article: inout Article) {
        let cleaned: CleanedText
        if let lines = outletLines, let outlet = article.outlet {
            cleaned = texts.clean(article.text, title: article.title, outlet: outlet, repeated: lines.lookup(outlet))
        } else {
            cleaned = texts.clean(article.text, title: article.title, outlet: article.outlet)
        }
        article.text = cleaned.text
        article.title = article.title ?? cleaned.title
        article.outlet = article.outlet ?? cleaned.outlet
        article.section = article.section ?? cleaned.section
        if article.authors.isEmpty { article.authors = cleaned.authors }
        if article.published == nil, let published = cleaned.published {
            article.published = published.timestamp
            article.provenance.published = article.provenance.published ?? cleaned.publishedAsWritten
        }
        note(cleaned.removed, in: &article)
    }

    private func note(_ removed: [RemovedText], in article: inout Article) {
        article.removed = removed.map { Removal(text: $0.text, reason: $0.reason) }
    }

    /// `ar` of `ar-LY`, lower-cased (BCP 47).
    private static func primarySubtag(_ tag: String) -> String? {
        let language = tag.utf8.prefix { ($0 | 0x20) &- 0x61 < 26 }
        return (2...3).contains(language.count) ? String(Substring(language)).lowercased() : nil
    }
}
