import Language

/// What is known of each line of a whole page and its surroundings, in numbers: a row of ``width`` a line, which
/// ``ScrapedTextModel`` is asked about.
///
/// Nothing in it needs a language but the phrases that lines were found to be.
struct ScrapedTextFeatures {
    static let width = 71

    private(set) var rows: [Float]
    let page: ScrapedTextPage
    let count: Int
    let isProse: [Bool]
    /// In how many places of the page each line stands.
    private let repeats: [Int]
    /// The lines but those that come again and again, which pages put between any others.
    let order: [Int]
    /// The place in `order` of each line, or of the next that has one.
    let place: [Int]

    init(_ page: ScrapedTextPage) {
        self.page = page
        count = page.lines.count
        rows = [Float](repeating: 0, count: count * Self.width)
        isProse = page.lines.map { $0.isParagraph && $0.phrase?.isCertain != true }
        var counts: [UInt64: Int] = [:]
        for line in page.lines where line.hash != 0 { counts[line.hash, default: 0] += 1 }
        let repeats = page.lines.map { counts[$0.hash] ?? 1 }
        let order = repeats.indices.filter { repeats[$0] < Self.fillerFrom }
        var place = [Int](repeating: 0, count: repeats.count)
        var next = 0
        for index in repeats.indices {
            place[index] = min(next, max(0, order.count - 1))
            if repeats[index] < Self.fillerFrom { next += 1 }
        }
        (self.repeats, self.order, self.place) = (repeats, order, place)
        fillLines()
        fillSurroundings()
        fillRuns()
        fillPlace()
        fillWords()
        fillSigns()
        fillSentences()
    }

    /// From how many places on a line is one that pages put between any others: «Article content», a menu's signs.
    private static let fillerFrom = 5

    mutating func set(_ line: Int, _ feature: Int, _ value: Float) { rows[line * Self.width + feature] = value }

    // MARK: 0–11: the line

    mutating func fillLines() {
        for (index, line) in page.lines.enumerated() {
            set(index, 0, Float(min(line.width, 500)))
            set(index, 1, Float(min(line.words, 60)))
            set(index, 2, Float(line.digits) / Float(max(1, line.width)))
            set(index, 3, Self.number(line.end))
            set(index, 4, line.hasComma ? 1 : 0)
            set(index, 5, Self.number(line.phrase))
            set(index, 6, line.phrase.map { $0.reason.opensTail ? 2 : 1 } ?? 0)
            set(index, 7, isProse[index] ? 1 : 0)
            let letters = capitals(of: line)
            set(index, 8, letters.share)
            set(index, 9, Float(min(repeats[index], 12)))
            set(index, 10, Float(letters.separators))
            set(index, 11, Self.number(page.reasons[index]))
        }
    }

    static func number(_ end: ScrapedTextLine.End) -> Float {
        switch end {
        case .open: 0
        case .colon: 1
        case .mark: 2
        case .stop: 3
        }
    }

    static func number(_ phrase: ChromePhrases.Match?) -> Float {
        guard let phrase else { return 0 }
        return phrase.isCertain ? 2 : 1
    }

    /// What the rules have decided.
    static func number(_ reason: ChromeReason?) -> Float {
        switch reason {
        case nil: 0
        case .beforeBody: 1
        case .afterBody: 2
        case .relatedLink: 3
        default: 4
        }
    }

    /// Which share of the words begins with a capital (-1 where letters have none), and how many signs part entries.
    private func capitals(of line: ScrapedTextLine) -> (share: Float, separators: Int) {
        var (capitals, small, separators) = (0, 0, 0)
        var isStart = true
        let range = line.range.prefix(200)
        for index in range {
            let byte = page.bytes[index]
            if byte <= 0x20 {
                isStart = true
                continue
            }
            if byte == 0x7C || byte == 0x3E || byte == 0x40 || byte == 0xC2 || byte == 0xE2 { separators += 1 }
            guard isStart else { continue }
            let next = index + 1 < range.endIndex ? page.bytes[index + 1] : 0
            switch byte {
            case 0x41...0x5A: capitals += 1
            case 0x61...0x7A: small += 1
            case 0xC3: if next < 0x9F { capitals += 1 } else { small += 1 }
            case 0xC4, 0xC5: if next & 1 == 0 { capitals += 1 } else { small += 1 }
            case 0xD0: if next < 0xB0 { capitals += 1 } else { small += 1 }
            case 0xD1: small += 1
            case 0x22, 0x27, 0x28, 0x5B, 0xC2, 0x80...0xBF, 0xE2: continue
            default: break
            }
            isStart = false
        }
        let letters = capitals + small
        return (letters == 0 ? -1 : Float(capitals) / Float(letters), min(separators, 8))
    }

    // MARK: 53–57: what words it shares with the body, the title and other lines

    /// How many different places words are told apart by.
    private static let slots = 1 << 12

    mutating func fillWords() {
        var counts = [UInt16](repeating: 0, count: Self.slots)
        var starts: [Int] = [0]
        var words: [UInt16] = []
        for line in page.lines {
            Self.forEachWord(page.bytes, line.range.prefix(400)) { words.append($0) }
            starts.append(words.count)
        }
        for index in page.body where isProse[index] {
            for word in words[starts[index]..<starts[index + 1]] { counts[Int(word)] &+= 1 }
        }
        let body = page.body
        for index in 0..<count {
            let own = words[starts[index]..<starts[index + 1]]
            let isCounted = body.contains(index) && isProse[index]
            let shared = own.count { counts[Int($0)] > (isCounted ? 1 : 0) }
            set(index, 53, own.isEmpty ? -1 : Float(shared) / Float(own.count))
            set(index, 54, Float(min(shared, 20)))
            set(index, 55, Float(min(own.count, 30)))
        }
        var firsts: [UInt16: Int] = [:]
        for index in 0..<count where starts[index] < starts[index + 1] { firsts[words[starts[index]], default: 0] += 1 }
        let title = page.titleIndex.map { Set(words[starts[$0]..<starts[$0 + 1]]) } ?? []
        for index in 0..<count {
            let own = words[starts[index]..<starts[index + 1]]
            set(index, 56, Float(own.first.map { min(firsts[$0] ?? 1, 12) } ?? 0))
            set(index, 57, Float(own.count { title.contains($0) }))
        }
    }

    // MARK: 58–60: its first sign, digits, times

    mutating func fillSigns() {
        for (index, line) in page.lines.enumerated() {
            set(index, 58, Self.kind(ofFirst: page.bytes[line.range.lowerBound]))
            set(index, 59, Float(min(line.digits, 20)))
            set(index, 60, holdsTime(line) ? 1 : 0)
            set(index, 70, line.end != .stop && endsInCredit(line) ? 1 : 0)
        }
    }

    private static func kind(ofFirst byte: UInt8) -> Float {
        switch byte {
        case 0x41...0x5A: 1
        case 0x61...0x7A: 2
        case 0x30...0x39: 3
        case 0x22, 0x27: 4
        case 0x21...0x7F: 5
        case 0xC2, 0xE2: 6
        default: 0
        }
    }

    /// Whether the name of a picture agency, or what stands before a photographer's name, is among the last words.
    private func endsInCredit(_ line: ScrapedTextLine) -> Bool {
        let end = page.bytes[line.range.suffix(60)]
        for index in end.indices where Self.creditBeginnings[Int(end[index])] {
            let rest = end[index...]
            for credit in Self.credits where credit.count <= rest.count && credit[0] == rest[index] {
                if rest.starts(with: credit) { return true }
            }
        }
        return false
    }

    private static let credits: [[UInt8]] = [
        "Getty", "Reuters", "REUTERS", "AFP", "dpa", "/AP", "(AP", "AP Photo", "AP/", "EPA", "Shutterstock", "iStock",
        "Imago", "imago", "Alamy", "Unsplash", "Wikimedia", "picture alliance", "Bildrechte", "©", "Credit:", "Credit ",
        "Photo:", "Photo by", "Photograph", "Foto:", "Foto ", "Fot.", "nuotr", "Bild:", "Image:", "Image by",
        "Image via",
        "Picture:", "Crédit", "تصوير", "أ ف ب", "رويترز",
    ]
    .map { Array($0.utf8) }

    /// By their first bytes.
    private static let creditBeginnings: [Bool] = (0..<256).map { byte in credits.contains { Int($0[0]) == byte } }

    /// Digits around a colon, a stop, a slash or an h: a time or a date, in most cases.
    private func holdsTime(_ line: ScrapedTextLine) -> Bool {
        var before: UInt8 = 0, sign: UInt8 = 0
        for byte in page.bytes[line.range.prefix(120)] {
            let isDigit = byte &- 0x30 < 10
            if isDigit, before &- 0x30 < 10, sign == 0x3A || sign == 0x2E || sign == 0x2F || sign == 0x68 {
                return true
            }
            (before, sign) = (sign, byte)
        }
        return false
    }

    /// The words of more than three bytes, by a hash of twelve bits.
    private static func forEachWord(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ body: (UInt16) -> Void)
    {
        var hash: UInt32 = 0
        var length = 0
        for index in range {
            let byte = bytes[index]
            let lower = byte &- 0x41 < 26 ? byte | 0x20 : byte
            if lower &- 0x61 < 26 || byte >= 0x80 || lower &- 0x30 < 10 {
                hash = (hash ^ UInt32(lower)) &* 0x0100_0193
                length += 1
            } else {
                if length > 3 { body(slot(hash)) }
                (hash, length) = (0, 0)
            }
        }
        if length > 3 { body(slot(hash)) }
    }

    private static func slot(_ hash: UInt32) -> UInt16 {
        UInt16(truncatingIfNeeded: ((hash ^ hash >> 15) &* 0x85EB_CA6B) >> 20)
    }
}
