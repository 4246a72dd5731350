/// A scraped text as its judge sees it, for those who train it.
@_spi(Training)
public struct ScrapedTextInspection {
    public private(set) var isWholePage = false
    /// Where each visible line begins, in bytes.
    public private(set) var starts: [Int] = []
    /// Whether the judge is asked about the line.
    public private(set) var isOpen: [Bool] = []
    /// Why the rules remove the line; nil for one that they leave.
    public private(set) var reasons: [String?] = []
    /// A row of numbers a line.
    public private(set) var features: [Float] = []

    public init(_ text: String) {
        var contiguous = text
        contiguous.makeContiguousUTF8()
        let text = contiguous
        contiguous.withUTF8 { bytes in
            var page = ScrapedTextPage(text, bytes)
            page.runRules(title: nil, ScrapedTextOptions())
            isWholePage = page.isWholePage
            starts = page.lines.map(\.range.lowerBound)
            isOpen = page.lines.indices.map { page.isOpen($0) }
            reasons = page.reasons.map { $0?.rawValue }
            features = ScrapedTextFeatures(page).rows
        }
    }
}
