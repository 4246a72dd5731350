import Charsets
import Markup

/// Finds a page's article and its metadata.
///
/// Use one value for all threads: the memory a page needs is borrowed from a free list and used again. Nothing is
/// fetched; the same bytes give the same article on every machine.
///
/// Cost: about that of a libxml2 DOM parse of the page, metadata included; memory a few times the page's text.
///
/// ```swift
/// let article = try PageExtractor().extract(bytes, url: "https://example.org/news/1")
/// ```
public struct PageExtractor: Sendable {
    public let limits: PageLimits

    public init(limits: PageLimits = PageLimits()) {
        self.limits = limits
    }

    /// The usual limits, and how long one page may take.
    public init(maxSeconds: Int) {
        self.init(limits: PageLimits(maxSeconds: maxSeconds))
    }

    /// - Parameters:
    ///   - url: where the page was found; helps with links and dates.
    ///   - charset: what the transport declared.
    /// - Throws: ``PageError`` when a limit is passed or the page has no text.
    public func extract(
        _ bytes: UnsafeRawBufferPointer,
        url: String? = nil,
        charset: String? = nil
    ) throws(PageError) -> PageContent {
        guard bytes.count <= limits.maxBytes else {
            throw PageError(.tooLarge(bytes: bytes.count, limit: limits.maxBytes))
        }
        return try Charsets.withUTF8(of: bytes, declared: charset, isHTML: true) {
            text,
            encoding,
            from throws(PageError) in
            try extract(text, url: url, encoding: encoding, from: from)
        }
    }

    /// A page that is decoded already.
    public func extract(_ html: String, url: String? = nil) throws(PageError) -> PageContent {
        var html = html
        var outcome: Result<PageContent, PageError>?
        html.withUTF8 { text in
            outcome = Result { () throws(PageError) in try extract(text, url: url, encoding: "utf-8", from: "declared")
            }
        }
        guard let outcome else { throw PageError(code: "html_no_text", message: Self.noText) }
        return try outcome.get()
    }

    private func extract(
        _ html: UnsafeBufferPointer<UInt8>,
        url: String?,
        encoding: String,
        from: String
    ) throws(PageError) -> PageContent {
        let workspace = PageWorkspace.borrow(limits)
        defer { workspace.giveBack() }
        var content: PageContent
        do { content = try workspace.read(html, url: url) } catch { throw PageError(error) }
        content.encoding = encoding
        content.encodingFrom = from
        guard !content.text.isEmpty else { throw PageError(code: "html_no_text", message: Self.noText) }
        return content
    }

    private static let noText = "the page has no text that could be an article"
}

extension PageError {
    init(_ error: PageParseError) {
        switch error {
        case .tooLarge: self.init(code: "html_too_large", message: error.message)
        case .tooSlow: self.init(code: "article_timeout", message: error.message)
        default: self.init(code: "html_limit", message: error.message)
        }
    }
}
