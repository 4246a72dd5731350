/// What stands inside and below the body: links to other articles, forms, bars.
extension ScrapedTextPage {
    /// Removes the lines that are chrome by their words wherever they stand.
    mutating func removePhrases() {
        for index in lines.indices {
            if startsWithCopyrightSign(lines[index]) { remove(index, .copyright) }
            guard let phrase = lines[index].phrase, phrase.isCertain || isInterruption(phrase) else { continue }
            if phrase.hasText, phrase.reason == .relatedLabel {
                remove(index, .relatedLink)
            } else {
                remove(index, phrase.reason)
            }
        }
    }

    /// Whether an uncertain phrase is one that whole pages put between the paragraphs; a subheading never reads so.
    private func isInterruption(_ phrase: ChromePhrases.Match) -> Bool {
        guard isWholePage else { return false }
        switch phrase.reason {
        case .media: return true
        case _ where phrase.hasText: return false
        case .share, .advertisement, .consent, .commentForm, .subscription: return true
        default: return false
        }
    }

    /// `© 2020 …`, `Copyright © …`, `Copyright 2020 …`
    private func startsWithCopyrightSign(_ line: ScrapedTextLine) -> Bool {
        let start = bytes[line.range].prefix(14)
        guard line.width < 300 else { return false }
        if zip(start, start.dropFirst()).contains(where: { $0 == 0xC2 && $1 == 0xA9 }) { return true }
        return start.count > 11 && start.prefix(9).map({ $0 | 0x20 }).elementsEqual("copyright".utf8)
            && start.dropFirst(10).allSatisfy { $0 &- 0x30 < 10 }
    }

    /// Removes uncertain phrases that stand together: a share bar, a menu.
    mutating func removeRunsOfPhrases() {
        var start = 0
        while start < lines.count {
            var end = start
            while end < lines.count, let phrase = lines[end].phrase, !phrase.hasText { end += 1 }
            let hasCertain = (start..<end).contains { lines[$0].phrase?.isCertain == true }
            if end - start >= (hasCertain ? 2 : 3) {
                for index in start..<end { if let phrase = lines[index].phrase { remove(index, phrase.reason) } }
            }
            start = max(end, start + 1)
        }
    }

    /// Removes the headlines under a label such as «اقرأ أيضا», up to the next paragraph.
    mutating func removeRelatedLinks() {
        for index in lines.indices {
            guard reasons[index] == .relatedLabel, lines[index].phrase?.hasText == false else { continue }
            var next = index + 1
            while next < lines.count, next - index <= (isWholePage ? 2 : 1) * Self.maxLinksUnderLabel, isLink(next) {
                remove(next, .relatedLink)
                next += 1
            }
        }
    }

    private static let maxLinksUnderLabel = 6

    /// Removes the dates and authors of teasers that whole pages put between paragraphs.
    mutating func removeInterruptions() {
        guard isWholePage else { return }
        for index in body where reasons[index] == nil {
            if lines[index].width < 60, isDateLine(index) {
                remove(index, .dateLine)
            } else if namesFollowPreposition(lines[index]) {
                remove(index, .byline)
            }
        }
    }

    private func isLink(_ index: Int) -> Bool {
        lines[index].isHeadline && !lines[index].isParagraph && lines[index].phrase == nil
    }

    /// Removes what follows the body from the first certain phrase of chrome on, and phrases that end the text.
    mutating func cleanTail() {
        let start = max(body.upperBound, (titleIndex ?? -1) + 1)
        guard start < lines.count else { return }
        let trailing = startOfTrailingPhrases(start)
        var isTail = false
        for index in start..<lines.count {
            if let phrase = lines[index].phrase {
                isTail = isTail || phrase.isCertain && phrase.reason.opensTail
                if isTail || index >= trailing { remove(index, phrase.reason) }
            } else if isTail {
                remove(index, lines[index].isCount ? .counter : .afterBody)
            }
        }
    }

    /// Where the lines begin that are phrases or counts, all of them to the end of the text.
    private func startOfTrailingPhrases(_ start: Int) -> Int {
        var first = lines.count
        while first > start, lines[first - 1].phrase != nil || reasons[first - 1] != nil { first -= 1 }
        return first
    }

    /// Removes the lines that many articles of the outlet have.
    mutating func removeOutletLines(_ options: ScrapedTextOptions) {
        for index in outletCounts.indices where reasons[index] == nil && index != titleIndex {
            let line = lines[index]
            let isInBody = body.contains(index) || line.isParagraph
            // What ends in a colon heads a list or a regular column's part.
            let isLikelyBody = isInBody || line.end == .colon
            if outletCounts[index] >= (isLikelyBody ? options.repeatedInBodyFrom : options.repeatedFrom) {
                remove(index, .outletLine)
            }
        }
    }

    /// In a whole page, what a menu or a foot holds beside the body is not the article's.
    mutating func removeOutside() {
        let above = 0..<min(body.lowerBound, lines.count)
        let below = body.upperBound..<lines.count
        if isMenu(above) { for index in above { remove(index, .beforeBody) } }
        if isMenu(below) { for index in below { remove(index, .afterBody) } }
    }

    private func isMenu(_ range: Range<Int>) -> Bool {
        var (tiny, phrases) = (0, 0)
        for line in lines[range] {
            if line.isTiny { tiny += 1 }
            if line.phrase != nil { phrases += 1 }
        }
        return tiny >= 30 || tiny >= Self.minMenuLines && phrases >= 2
    }

    private static let minMenuLines = 10
}
