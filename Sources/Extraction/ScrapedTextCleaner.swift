import Language

/// How much ``ScrapedTextCleaner`` says about its work.
public struct ScrapedTextOptions: Sendable {
    /// In how many articles of an outlet a line above or below the body has to stand to be taken for chrome.
    public var repeatedFrom = 5
    /// The same for a line between paragraphs or a paragraph, which outlets repeat for good reasons too.
    public var repeatedInBodyFrom = 12

    public init() {}
}

/// Takes the chrome out of text that was scraped from a page before: menus, repeated headlines, bylines, comment
/// counts, links to other articles, comment forms, share bars and the foot of the page.
///
/// Use it for text without markup; pages go through the extraction of the main text. Two kinds of text are met: that
/// of an article's frame, with a few lines of chrome around the body, and that of a whole page, where most lines are
/// chrome. In the first only what a phrase or a place gives away is taken; in the second also what lies before and
/// behind the body. Precision comes first: a line that may be body stays.
///
/// Every visible line of the input is afterwards either the title, a line of the text, or in `removed`, in order.
/// Cost: one pass and a few over the lines, linear; see ``OutletLineCounts`` for lines that only many articles of an
/// outlet together give away.
public struct ScrapedTextCleaner: Sendable {
    private let options: ScrapedTextOptions

    public init(options: ScrapedTextOptions = .init()) {
        self.options = options
    }

    /// - Parameters:
    ///   - title: the headline, when the source names it; else it is looked for in the text.
    ///   - outlet: who published the text, when known.
    public func clean(_ text: String, title: String? = nil, outlet: String? = nil) -> CleanedText {
        clean(text, title: title, outlet: outlet, counts: nil)
    }

    /// As ``clean(_:title:outlet:)``, and takes the lines out which the outlet repeats.
    ///
    /// - Parameter repeated: in how many of the outlet's articles a line stands, by its hash: what
    ///   ``OutletLineCounts/lookup(outlet:)`` gives.
    public func clean(
        _ text: String,
        title: String? = nil,
        outlet: String? = nil,
        repeated: (UInt64) -> Int
    ) -> CleanedText {
        withoutActuallyEscaping(repeated) { clean(text, title: title, outlet: outlet, counts: $0) }
    }

    private func clean(
        _ text: String,
        title: String?,
        outlet: String?,
        counts: ((UInt64) -> Int)?
    ) -> CleanedText {
        var contiguous = text
        contiguous.makeContiguousUTF8()
        let text = contiguous
        return contiguous.withUTF8 { bytes in
            var page = ScrapedTextPage(text, bytes)
            if let counts { page.outletCounts = page.lines.map { $0.hash == 0 ? 0 : counts($0.hash) } }
            page.run(title: title, options)
            page.removeOutletLines(options)
            return page.result(title: title, outlet: outlet)
        }
    }

    /// The reason a line would be removed for by its words alone, wherever it stands; nil for every other line.
    public static func chromeReason(ofLine line: String) -> String? {
        var line = line
        return line.withUTF8 { bytes in
            var scanner = ScrapedTextScanner(bytes)
            guard let phrase = scanner.lines().first?.phrase, phrase.isCertain else { return nil }
            return phrase.reason.rawValue
        }
    }
}
