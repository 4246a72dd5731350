import Language

/// The grammar words of an article: each token by its whole form or behind its clitics.
struct GrammarReader {
    struct Reading {
        var word = GrammarWord()
        var letters = 0
        var clitics = CliticReading.Clitics.none
    }

    let document: Document

    init(_ document: Document) { self.document = document }

    var readings: Readings { Readings(document: document) }

    /// By token: its first grammar word.
    struct Readings {
        fileprivate let document: Document

        var count: Int { document.forms.count }
        var indices: Range<Int> { document.forms.indices }
        subscript(index: Int) -> Reading { document.grammar(at: index) }
    }

    var count: Int { readings.count }

    /// Behind a name in quotation marks of at most five words.
    func endOfQuoted(_ index: Int) -> Int? {
        guard document.isQuote(index) else { return nil }
        var end = index + 1
        while continues(end), end - index <= 6 {
            if document.isQuote(end) { return end > index + 1 ? end + 1 : nil }
            end += 1
        }
        return nil
    }

    /// The word at `index`, under a clitic only where one may stand: at the front of a span.
    func word(_ index: Int, allowsClitics: Bool = false) -> GrammarWord {
        guard readings.indices.contains(index) else { return GrammarWord() }
        let reading = readings[index]
        return reading.letters == 0 || allowsClitics ? reading.word : GrammarWord()
    }

    /// The word at `index` when it is written with و in front: «وعشرين».
    func joinedWord(_ index: Int) -> GrammarWord {
        guard readings.indices.contains(index), readings[index].clitics == .waw else { return GrammarWord() }
        return readings[index].word
    }

    /// Whether the sentence around a day looks ahead: «قبل يوم الخميس», «سيلتقي … الأحد», «ينطلق المهرجان يوم السبت».
    func isAhead(_ index: Int) -> Bool {
        if let before = document.wordBefore(index) {
            switch document.list.key(before) {
            case "قبل", "حتي", "بحلول", "before", "until", "by", "avant", "next": return true
            default: break
            }
        }
        var i = index
        while i > 0, index - i < 30, !document.tokens[i].startsLine {
            i -= 1
            let token = document.tokens[i]
            if token.kind == .sign {
                if isSign(i, UInt8(ascii: ".")) || document.isKey(i, "؟") { return false }
                continue
            }
            let startsSentence =
                token.startsLine || i > 0 && document.tokens[i - 1].kind == .sign && isSign(i - 1, UInt8(ascii: "."))
            if FutureCues.isOne(document.list.key(i), startsSentence: startsSentence), document.flags[i].isEmpty,
                readings[i].word.kind == .none
            {
                return true
            }
        }
        return false
    }

    /// Whether `index` continues the line of the token before it.
    func continues(_ index: Int) -> Bool {
        index < document.tokens.count && !document.tokens[index].startsLine
    }

    func isSign(_ index: Int, _ sign: UInt8) -> Bool {
        guard continues(index), document.tokens[index].kind == .sign else { return false }
        let token = document.tokens[index]
        return token.keyCount == 1 && document.list.keys[Int(token.keyStart)] == sign
    }

    /// The digits of a number token without separators; nil for other tokens.
    func digits(_ index: Int) -> NumberValue? {
        guard document.tokens.indices.contains(index), document.tokens[index].kind == .number else { return nil }
        let token = document.tokens[index]
        return NumberValue(key: document.list.keys[Int(token.keyStart)..<Int(token.keyEnd)])
    }

    /// A whole number of at most `maxDigits` digits.
    func integer(_ index: Int, maxDigits: Int) -> Int? {
        guard document.tokens.indices.contains(index), document.tokens[index].kind == .number,
            document.tokens[index].keyCount <= maxDigits
        else { return nil }
        var value = 0
        for byte in document.list.keys[Int(document.tokens[index].keyStart)..<Int(document.tokens[index].keyEnd)] {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        return value
    }
}

/// A decimal number exact to the digits it was written with.
struct NumberValue: Equatable {
    /// Digits without separators, and how many of them stand behind the point.
    private(set) var mantissa: Int
    private(set) var decimals: Int

    /// A number of tenths.
    init?(tenths: Int) {
        guard tenths > 0 else { return nil }
        mantissa = tenths
        decimals = 1
    }

    init(_ value: Int) {
        mantissa = value
        decimals = 0
    }

    /// Commas and points that part groups of three are thousands; a last one that does not is the decimal point.
    init?(key: ArraySlice<UInt8>) {
        var groups: [Int] = [0]
        var signs: [UInt8] = []
        mantissa = 0
        for byte in key {
            if (0x30...0x39).contains(byte) {
                let (product, overflow) = mantissa.multipliedReportingOverflow(by: 10)
                guard !overflow, product < Int.max / 16 else { return nil }
                mantissa = product + Int(byte - 0x30)
                groups[groups.count - 1] += 1
            } else {
                signs.append(byte)
                groups.append(0)
            }
        }
        decimals = 0
        guard let last = groups.last, let sign = signs.last else { return }
        let isThousands =
            last == 3 && groups[0] <= 3 && (signs.count == 1 || signs.dropLast().allSatisfy { $0 == sign })
            && key.first != 0x30
        if !isThousands { decimals = last }
    }

    mutating func scale(byTen power: Int) -> Bool {
        for _ in 0..<power {
            if decimals > 0 {
                decimals -= 1
                continue
            }
            let (product, overflow) = mantissa.multipliedReportingOverflow(by: 10)
            guard !overflow else { return false }
            mantissa = product
        }
        return true
    }

    mutating func add(_ other: NumberValue) -> Bool {
        var other = other
        while other.decimals < decimals {
            other.mantissa *= 10
            other.decimals += 1
        }
        while decimals < other.decimals {
            mantissa *= 10
            decimals += 1
        }
        let (sum, overflow) = mantissa.addingReportingOverflow(other.mantissa)
        mantissa = sum
        return !overflow
    }

    var text: String {
        guard decimals > 0 else { return String(mantissa) }
        let digits = String(mantissa)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }
}
