import Language

/// Who wrote an article, for whom and where, as far as the removed lines above the body and the beginning of its
/// first paragraph say it.
struct ScrapedTextByline {
    private(set) var authors: [String] = []
    private(set) var outlet: String?
    private(set) var dateline: String?
    private let knownOutlet: [UInt8]

    init(outlet: String?) {
        self.outlet = outlet
        knownOutlet = outlet.map { Folding.fold($0) } ?? []
    }

    /// Takes in a byline: «كتب: محمد الأحمد», `By Jane Roe and John Doe`, «طرابلس- بوابة الخبر».
    mutating func read(_ line: String, phraseWords: Int) {
        let parts = Self.split(line, droppingWords: phraseWords)
        for part in parts {
            let folded = Folding.fold(part)
            guard !folded.isEmpty, !Self.holdsDigit(folded) else { continue }
            if Self.places.contains(folded) {
                dateline = dateline ?? part
            } else if folded == knownOutlet {
                continue
            } else if Self.isOutlet(folded) {
                outlet = outlet ?? part
            } else if phraseWords > 0, Self.isName(part, folded), !authors.contains(part) {
                authors.append(part)
            }
        }
    }

    /// Takes in the first paragraph: «طرابلس 8 يوليو 2020 (وال) - …», `TRIPOLI (Reuters) - …`
    mutating func readBeginning(of paragraph: UnsafeBufferPointer<UInt8>) {
        guard dateline == nil, let end = Self.endOfPlace(paragraph) else { return }
        var folded: [UInt8] = []
        Folding.fold(UnsafeBufferPointer(rebasing: paragraph[..<end]), into: &folded)
        guard Self.places.contains(folded) else { return }
        dateline = Self.trimmed(String(decoding: paragraph[..<end], as: UTF8.self)[...])
    }

    /// The first digit, bracket, comma, dash, slash or colon among the first 40 bytes.
    private static func endOfPlace(_ paragraph: UnsafeBufferPointer<UInt8>) -> Int? {
        for index in 0..<min(40, paragraph.count) {
            switch paragraph[index] {
            case 0x28, 0x2C, 0x2D, 0x2F, 0x30...0x3A: return index
            case 0xD8: if index + 1 < paragraph.count, paragraph[index + 1] == 0x8C { return index }
            case 0xE2: return index
            default: break
            }
        }
        return nil
    }

    /// Whether a folded line is the place a report is dated at, not who wrote it.
    static func isPlace(_ folded: [UInt8]) -> Bool { places.contains(folded) }

    // MARK: Parts

    /// Cuts at commas, dashes, bars, brackets and the word "and"; the first words are the phrase's own.
    private static func split(_ line: String, droppingWords count: Int) -> [String] {
        var parts: [[Substring]] = [[]]
        var dropped = 0
        for word in line.split(whereSeparator: { " \t\u{A0}".contains($0) }) {
            if dropped < count {
                dropped += 1
                // The phrase's last word may have the name behind its colon.
                if dropped < count || !word.contains(where: { ":/-".contains($0) }) { continue }
                let rest = word.split(maxSplits: 1, omittingEmptySubsequences: false) { ":/-".contains($0) }
                if rest.count > 1, !rest[1].isEmpty { parts[parts.count - 1].append(rest[1]) }
                continue
            }
            if ["and", "&", "und", "et", "y", "e", "ve", "и", "-", "–", "—", "|", "/", ":"].contains(word.lowercased())
            {
                parts.append([])
                continue
            }
            let endsPart = ",،:|-–/".contains(where: { word.hasSuffix(String($0)) })
            parts[parts.count - 1].append(word)
            if endsPart { parts.append([]) }
        }
        return parts.map { trimmed($0.joined(separator: " ")[...]) }.filter { !$0.isEmpty }
    }

    private static func trimmed(_ text: Substring) -> String {
        let signs = " \t\u{A0}-–—:/|,،.*•\u{200F}\u{200E}"
        let start = text.firstIndex { !signs.contains($0) } ?? text.endIndex
        let end = text.lastIndex { !signs.contains($0) } ?? start
        return start < text.endIndex ? String(text[start...end]) : ""
    }

    private static func holdsDigit(_ folded: [UInt8]) -> Bool {
        folded.contains { $0 &- 0x30 < 10 }
    }

    /// Two to five words without brackets that are no agency.
    private static func isName(_ part: String, _ folded: [UInt8]) -> Bool {
        let words = folded.split(separator: 0x20)
        return (2...5).contains(words.count) && !part.contains(where: { "()[]\"@«»".contains($0) })
            && !words.contains { agencies.contains(Array($0)) }
    }

    private static func isOutlet(_ folded: [UInt8]) -> Bool {
        folded.split(separator: 0x20).contains { outletWords.contains(Array($0)) }
    }

    // MARK: Words

    private static let agencies = table(
        "وكالات متابعات خاص وكالة رويترز تحرير التحرير agencies staff reuters afp ap dpa desk redaktion rédaction redacción"
    )
    private static let outletWords = table(
        """
        وكالة نيوز نت تريند بوابة صحيفة جريدة قناة موقع شبكة راديو إذاعة تلفزيون برس أونلاين بوست تايمز ميديا \
        news press times post tribune daily herald radio agency online media tv
        """
    )
    /// Capitals of the countries that news on Libya is written in and about, and the towns of Libya.
    private static let places = table(
        """
        طرابلس بنغازي مصراتة سبها سرت درنة طبرق البيضاء الزاوية غريان ترهونة زليتن الخمس صبراتة زوارة أجدابيا المرج \
        الكفرة غات غدامس مرزق أوباري نالوت يفرن الزنتان بني_وليد شحات هون ودان رأس_لانوف البريقة الجفرة الأصابعة \
        القاهرة الإسكندرية تونس صفاقس الجزائر وهران الرباط الدار_البيضاء نواكشوط الخرطوم جوبا مقديشو جيبوتي عمان \
        عمّان دمشق حلب بيروت بغداد أربيل البصرة الموصل الرياض جدة مكة مكة_المكرمة المدينة_المنورة الدمام الدوحة \
        المنامة الكويت مسقط أبوظبي أبو_ظبي دبي الشارقة صنعاء عدن القدس رام_الله غزة أنقرة إسطنبول اسطنبول طهران كابول \
        إسلام_آباد كراتشي باريس لندن روما برلين بروكسل جنيف فيينا مدريد أثينا لاهاي موسكو كييف واشنطن نيويورك الأمم_المتحدة \
        بكين طوكيو نيودلهي أديس_أبابا نجامينا نيامي باماكو فاليتا مالطا صخيرات الصخيرات \
        tripoli benghazi misrata sirte sebha derna tobruk cairo tunis algiers rabat khartoum amman damascus beirut \
        baghdad riyadh doha jerusalem gaza ankara istanbul tehran kabul paris london rome berlin brussels geneva \
        vienna madrid athens moscow kyiv kiev washington new_york united_nations beijing tokyo valletta the_hague \
        rom wien brüssel athen moskau kairo londres bruxelles genève alger le_caire berlino parigi londra tripolis
        """
    )

    private static func table(_ words: String) -> Set<[UInt8]> {
        Set(words.split { $0 == " " || $0 == "\n" }.map { Folding.fold(String($0).replacing("_", with: " ")) })
    }
}
