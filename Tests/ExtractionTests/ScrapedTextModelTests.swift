import Testing

@_spi(Training) @testable import Extraction

/// The judge of whole pages, on pages in no language: words are made of syllables, so that no phrase helps.
@Suite struct ScrapedTextModelTests {
    private static let syllables = ["zu", "mak", "ire", "lo", "ven", "ta", "ska", "ru", "bim", "ol", "nde", "qua"]

    private func words(_ count: Int, _ seed: Int) -> String {
        (0..<count).map { place in
            let start = (seed * 7 + place * 5) % Self.syllables.count
            let word = (0...(1 + (seed + place) % 2)).map { Self.syllables[(start + $0 * 4) % Self.syllables.count] }
            return word.joined()
        }
        .joined(separator: " ")
    }

    private func sentence(_ count: Int, _ seed: Int) -> String {
        let words = words(count, seed)
        return words.prefix(1).uppercased() + words.dropFirst() + "."
    }

    private func entry(_ seed: Int) -> String {
        let word = words(1 + seed % 2, seed)
        return word.prefix(1).uppercased() + word.dropFirst()
    }

    private var menu: [String] { (0..<24).map { entry($0) } }
    private var paragraphs: [String] { (0..<9).map { sentence(32, 100 + $0 * 3) + " " + sentence(18, 200 + $0) } }
    private var teasers: [String] {
        (0..<10).flatMap { ["\(entry($0 + 40)) 12:0\($0)", sentence(9, 300 + $0).replacing(".", with: "")] }
    }
    private var foot: [String] { (0..<20).map { entry($0 + 70) } }

    private func removed(_ lines: [String]) -> [String] {
        ScrapedTextCleaner().clean(lines.joined(separator: "\n")).removed.map(\.text)
    }

    @Test func takesMenuTeasersAndFootOffAPageInNoLanguage() {
        let removed = removed(menu + paragraphs + teasers + foot)
        let entries = removed.count { menu.contains($0) }
        let behind = removed.count { teasers.contains($0) || foot.contains($0) }
        #expect(entries >= 20 && behind >= 34)
        #expect(Set(removed).isDisjoint(with: paragraphs))
    }

    @Test func asksNothingAboutAnArticlesFrame() {
        #expect(removed(paragraphs).isEmpty)
        #expect(removed(paragraphs + teasers.prefix(4)).isEmpty)
    }

    @Test func givesEachLineANumberForEachFeature() {
        for lines in [menu + paragraphs, paragraphs, [], Array(repeating: "zu", count: 50)] {
            let seen = ScrapedTextInspection(lines.joined(separator: "\n"))
            #expect(seen.starts.count == lines.count && seen.reasons.count == lines.count)
            #expect(seen.features.count == lines.count * ScrapedTextFeatures.width)
            let areFinite = seen.features.allSatisfy { $0.isFinite }
            #expect(areFinite)
        }
    }

    @Test func namesTheReasonByThePlace() {
        let box = (0..<12).map { entry($0 + 20) }
        let page = menu + paragraphs.prefix(5) + box + paragraphs.suffix(4) + teasers + foot
        let cleaned = ScrapedTextCleaner().clean(page.joined(separator: "\n"))
        #expect(
            Set(cleaned.removed.map(\.reason)).isSubset(of: [
                "before_body", "inside_body", "after_body", "section_label", "counter",
            ])
        )
        #expect(Set(cleaned.removed.map(\.text)).isDisjoint(with: paragraphs))
    }
}
