/// Where the article stands among the lines.
///
/// In an article's frame that is from the first to the last paragraph. In a whole page, whose menus, notices and
/// teasers have paragraphs too, it is the stretch with the greatest sum of the lines' weights (Bentley, "Programming
/// Pearls", column 8): prose counts for, short lines and phrases of chrome count against. From there it grows while it
/// meets more prose before chrome, so that a list inside the article does not cut it in two.
extension ScrapedTextPage {
    mutating func findBody() {
        isWholePage = looksLikeWholePage()
        guard isWholePage else {
            body = paragraphStretch()
            return
        }
        let stretch = heaviestStretch()
        body = grown(stretch, .near)
        // Much prose outside: rather a list has torn the article than the page has a second one.
        if prose(in: 0..<body.lowerBound) + prose(in: body.upperBound..<lines.count) > prose(in: body) / 2 {
            body = grown(stretch, .far)
        }
    }

    private func prose(in range: Range<Int>) -> Int {
        lines[range].reduce(0) { $0 + (isProse($1) ? min($1.width, 600) : 0) }
    }

    private func isProse(_ line: ScrapedTextLine) -> Bool {
        line.phrase == nil && line.end != .open && (line.isParagraph || line.end == .stop && line.words >= 4)
    }

    private func looksLikeWholePage() -> Bool {
        var (short, tiny, phrases, prose, tinyAbove) = (0, 0, 0, 0, 0)
        for line in lines {
            if line.phrase != nil { phrases += 1 }
            if line.isShort { short += 1 }
            if line.isTiny { tiny += 1 }
            if line.isParagraph { prose += line.width }
            if prose == 0 { tinyAbove = tiny }
        }
        if phrases >= 15 || phrases >= 5 && short >= 15 && short * 5 >= lines.count * 2 { return true }
        // A page in a language without phrases begins with a menu; an article of lists, verse or messages does not.
        guard prose >= 300, lines.count >= 20, lines.prefix(6).count(where: \.isTiny) >= 2 else { return false }
        return tinyAbove >= 6 && tiny * 4 >= lines.count || tinyAbove >= 2 && tiny >= 20 && tiny * 3 >= lines.count
    }

    // MARK: An article's frame

    private func paragraphStretch() -> Range<Int> {
        let isProse = { (line: ScrapedTextLine) in line.isParagraph && line.phrase?.isCertain != true }
        guard let first = lines.firstIndex(where: isProse), let last = lines.lastIndex(where: isProse) else {
            return lines.count..<lines.count
        }
        return first..<endOfArticle(first..<last + 1)
    }

    /// Where a comment form cuts the article off: behind it stand its readers.
    private func endOfArticle(_ stretch: Range<Int>) -> Int {
        var end = stretch.upperBound
        let isForm = { (line: ScrapedTextLine) in line.phrase?.reason == .commentForm && line.phrase?.isCertain == true
        }
        if let form = stretch.first(where: { isForm(lines[$0]) }) {
            let before = lines[stretch.lowerBound..<form].reduce(0) { $0 + $1.width }
            let behind = lines[form..<stretch.upperBound].reduce(0) { $0 + $1.width }
            if before > behind { end = form }
        }
        while end > stretch.lowerBound, !lines[end - 1].isParagraph { end -= 1 }
        return end
    }

    // MARK: A whole page

    private func heaviestStretch() -> Range<Int> {
        var best = (sum: 0, start: 0, end: 0)
        var (sum, start) = (0, 0)
        for index in lines.indices {
            if sum <= 0 { (sum, start) = (0, index) }
            sum += weight(lines[index])
            if sum > best.sum { best = (sum, start, index + 1) }
        }
        return best.end > 0 ? best.start..<best.end : paragraphStretch()
    }

    private func weight(_ line: ScrapedTextLine) -> Int {
        if let phrase = line.phrase {
            if phrase.reason == .commentForm { return phrase.isCertain ? -40 : -12 }
            return phrase.isCertain ? -8 : -6
        }
        if line.isParagraph {
            if line.end == .open { return line.width < 220 ? 4 : 12 }
            return 8 + min(line.width, 600) / 20
        }
        return line.end == .stop && line.words >= 4 ? 3 : -3
    }

    /// How far a stretch reaches for more prose, and what the chrome on the way costs; other lines cost 1 or 2.
    private struct Reach {
        var budget: Int
        var certainChrome: Int
        var chrome: Int

        static let near = Reach(budget: 40, certainChrome: 32, chrome: 8)
        static let far = Reach(budget: 240, certainChrome: 64, chrome: 16)
    }

    private func grown(_ stretch: Range<Int>, _ reach: Reach) -> Range<Int> {
        guard !stretch.isEmpty else { return stretch }
        let start = farthestProse(from: stretch.lowerBound - 1, step: -1, reach) ?? stretch.lowerBound
        let last = farthestProse(from: stretch.upperBound, step: 1, reach) ?? stretch.upperBound - 1
        return start..<last + 1
    }

    private func farthestProse(from first: Int, step: Int, _ reach: Reach) -> Int? {
        var budget = reach.budget
        var farthest: Int?
        var index = first
        while lines.indices.contains(index), budget >= 0 {
            let line = lines[index]
            if let phrase = line.phrase {
                budget -= phrase.reason.opensTail ? (phrase.isCertain ? reach.certainChrome : reach.chrome) : 4
            } else if line.isParagraph || line.end == .stop && line.words >= 4 {
                farthest = index
                budget = min(reach.budget, budget + (line.isParagraph ? 24 : 8))
            } else {
                budget -= line.end == .colon || line.words >= 5 ? 1 : 2
            }
            index += step
        }
        return farthest
    }
}
