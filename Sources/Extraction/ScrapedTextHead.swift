import Language

/// What stands above the body: the title, once or several times, the section, the byline, the date, counters.
extension ScrapedTextPage {
    /// Finds the line that is the title, before the body.
    mutating func findTitle(given: String?, _ options: ScrapedTextOptions) {
        if let given {
            titleIndex = line(like: given, upTo: body.lowerBound)
            return
        }
        let head = 0..<min(body.lowerBound, lines.count)
        if let repeated = repeatedHeadline(head) {
            titleIndex = repeated
        } else if isWholePage {
            titleIndex = lineThatSharesWordsWithBody(head.suffix(32))
        } else {
            // A slogan stands above every headline; a column's name may be the only one that its parts have.
            titleIndex = head.first { isTitleLike($0) && !isRepeated($0, options) } ?? head.first { isTitleLike($0) }
        }
    }

    private func isRepeated(_ index: Int, _ options: ScrapedTextOptions) -> Bool {
        !outletCounts.isEmpty && outletCounts[index] >= options.repeatedFrom
    }

    /// The line above a whole page's body that has most words in common with it; menus and teasers have few.
    private func lineThatSharesWordsWithBody(_ head: Range<Int>) -> Int? {
        let candidates = head.filter { isTitleLike($0) }
        guard !candidates.isEmpty else { return nil }
        var words: Set<UInt64> = []
        for index in body.prefix(12) where lines[index].isParagraph { words.formUnion(self.words(of: index)) }
        var best: (index: Int, shared: Int)?
        for index in candidates {
            let own = Set(self.words(of: index))
            let shared = own.intersection(words).count
            if shared >= 2, shared * 5 >= own.count * 2, shared >= best?.shared ?? 0 { best = (index, shared) }
        }
        return best?.index
    }

    /// The hashes of a line's folded words of three letters and more; of very long lines the beginning.
    private func words(of index: Int) -> [UInt64] {
        var folded: [UInt8] = []
        Folding.fold(UnsafeBufferPointer(rebasing: bytes[lines[index].range.prefix(800)]), into: &folded)
        return folded.split(separator: 0x20).filter { $0.count >= 3 }.map { word in
            word.withUnsafeBufferPointer { LineHash.of($0) }
        }
    }

    private func isTitleLike(_ index: Int) -> Bool {
        let line = lines[index]
        return line.isHeadline && line.phrase == nil && !isTrail(line) && !isDateLine(index) && !isByline(index)
    }

    /// The last line before the body that is the given title, or the title without the outlet's name behind it.
    private func line(like given: String, upTo end: Int) -> Int? {
        let folded = Folding.fold(given)
        var hash = LineHash()
        var beginnings: [UInt64] = []
        var words = 1
        for byte in folded {
            if byte == 0x20 {
                if words >= 4 { beginnings.append(hash.value) }
                words += 1
            }
            hash.add(byte)
        }
        let candidates = lines.indices.prefix(end + 1)
        return candidates.last { lines[$0].hash == hash.value }
            ?? candidates.last { beginnings.contains(lines[$0].hash) }
    }

    /// A headline that stands more than once above the body.
    private func repeatedHeadline(_ head: Range<Int>) -> Int? {
        guard head.count <= 64 || isWholePage else { return nil }
        for index in head.suffix(64) where isTitleLike(index) && lines[index].words >= 4 {
            if head.suffix(64).contains(where: { $0 > index && lines[$0].hash == lines[index].hash }) { return index }
        }
        return nil
    }

    /// Removes what the phrases and the shapes above the body give away.
    mutating func cleanHead() {
        for index in 0..<min(body.lowerBound, lines.count) where index != titleIndex {
            let line = lines[index]
            if let phrase = line.phrase {
                remove(index, phrase.reason == .navigation ? .sectionLabel : phrase.reason)
            } else if line.isCount {
                remove(index, .counter)
            } else if isDateLine(index) {
                remove(index, .dateLine)
            } else if isTrail(line) {
                remove(index, .navigation)
            } else if let titleIndex, titleIndex <= 3, index < titleIndex, isSectionLabel(line) {
                remove(index, .sectionLabel)
            } else if isByline(index) {
                remove(index, .byline)
            }
        }
    }

    private func isSectionLabel(_ line: ScrapedTextLine) -> Bool {
        line.words <= 4 && line.width <= 40 && line.end == .open && line.digits == 0
    }

    /// The way from the front page to the article: `Home > Culture > Heritage`.
    private func isTrail(_ line: ScrapedTextLine) -> Bool {
        guard line.width <= 80, (3...12).contains(line.words), line.end != .stop else { return false }
        // Most lines have none of the signs' first bytes and need not be cut into words.
        guard bytes[line.range].contains(where: { $0 == 0x3E || $0 == 0x3C || $0 == 0xE2 || $0 == 0xC2 }) else {
            return false
        }
        let words = bytes[line.range].split(separator: 0x20)
        let signs = words.indices.filter { index in Self.trailSigns.contains { words[index].elementsEqual($0.utf8) } }
        return words.count >= 3 && !signs.isEmpty && signs.count * 5 >= words.count
    }

    private static let trailSigns = [">", "<", "›", "‹", "»", ">>", "→", "←"]

    /// «كتب: …», `By …`, or place and outlet with a dash between: «طرابلس- …».
    func isByline(_ index: Int) -> Bool {
        let line = lines[index]
        guard line.words <= 8, line.width <= 70, line.end == .open else { return false }
        if let phrase = line.phrase { return phrase.reason == .byline }
        return line.words <= 6 && line.digits == 0 && hasDash(line) || namesFollowPreposition(line)
            || endsInAgencies(line)
    }

    /// `By Jane Roe`, `Von Max Muster und Eva Muster`; a sentence goes on in small letters.
    func namesFollowPreposition(_ line: ScrapedTextLine) -> Bool {
        guard line.words > 1, line.words <= 8, line.width <= 70, line.end == .open else { return false }
        guard [0x42, 0x50, 0x56, 0x44, 0x41].contains(bytes[line.range.lowerBound] & 0xDF) else { return false }
        let words = bytes[line.range].split(separator: 0x20)
        guard words.count > 1, Self.prepositions.contains(where: { words[0].elementsEqual($0.utf8) }) else {
            return false
        }
        return words.dropFirst().allSatisfy { word in
            Self.startsWithCapital(word) || Self.joiningWords.contains { word.elementsEqual($0.utf8) }
        }
    }

    private static let prepositions = [
        "By", "by", "BY", "Par", "par", "Von", "von", "Por", "por", "Di", "di", "Da", "Door", "Av", "Af",
    ]
    private static let joiningWords = [
        "and", "&", "und", "et", "y", "e", "de", "von", "van", "der", "el", "al", "bin", "en", "og", "och", "|", "-",
        "–", "/", "·", "•",
    ]

    private static func startsWithCapital(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard let first = word.first else { return false }
        let second = word.dropFirst().first ?? 0
        return (0x41...0x5A).contains(first) || first == 0xC3 && second < 0x9F || first == 0xC4 || first == 0xC5
            || first == 0xD0 && second < 0xB0
    }

    /// `The Courier with agencies`, «الخبر ووكالات»
    private func endsInAgencies(_ line: ScrapedTextLine) -> Bool {
        let line = bytes[line.range]
        guard let space = line.lastIndex(of: 0x20) else { return false }
        let last = line[(space + 1)...]
        if last.elementsEqual("ووكالات".utf8) { return true }
        let start = line[..<space].lastIndex(of: 0x20).map { $0 + 1 } ?? line.startIndex
        let before = line[start..<space]
        return Self.agencies.contains { last.elementsEqual($0.utf8) }
            && Self.withWords.contains { before.elementsEqual($0.utf8) }
    }

    private static let agencies = [
        "agencies", "agences", "agencias", "Agenturen", "agenzie", "AFP", "AP", "Reuters", "dpa", "EFE", "وكالات",
    ]
    private static let withWords = ["with", "and", "avec", "et", "mit", "und", "con", "y", "e", "مع", "و"]

    func hasDash(_ line: ScrapedTextLine) -> Bool {
        var parts = 1
        var index = line.range.lowerBound + 1
        while index + 1 < line.range.upperBound {
            if bytes[index] == 0x2D, bytes[index - 1] == 0x20 || bytes[index + 1] == 0x20 { parts += 1 }
            if bytes[index] == 0xE2, bytes[index + 1] == 0x80, index + 2 < line.range.upperBound,
                (0x93...0x94).contains(bytes[index + 2])
            {
                parts += 1
            }
            index += 1
        }
        return parts == 2
    }

    /// A line that says a date and little else.
    func isDateLine(_ index: Int) -> Bool {
        let line = lines[index]
        guard line.digits >= 4, line.width <= 90, line.words <= 14, !line.isParagraph else { return false }
        guard let date = date(of: index) else { return false }
        return date.range.count * 3 >= line.range.count
    }

    func date(of index: Int) -> ParsedDate? {
        DateParser.parse(utf8: UnsafeBufferPointer(rebasing: bytes[lines[index].range]))
    }

    /// The title once more, wherever it stands.
    mutating func removeRepeatedHeadlines() {
        guard let titleIndex else { return }
        let hash = lines[titleIndex].hash
        guard hash != 0 else { return }
        let repeats = lines.indices.filter { $0 != titleIndex && lines[$0].hash == hash }
        // A line that comes again and again in the body heads its parts.
        let isHeading = repeats.count(where: body.contains) > 2
        for index in repeats where !isHeading || !body.contains(index) { remove(index, .repeatedHeadline) }
    }
}
