import Language

/// One line of a scraped text, with what the rules ask about it.
struct ScrapedTextLine {
    /// The line without white space around it.
    var range: Range<Int>
    /// Letters as wide as they are read: Chinese, Japanese and Korean ones count twice.
    var width = 0
    var words = 0
    var digits = 0
    var end = End.open
    /// Words before the first colon (or `/`, `»`, `|` in its place) near the beginning; 0 when there is none.
    var wordsBeforeColon = 0
    var hasComma = false
    /// The folded line, for lines short enough to be repeated; 0 for long ones.
    var hash: UInt64 = 0
    var phrase: ChromePhrases.Match?

    /// How a line ends, a closing quote or bracket passed over.
    enum End {
        case open, colon
        /// `.`, `۔`, `。`
        case stop
        /// `?`, `!`, `…`: sentences and headlines alike.
        case mark
    }

    /// Lines longer than this are paragraphs in every script and measured by a glance.
    static let longBytes = 260
    /// Lines longer than this are not looked for elsewhere.
    static let repeatableBytes = 240

    /// A paragraph of prose: long, or a whole sentence.
    var isParagraph: Bool {
        width >= 110 || (width >= 45 && words >= 7 && (end == .stop || end == .mark && hasComma))
    }

    /// Too short for prose and without its punctuation.
    var isShort: Bool { width < 60 && end != .stop && !isParagraph }

    /// What an entry of a menu looks like.
    var isTiny: Bool { words <= 4 && width < 40 && end == .open }

    /// What a headline or a link to one looks like.
    var isHeadline: Bool { width >= 14 && width <= 180 && words >= 3 && words <= 28 && end != .stop && end != .colon }

    /// A number as counters show it; longer ones are telephone numbers, references and the like.
    var isCount: Bool { digits > 0 && digits <= 5 && width == digits }
}

/// Splits a text into its lines and measures them in one pass.
struct ScrapedTextScanner {
    let bytes: UnsafeBufferPointer<UInt8>
    private var folded: [UInt8] = []
    private let phrases = ChromePhrases.shared

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// The lines that hold something visible.
    mutating func lines() -> [ScrapedTextLine] {
        var lines: [ScrapedTextLine] = []
        lines.reserveCapacity(32)
        var start = 0
        while start <= bytes.count {
            let (end, next) = endOfLine(from: start)
            let range = trimmed(start..<end)
            if !range.isEmpty { lines.append(measure(range)) }
            start = next
        }
        return lines
    }

    // MARK: Splitting

    /// The end of the line and the start of the next: LF, CR, FF, VT, NEL, U+2028, U+2029.
    private func endOfLine(from start: Int) -> (end: Int, next: Int) {
        guard let base = bytes.baseAddress else { return (0, 1) }
        var index = start
        let end = bytes.count
        while index < end {
            index = Self.skipPlain(base, index, end)
            guard index < end else { break }
            let byte = base[index]
            if byte < 0x0E, byte >= 0x0A { return (index, index + 1) }
            if byte == 0xE2, index + 2 < end, base[index + 1] == 0x80, base[index + 2] & 0xFE == 0xA8 {
                return (index, index + 3)
            }
            if byte == 0xC2, index + 1 < end, base[index + 1] == 0x85 { return (index, index + 2) }
            index += 1
        }
        return (end, end + 1)
    }

    /// Passes over bytes that begin no end of a line, eight at a time.
    private static func skipPlain(_ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var index = start
        while index + 8 <= end {
            let word = UInt64(littleEndian: UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self))
            let mark = word ^ (ones &* 0xE2)
            let nextLine = word ^ (ones &* 0xC2)
            let hits =
                (((word &- ones &* 0x10) & ~word) | ((mark &- ones) & ~mark) | ((nextLine &- ones) & ~nextLine))
                & (ones &* 0x80)
            // A borrow may mark the byte above a true hit, never one below: the first mark is always true.
            if hits != 0 { return index + hits.trailingZeroBitCount / 8 }
            index += 8
        }
        return index
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, let width = invisibleWidth(at: start, end) { start += width }
        while start < end, let width = invisibleWidth(before: end, start) { end -= width }
        return start..<end
    }

    /// White space, marks of direction and the byte order mark.
    private func invisibleWidth(at index: Int, _ end: Int) -> Int? {
        let byte = bytes[index]
        if byte <= 0x20 || byte == 0x7F { return 1 }
        if byte == 0xC2, index + 1 < end, bytes[index + 1] == 0xA0 || bytes[index + 1] == 0xAD { return 2 }
        guard index + 2 < end else { return nil }
        return isInvisible(byte, bytes[index + 1], bytes[index + 2]) ? 3 : nil
    }

    private func invisibleWidth(before index: Int, _ start: Int) -> Int? {
        let byte = bytes[index - 1]
        if byte <= 0x20 || byte == 0x7F { return 1 }
        guard byte >= 0x80, byte < 0xC0, index - 2 >= start else { return nil }
        if bytes[index - 2] == 0xC2, byte == 0xA0 || byte == 0xAD { return 2 }
        guard index - 3 >= start else { return nil }
        return isInvisible(bytes[index - 3], bytes[index - 2], byte) ? 3 : nil
    }

    private func isInvisible(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> Bool {
        switch (a, b) {
        case (0xE2, 0x80): c <= 0x8F || (0xAA...0xAF).contains(c)
        case (0xE2, 0x81): (0xA0...0xAF).contains(c) || c == 0x9F
        case (0xE3, 0x80): c == 0x80
        case (0xEF, 0xBB): c == 0xBF
        default: false
        }
    }

    // MARK: Measuring

    mutating func measure(_ range: Range<Int>) -> ScrapedTextLine {
        var line = ScrapedTextLine(range: range)
        if range.count > ScrapedTextLine.longBytes {
            // Letters of one byte, or of two and more.
            line.width = bytes[range.lowerBound] < 0xC8 ? range.count : range.count * 5 / 9
            line.words = line.width / 6
            line.hasComma = true
        } else {
            count(&line)
        }
        line.end = ending(range)
        findPhrase(&line)
        return line
    }

    private func count(_ line: inout ScrapedTextLine) {
        var (width, words, digits, wide) = (0, 1, 0, 0)
        var isColonOpen = true
        var index = line.range.lowerBound
        while index < line.range.upperBound {
            let byte = bytes[index]
            index += 1
            if byte & 0xC0 == 0x80 { continue }
            width += 1
            if byte >= 0xE3, byte < 0xEE {
                width += 1
                wide += 1
            }
            switch byte {
            case 0x20, 0x09: if index - 1 > line.range.lowerBound, bytes[index - 2] > 0x20 { words += 1 }
            case 0x30...0x39: digits += 1
            case 0x2C: line.hasComma = true
            case 0x2F, 0x3A, 0x3E, 0x7C:
                if isColonOpen, index < line.range.upperBound, bytes[index] != 0x2F {
                    let isFirst = index - 1 == line.range.lowerBound
                    line.wordsBeforeColon = isFirst || bytes[index - 2] == 0x20 ? words - 1 : words
                }
                isColonOpen = false
            case 0xD8: if bytes[index] == 0x8C { line.hasComma = true }
            case 0xD9: if bytes[index] &- 0xA0 < 10 { digits += 1 }
            case 0xDB: if bytes[index] &- 0xB0 < 10 { digits += 1 }
            default: break
            }
        }
        // Scripts without spaces: about two signs a word.
        (line.width, line.words, line.digits) = (width, words + wide / 2, digits)
    }

    private func ending(_ range: Range<Int>) -> ScrapedTextLine.End {
        var end = range.upperBound
        // Closing signs may stand behind the stop: 3 of them at most, so that the look back is bounded.
        for _ in 0..<4 where end > range.lowerBound {
            let (scalar, width) = scalar(before: end, range.lowerBound)
            switch scalar {
            // Two full stops and more cut a headline off.
            case 0x2E where end - 2 >= range.lowerBound && bytes[end - 2] == 0x2E: return .mark
            case 0x2E, 0x3002, 0x06D4, 0x0964, 0xFF0E, 0xFF61: return .stop
            case 0x21, 0x3F, 0x061F, 0x2026, 0xFF01, 0xFF1F: return .mark
            case 0x3A, 0xFF1A: return .colon
            case 0x20, 0x22, 0x27, 0x29, 0x5D, 0xA0, 0xAB, 0xBB, 0x2018...0x201F, 0x2039, 0x203A, 0x300D, 0x300F,
                0x200F:
                end -= width
            default: return .open
            }
        }
        return .open
    }

    private func scalar(before end: Int, _ start: Int) -> (UInt32, width: Int) {
        let last = bytes[end - 1]
        guard last >= 0x80, end - 2 >= start else { return (UInt32(last), 1) }
        let second = bytes[end - 2]
        if second >= 0xC0 { return (UInt32(second & 0x1F) << 6 | UInt32(last & 0x3F), 2) }
        guard end - 3 >= start else { return (0xFFFD, 1) }
        let third = UInt32(bytes[end - 3] & 0x0F) << 12
        return (third | UInt32(second & 0x3F) << 6 | UInt32(last & 0x3F), 3)
    }

    private mutating func findPhrase(_ line: inout ScrapedTextLine) {
        guard let base = bytes.baseAddress else { return }
        let isRepeatable = line.range.count <= ScrapedTextLine.repeatableBytes
        if !isRepeatable {
            fold(base, line.range, first: ChromePhrases.firstWordReach)
            guard folded.withUnsafeBufferPointer({ phrases.mayBegin($0) }) else { return }
        }
        let isWhole = fold(base, line.range, first: isRepeatable ? line.range.count : ChromePhrases.reach)
        let wordsBeforeColon = line.wordsBeforeColon
        (line.phrase, line.hash) = folded.withUnsafeBufferPointer {
            (
                phrases.match($0, isWhole: isWhole, wordsBeforeColon: wordsBeforeColon),
                isRepeatable && !$0.isEmpty ? LineHash.of($0) : 0
            )
        }
        if line.phrase == nil, line.digits > 0, line.words <= 6, isWhole { line.phrase = phraseBehindNumber(line) }
        // Prose may begin with the words of a short phrase.
        if let phrase = line.phrase, line.isParagraph, !phrase.isCertain || phrase.words < 3 { line.phrase = nil }
    }

    /// `3 min read`, `12 Comments`, «3 دقائق قراءة»: a phrase of these kinds behind a number, uncertain like all that
    /// a count may be.
    private func phraseBehindNumber(_ line: ScrapedTextLine) -> ChromePhrases.Match? {
        folded.withUnsafeBufferPointer { folded in
            guard let space = folded.firstIndex(of: 0x20), folded[..<space].allSatisfy({ $0 &- 0x30 < 10 }) else {
                return nil
            }
            let rest = UnsafeBufferPointer(rebasing: folded[(space + 1)...])
            guard var match = phrases.match(rest, isWhole: true, wordsBeforeColon: 0) else { return nil }
            guard [.dateLine, .commentForm, .share].contains(match.reason) else { return nil }
            match.isCertain = false
            return match
        }
    }

    /// Folds the first bytes of a line, cut between letters; true when that was all of it.
    @discardableResult
    private mutating func fold(_ base: UnsafePointer<UInt8>, _ range: Range<Int>, first count: Int) -> Bool {
        var end = min(range.upperBound, range.lowerBound + count)
        while end < range.upperBound, base[end] & 0xC0 == 0x80 { end -= 1 }
        Folding.fold(UnsafeBufferPointer(start: base + range.lowerBound, count: end - range.lowerBound), into: &folded)
        return end == range.upperBound
    }
}
