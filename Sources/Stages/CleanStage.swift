import Extraction
import Hashing
import Language
import Pipeline

/// Makes an article of what was scraped: the main text of a page, or text without its scrape boilerplate.
public struct CleanStage: SurveyingTransform, RememberingStage {
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

    static let across = StageOption<Across>(
        "across",
        .run,
        "`run`: repeated lines are found among the articles of one run. `runs`: also among those of earlier runs of this "
            + "pipeline, so that a run of few articles knows its outlets."
    )

    static let window = StageOption<TimeSpan>(
        "window",
        TimeSpan(seconds: 30 * 86_400),
        "With `\"across\": \"runs\"`: for how long an article counts, from the run that read it first."
    )

    public static let reference = StageReference(
        name: "clean",
        summary: "Takes the main text and the metadata out of a page, and the boilerplate out of scraped text.",
        discussion: """
            A page becomes its main text, one paragraph a line, with title, authors, times, outlet, section, keywords, \
            excerpt, canonical URL and language. Scraped text loses section labels, repeated headlines, bylines, counters, \
            related links, comment forms, share bars and navigation; each removal has a reason.

            Of text that was copied from a whole page, menus, teasers, boxes and the foot go too: by phrases of some forty \
            languages, by their place, and by a small trained judge where these say nothing.

            Lines that stand above or below the body in five or more different articles of one outlet are boilerplate too, \
            and lines inside the body from twelve on, even where no phrase gives them away (`outlet` has to be known: from the input, or by `outletFromFolder`).

            What the input said itself (`title`, `published` …) stays. An article without any text left is dropped as `empty`.

            ### Across runs

            With `"across": "runs"` a run decides on its articles as one run over all articles of the `window` would: those \
            of earlier runs count as well.

            | run | articles of the outlet | the slogan under their headlines |
            |---|---|---|
            | Sunday | 3 | stays: it stands in 3 articles |
            | Monday | 2 more | is taken out of these 2: it stands in 5 |
            | Tuesday | 1 of Monday's again | is taken out: still 5 |
            | 40 days later | 2 more | stays: it stands in 2 |

            - An article counts once, however often it is read: it is known by its `id` or `url`, and by its longest line.
            - A run that is not published leaves nothing; `etl rollback` forgets what later runs learnt. Articles of earlier \
              runs stay as they were written.
            - What comes from a stream is read once, and so neither counted nor compared. `etl preview` looks at the input alone.
            - The `window` may be changed at any time. An article counts for a sixteenth of it more at most.

            The memory lies in `.state/clean` of the output: 8 or 16 bytes for each article in the window and 12 for each \
            different short line, of which it holds 17 times half a million at most; beyond, the rarest are let go.
            """,
        options: [keepRemoved.erased, repeatedLines.erased, across.erased, window.erased],
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

    enum Across: String, ChoiceOption {
        case run, runs
    }

    private let pages: PageExtractor
    private let texts = ScrapedTextCleaner()
    private let keepsRemoved: Bool
    private let repeatedLines: Bool
    private var outletLines: OutletLines?
    public let remembers: Bool
    private let window: TimeSpan
    private var memory: (any Memory)?
    private var outletMemory: OutletMemory?

    public init(_ options: StageOptions) throws(StageProblem) {
        remembers = options[Self.across] == .runs
        window = options[Self.window]
        if !remembers, options.isGiven(Self.window.name) {
            throw StageProblem(
                "\"window\" is for a memory over runs",
                option: "window",
                hint: "add \"across\": \"runs\""
            )
        }
        if remembers, !options[Self.repeatedLines] {
            throw StageProblem(
                "\"across\" is for repeated lines, which are to stay",
                option: "across",
                hint: "take out \"repeatedLines\": false"
            )
        }
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

    public var survey: OutletLines? { repeatedLines ? OutletLines(memory: outletMemory) : nil }

    public func sight(_ article: Article) -> OutletLines.Sighting? {
        guard article.page == nil, let outlet = article.outlet else { return nil }
        return OutletLines.Sighting(of: article.text, outlet: outlet, name: article.id ?? article.url)
    }

    public static func add(_ sighting: OutletLines.Sighting, to survey: inout OutletLines) {
        survey.add(sighting)
    }

    public func informed(by survey: OutletLines) throws -> CleanStage {
        var stage = self
        stage.outletLines = survey
        try stage.outletLines?.close()
        return stage
    }

    public var fingerprint: Digest256 { outletLines?.fingerprint ?? SHA256.hash([]) }

    public mutating func recall(_ memory: any Memory) throws {
        self.memory = memory
        if outletMemory == nil { outletMemory = try OutletMemory(memory, windowSeconds: window.seconds) }
    }

    public mutating func notes() throws -> [MemoryNote] {
        if let memory, let outletLines { try outletMemory?.write(outletLines.learnt, to: memory) }
        return []
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
            let mayPass = error.code == "article_timeout"
            throw ArticleError(code: error.code, message: error.message, mayPass: mayPass)
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
