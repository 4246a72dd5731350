import Language

/// The verdicts put together: the text, what was removed, and what the removed lines say about the article.
extension ScrapedTextPage {
    func result(title: String?, outlet: String?) -> CleanedText {
        var cleaned = CleanedText(title: titleIndex.map(string) ?? title, text: "", outlet: outlet)
        cleaned.text.reserveCapacity(bytes.count)
        for index in lines.indices where index != titleIndex {
            if let reason = reasons[index] {
                cleaned.removed.append(RemovedText(text: string(index), reason: reason.rawValue))
            } else {
                if !cleaned.text.isEmpty { cleaned.text.append("\n") }
                cleaned.text.append(contentsOf: substring(index))
            }
        }
        describe(&cleaned)
        return cleaned
    }

    /// Reads the byline, the date and the section in the lines that were removed above the body.
    private func describe(_ cleaned: inout CleanedText) {
        var byline = ScrapedTextByline(outlet: cleaned.outlet)
        for index in aboveBody {
            guard let reason = reasons[index] else { continue }
            switch reason {
            case .byline:
                let phrase = lines[index].phrase
                let opening = phrase.map { $0.reason == .byline ? $0.words : 0 } ?? (hasDash(lines[index]) ? 0 : 1)
                byline.read(string(index), phraseWords: opening)
            case .sectionLabel where cleaned.section == nil && !isWholePage:
                cleaned.section = SectionLabel.clean(string(index))
            default: break
            }
            if cleaned.published == nil, lines[index].digits >= 5, reason != .beforeBody, let date = date(of: index) {
                cleaned.published = date
                cleaned.publishedAsWritten = string(index)
            }
        }
        if let first = lines.indices.first(where: { body.contains($0) && reasons[$0] == nil && $0 != titleIndex }) {
            byline.readBeginning(of: UnsafeBufferPointer(rebasing: bytes[lines[first].range]))
        }
        cleaned.authors = byline.authors
        cleaned.outlet = byline.outlet
        cleaned.dateline = byline.dateline
    }

    /// The lines that may describe the article: all above the body, in a whole page those around the title.
    private var aboveBody: Range<Int> {
        let end = min(body.lowerBound, lines.count)
        return isWholePage ? max(0, min(titleIndex ?? end, end) - 3)..<end : 0..<end
    }
}
