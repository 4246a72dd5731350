/// Chooses the headline among what a page offers and takes the outlet's name off its end.
enum PageTitle {
    static func choose(
        headings: [String],
        subheadings: [String],
        headline: String?,
        meta: String?,
        tweeted: String?,
        title: String?,
        excerpt: String?,
        outletNames: [[UnicodeScalar]],
        isNews: Bool,
        hasAlternative: Bool
    ) -> String? {
        if let filed = filed(headings, headline, meta, tweeted, title, excerpt, outletNames) { return filed }
        let claims = [meta, headline].compactMap { $0.map { withoutSuffix($0, outletNames) } }
        // Page, title and sharing tag against the data alone: the data were not kept up.
        if isNews, !hasAlternative, let headline, let meta, let title,
            let shown = headings.first(where: { contains($0, meta) && contains($0, withoutSuffix(title, outletNames)) }
            ),
            !agree(shown, withoutSuffix(headline, outletNames))
        {
            return shown
        }
        // Both sharing tags word for word: written by the desk, not made of the page's title.
        if isNews, let meta, meta == tweeted, headings.contains(where: { isTightened(meta, from: $0) }) {
            return withoutSuffix(meta, outletNames)
        }
        // News desks file one headline and show others, changed for the page and for sharing.
        if isNews, let headline, words(headline).count >= 3 { return withoutSuffix(headline, outletNames) }
        // A heading that a claim confirms is the headline as readers see it.
        for heading in headings where claims.contains(where: { agree($0, heading) }) { return heading }
        let short = title.map { withoutSuffix($0, outletNames) }
        let confirmed = headings.first { heading in short.map { agree($0, heading) } ?? false }
        let part = subheadings.first { heading in title.map { isPart(heading, of: $0) } ?? false }
        // The heading of a page that says nothing else of its title may be the outlet's name.
        let single = headings.count == 1 ? headings.first { words($0).count >= 3 } : nil
        return confirmed ?? part ?? single ?? claims.first ?? short ?? headings.first
    }

    /// The desk's own headline: `og:title` where the heading, `<title>` and the data agree on another wording, made for
    /// search engines, and `twitter:title` does not repeat it.
    private static func filed(
        _ headings: [String],
        _ headline: String?,
        _ meta: String?,
        _ tweeted: String?,
        _ title: String?,
        _ excerpt: String?,
        _ outletNames: [[UnicodeScalar]]
    ) -> String? {
        guard let meta = meta.map({ withoutSuffix($0, outletNames) }), words(meta).count >= 4, let title else {
            return nil
        }
        let wordings = [title, headline].compactMap { $0.map { withoutSuffix($0, outletNames) } }
        guard let shown = headings.first(where: { heading in wordings.allSatisfy { contains(heading, $0) } }),
            !contains(shown, meta), tweeted.map({ !contains($0, meta) }) ?? true
        else { return nil }
        // What shares no word with the page is a slogan of the outlet's.
        let known = Set((words(shown) + words(excerpt ?? "")).filter { $0.utf8.count >= 4 })
        return known.isDisjoint(with: words(meta)) ? nil : meta
    }

    /// The desk's headline, which the page shows with more words in between.
    private static func isTightened(_ title: String, from heading: String) -> Bool {
        let (few, many) = (words(title), words(heading))
        guard few.count >= 6, few.count < many.count, !contains(title, heading) else { return false }
        var next = 0
        for word in many where next < few.count && few[next] == word { next += 1 }
        return next == few.count
    }

    /// One of the two is part of the other, letter by letter.
    private static func contains(_ a: String, _ b: String) -> Bool {
        let (x, y) = (letters(a), letters(b))
        let (short, long) = x.count <= y.count ? (x, y) : (y, x)
        return !short.isEmpty && (long.starts(with: short) || long.firstRange(of: short) != nil)
    }

    /// A heading that the title begins or ends with: `Outlet : Heading`.
    private static func isPart(_ heading: String, of title: String) -> Bool {
        let (part, whole) = (letters(heading), letters(title))
        guard part.count >= 15, part.count <= whole.count else { return false }
        return whole.starts(with: part) || whole.reversed().starts(with: part.reversed())
    }

    /// One to three words, as outlets are named.
    static func isPoor(_ title: String?) -> Bool {
        title.map { words($0).count <= 3 } ?? true
    }

    /// The last line before the article's first sentence that is set off as a headline.
    static func shown(_ buffer: BlockBuffer, _ choice: BlockChoice) -> String? {
        guard let first = choice.span.first(where: { choice.isKept[$0] && buffer.blocks[$0].endsSentence }) else {
            return nil
        }
        for index in stride(from: first - 1, through: max(0, first - 8), by: -1) {
            let block = buffer.blocks[index]
            guard block.words >= 4, block.words <= 40, block.strongSize * 10 >= block.size * 9, block.linkSize == 0
            else { continue }
            return String(decoding: buffer.bytes(block), as: UTF8.self)
        }
        return nil
    }

    /// Two wordings of one headline share most of their letters.
    private static func agree(_ a: String, _ b: String) -> Bool {
        let (x, y) = (letters(a), letters(b))
        guard min(x.count, y.count) >= 8 else { return x == y && !x.isEmpty }
        if x == y { return true }
        let (short, long) = x.count <= y.count ? (x, y) : (y, x)
        guard short.count * 2 >= long.count else { return false }
        return long.starts(with: short) || long.reversed().starts(with: short.reversed()) || sharedWords(a, b)
    }

    private static func sharedWords(_ a: String, _ b: String) -> Bool {
        let x = Set(words(a)), y = Set(words(b))
        return x.intersection(y).count * 10 >= max(x.count, y.count) * 7
    }

    private static func words(_ text: String) -> [String] {
        // Most are ASCII, and a character is looked up in tables of all of Unicode.
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            return text.lowercased().utf8.split { !($0 &- 0x61 < 26 || $0 &- 0x30 < 10) }.map { String(Substring($0)) }
        }
        return text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
    }

    static func letters(_ text: String) -> [UnicodeScalar] {
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            return text.lowercased().utf8.compactMap {
                $0 &- 0x61 < 26 || $0 &- 0x30 < 10 ? UnicodeScalar($0) : nil
            }
        }
        return text.lowercased().unicodeScalars.filter { scalar in
            scalar.isASCII
                ? scalar.value &- 0x61 < 26 || scalar.value &- 0x30 < 10
                : scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        }
    }

    /// The letters of an outlet's names and of its host.
    static func outletNames(_ outlets: [String], _ address: String?) -> [[UnicodeScalar]] {
        // `Outlet | Slogan` is the outlet by either part.
        var names = outlets.flatMap { [$0] + $0.split(separator: "|").map(String.init) }.map(letters)
        if let host = address.flatMap(PageAddress.host) {
            names.append(contentsOf: PageAddress.labels(host).map(letters))
        }
        return names.filter { $0.count >= 2 }
    }

    /// The title without ` - Outlet`, ` | Section | Outlet`, `Outlet : ` and the like.
    static func withoutSuffix(_ title: String, _ names: [[UnicodeScalar]]) -> String {
        var rest = title
        for _ in 0..<3 {
            guard let cut = lastSeparator(rest) else { break }
            let head = String(rest[..<cut.lowerBound]), tail = String(rest[cut.upperBound...])
            let (headWords, tailWords) = (words(head).count, words(tail).count)
            if isOutlet(head, names), tailWords >= 3 {
                rest = PlainLine.collapse(tail) ?? rest
                break
            }
            let isStrongSign = "|»·•".contains(cut.sign)
            let isShort = tailWords <= 4 && headWords >= 4 && headWords >= 2 * tailWords
            guard isOutlet(tail, names) || (isStrongSign && isShort) else { break }
            rest = PlainLine.collapse(head) ?? rest
        }
        return rest
    }

    private static func isOutlet(_ text: String, _ names: [[UnicodeScalar]]) -> Bool {
        let letters = letters(text)
        return names.contains { name in
            letters == name
                || (name.count >= 4 && !letters.isEmpty && (letters.starts(with: name) || name.starts(with: letters)))
        }
    }

    private static func lastSeparator(_ text: String) -> (
        lowerBound: String.Index, upperBound: String.Index, sign: String
    )? {
        let scalars = text.unicodeScalars
        var index = scalars.endIndex
        while index > scalars.startIndex {
            index = scalars.index(before: index)
            guard "-–—|»·•:".unicodeScalars.contains(scalars[index]) else { continue }
            guard index > scalars.startIndex, scalars[scalars.index(before: index)] == " " else { continue }
            let next = scalars.index(after: index)
            guard next < scalars.endIndex, scalars[next] == " " else { continue }
            return (index, next, String(scalars[index]))
        }
        return nil
    }
}

/// The parts of a web address that say something of its outlet.
enum PageAddress {
    static func host(_ url: String) -> String? {
        guard let scheme = url.firstRange(of: "://") else { return nil }
        let host = url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" && $0 != ":" }
        return host.isEmpty ? nil : host.lowercased()
    }

    /// `www.alwasat.ly` → `alwasat.ly`, `alwasat`
    static func labels(_ host: String) -> [String] {
        let labels = host.split(separator: ".").filter { $0 != "www" && $0 != "m" && $0 != "amp" }
        guard let first = labels.first else { return [] }
        return [labels.joined(separator: "."), String(first)]
            + (labels.count > 2 ? [String(labels[labels.count - 2])] : [])
    }
}
