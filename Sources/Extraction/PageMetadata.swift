import Language
import Markup

/// What a page says about its article: JSON-LD, meta tags, microdata and what the eye sees, in this order of trust.
struct PageMetadata {
    private(set) var title: String?
    private(set) var authors: [String] = []
    private(set) var published: ParsedTime?
    private(set) var modified: ParsedTime?
    private(set) var outlet: String?
    private(set) var section: String?
    private(set) var keywords: [String] = []
    private(set) var excerpt: String?
    private(set) var canonicalURL: String?
    private(set) var language: String?
    private(set) var image: String?
    let articleBody: String?

    init(_ nodes: PageNodes, _ scan: BlockScan, structuredData: [UnsafeBufferPointer<UInt8>], url: String?) {
        let data = StructuredData(structuredData)
        let meta = MetaTags(nodes)
        let elements = MarkedElements(nodes, scan)
        articleBody = data.articleBody
        canonicalURL =
            meta.canonical.flatMap(Self.webAddress) ?? meta.first("og:url").flatMap(Self.webAddress)
            ?? data.url.flatMap(Self.webAddress)
        let host = (canonicalURL ?? url).flatMap(PageAddress.host)
        let named =
            meta.first("og:site_name") ?? data.publisher ?? meta.first("application-name", "publisher", "dc.publisher")
            ?? meta.first("twitter:site").flatMap { PlainLine.collapse($0.replacing("@", with: " ")) }
        outlet = named.flatMap { Self.outletName($0, host) }
        let names = PageTitle.outletNames([named, data.publisher].compactMap(\.self), canonicalURL ?? url)
        excerpt =
            meta.first("og:description", "description", "twitter:description", "dc.description") ?? data.description
        title = PageTitle.choose(
            headings: elements.headings,
            subheadings: elements.subheadings,
            headline: data.headline ?? elements.headline,
            meta: meta.first(
                "og:title",
                "twitter:title",
                "dc.title",
                "dcterms.title",
                "title",
                "sailthru.title",
                "parsely-title"
            ),
            tweeted: meta.first("twitter:title"),
            title: meta.title,
            excerpt: excerpt,
            outletNames: names,
            isNews: data.isNews,
            hasAlternative: data.hasAlternative
        )
        authors = PageAuthors.choose(data: data.authors, meta: meta, marked: elements, outletNames: names)
        section =
            data.section.flatMap(SectionLabel.clean)
            ?? meta.first("article:section", "og:article:section", "section", "parsely-section", "category").flatMap(
                SectionLabel.clean
            )
        keywords = Self.keywords(data.keywords.isEmpty ? Self.metaKeywords(meta) : data.keywords)
        if let title, Self.areWords(keywords, of: title) { keywords = [] }
        language = Self.languageTag(
            meta.language ?? meta.first("content-language") ?? data.language ?? meta.first("og:locale")
        )
        image = (meta.first("og:image", "og:image:url", "twitter:image", "twitter:image:src") ?? data.image).flatMap(
            Self.webAddress
        )
        published = PageDates.published(data: data, meta: meta, marked: elements, url: canonicalURL ?? url)
        modified = PageDates.modified(data: data, meta: meta, marked: elements)
    }

    /// Where a page's title is no more than the outlet's name, the line above the article is the headline.
    mutating func completeTitle(_ buffer: BlockBuffer, _ choice: BlockChoice) {
        guard PageTitle.isPoor(title), let line = PageTitle.shown(buffer, choice) else { return }
        title = line
    }

    /// Looks for a visible date where neither data nor meta tags gave one.
    mutating func completeDates(_ nodes: PageNodes, _ buffer: BlockBuffer, _ choice: BlockChoice, url: String?) {
        guard published == nil else { return }
        published = PageDates.visible(buffer, choice) ?? modified
    }

    /// `Slogan | Outlet` → the part that the host is named after, else the first; an address → its host.
    private static func outletName(_ text: String, _ host: String?) -> String? {
        if let address = PageAddress.host(text) { return PageAddress.labels(address).first }
        let parts = text.split { $0 == "|" || $0 == "｜" }.compactMap { PlainLine.collapse(String($0)) }
        let labels = host.map(PageAddress.labels)?.map(PageTitle.letters) ?? []
        return parts.first { labels.contains(PageTitle.letters($0)) } ?? parts.first
    }

    private static func webAddress(_ text: String) -> String? {
        text.hasPrefix("http://") || text.hasPrefix("https://") ? text : text.hasPrefix("//") ? "https:" + text : nil
    }

    private static func metaKeywords(_ meta: MetaTags) -> [String] {
        let tags = meta.all("article:tag", "og:article:tag")
        return tags.isEmpty ? meta.all("news_keywords", "keywords", "parsely-tags", "sailthru.tags") : tags
    }

    private static func keywords(_ values: [String]) -> [String] {
        var seen: Set<String> = []
        var keywords: [String] = []
        for value in values {
            for part in value.split(whereSeparator: { ",;،؛|".unicodeScalars.contains($0.unicodeScalars.first ?? " ") })
            {
                guard let word = PlainLine.plain(String(part)), word.utf8.count <= 200 else { continue }
                if seen.insert(word).inserted { keywords.append(word) }
            }
        }
        return Array(keywords.prefix(50))
    }

    /// True for a headline that was cut into its words.
    private static func areWords(_ keywords: [String], of title: String) -> Bool {
        guard keywords.count >= 4, keywords.allSatisfy({ !$0.contains(" ") }) else { return false }
        let words = Set(title.split(separator: " ").map { PageTitle.letters(String($0)) })
        return keywords.filter { words.contains(PageTitle.letters($0)) }.count * 5 >= keywords.count * 4
    }

    /// `ar_AR` → `ar-AR`
    private static func languageTag(_ text: String?) -> String? {
        guard let text, text.utf8.count >= 2, text.utf8.count <= 20 else { return nil }
        let tag = String(decoding: text.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }, as: UTF8.self)
        return tag.utf8.allSatisfy { ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == UInt8(ascii: "-") }
            && tag.lowercased() != "utf-8" ? tag : nil
    }
}
