import Foundation
import Language
import Testing

struct FoldingTests {
    private static func folded(_ text: String) -> String {
        String(decoding: Folding.fold(text), as: UTF8.self)
    }

    @Test(arguments: [
        ("NFC and NFD, Latin", "caf\u{E9} na\u{EF}ve", "cafe\u{301} nai\u{308}ve"),
        (
            "NFC and NFD, Arabic", "\u{623}\u{62D}\u{645}\u{62F} \u{622}\u{62B}\u{627}\u{631}",
            "\u{627}\u{654}\u{62D}\u{645}\u{62F} \u{627}\u{653}\u{62B}\u{627}\u{631}"
        ),
        ("NFC and NFD, Hangul", "\u{D55C}\u{AD6D}", "\u{1112}\u{1161}\u{11AB}\u{1100}\u{116E}\u{11A8}"),
        ("tashkeel", "مُحَمَّدٌ رَسُولًا", "محمد رسولا"),
        ("superscript alef", "هٰذا", "هذا"),
        ("tatweel", "طـــرابلس", "طرابلس"),
        ("alef with hamza above", "أحمد", "احمد"),
        ("alef with hamza below", "إلى", "الى"),
        ("alef with madda", "آثار", "اثار"),
        ("alef wasla", "ٱلله", "الله"),
        ("hamza on waw", "مسؤول", "مسوول"),
        ("hamza on yeh", "هيئة", "هييه"),
        ("alef maqsura", "مستشفى", "مستشفي"),
        ("Persian yeh", "لیبیا", "ليبيا"),
        ("Pashto yeh", "لېبيا", "ليبيا"),
        ("teh marbuta", "حكومة", "حكومه"),
        ("Persian and Urdu kaf, heh", "کہھ", "كهه"),
        ("presentation forms", "\u{FEDF}\u{FEF4}\u{FE92}\u{FEF4}\u{FE8E}", "ليبيا"),
        ("lam-alef ligature", "\u{FEFB} \u{FEF7}", "لا لا"),
        ("ligatures of words", "\u{FDF2}", "الله"),
        ("presentation forms of tashkeel", "م\u{FE77}ح\u{FE79}مد", "محمد"),
        ("Arabic-Indic digits", "٢٠٢٦", "2026"),
        ("extended Arabic-Indic digits", "۲۰۲۶", "2026"),
        ("full-width digits and letters", "２０２６ Ａｂ", "2026 ab"),
        ("Devanagari digits", "२०२६", "2026"),
        ("thousands and decimal separators", "١٬٢٣٤٫٥", "1,234.5"),
        ("case", "TRIPOLI Straße ΟΔΟΣ", "tripoli STRASSE οδος"),
        ("Turkish case", "IŞIK İzmir", "ışık izmir"),
        ("punctuation", "«ليبيا»، قال: نعم؟", "ليبيا قال نعم"),
        ("dashes and quotes", "well‑known — “yes”…", "well known yes"),
        ("white space", "\u{FEFF} a\u{A0}\u{2003}b\r\n\tc\u{2028}", "a b c"),
        ("zero width", "ليب\u{200B}يا\u{200C} ط\u{200D}\u{AD}رابلس", "ليبيا طرابلس"),
        ("bidi marks", "\u{202B}ليبيا\u{202C} \u{200F}\u{61C}٥\u{2066}\u{2069}", "ليبيا 5"),
        ("emoji", "فوز 🇱🇾👍🏽 كبير", "فوز كبير"),
    ])
    func equivalentTextsFoldAlike(name: String, a: String, b: String) {
        #expect(Folding.fold(a) == Folding.fold(b), "\(name)")
        #expect(!Self.folded(a).isEmpty)
    }

    @Test(arguments: [
        ("أَعلنت الحُكومةُ، يومَ ٣ مـايو!", "اعلنت الحكومه يوم 3 مايو"),
        ("  L’État c'est MOI ½ ", "l etat c est moi 1 2"),
        ("گرگ پژوهش چای", "گرگ پژوهش چاي"),
        ("ﷺ", "صلي الله عليه وسلم"),
        ("日本 한국", "日本 한국"),
        ("", ""),
        (" .،\u{200F}\u{64B} ", ""),
    ])
    func foldsTo(text: String, expected: String) {
        #expect(Array(Self.folded(text).unicodeScalars) == Array(expected.unicodeScalars.flatMap(Self.jamo)))
    }

    @Test(arguments: ["علي", "قلب", "سماء", "٣", "پ"])
    func differentWordsStayDifferent(word: String) {
        let words = ["علي", "قلب", "سماء", "٣", "پ", "كلب", "سما", "٤", "ب"]
        #expect(words.filter { Self.folded($0) == Self.folded(word) } == [word])
    }

    @Test func foldingAgainChangesNothing() {
        var random = SplitMix(seed: 1)
        for _ in 0..<2_000 {
            let once = Folding.fold(random.text(length: 40))
            #expect(Folding.fold(String(decoding: once, as: UTF8.self)) == once)
        }
    }

    @Test func normalisationFormsFoldAlike() {
        var random = SplitMix(seed: 2)
        for _ in 0..<2_000 {
            let text = random.text(length: 40)
            let folded = Self.folded(text)
            #expect(Self.folded(text.precomposedStringWithCanonicalMapping).utf8.elementsEqual(folded.utf8))
            #expect(Self.folded(text.decomposedStringWithCanonicalMapping).utf8.elementsEqual(folded.utf8))
        }
    }

    @Test func aPieceAtATimeIsTheWhole() {
        var random = SplitMix(seed: 3)
        var output: [UInt8] = []
        for _ in 0..<500 {
            let words = (0..<20).map { _ in random.text(length: 5) }
            var whole = words.joined(separator: " ")
            whole.withUTF8 { Folding.fold($0, into: &output) }
            let pieces = words.map(Folding.fold).filter { !$0.isEmpty }
            #expect(output == Array(pieces.joined(separator: [0x20])))
        }
    }

    @Test func expansionsFindRoom() {
        let phrase = "صلي الله عليه وسلم"
        let text = Array(repeating: "\u{FDFA}", count: 1_000).joined(separator: " ")
        #expect(Self.folded(text) == Array(repeating: phrase, count: 1_000).joined(separator: " "))
    }

    @Test(
        arguments: [
            ([0x61, 0xFF, 0x62], "a b"),
            ([0x61, 0xC1, 0x81], "a"),
            ([0xD9, 0x61], "a"),
            ([0x61, 0xD9], "a"),
            ([0x61, 0xE2, 0x80], "a"),
            ([0x61, 0xED, 0xA0, 0x80, 0x62], "a b"),
            ([0xF0, 0x80, 0x81, 0x81, 0x62], "b"),
            ([0x80, 0xD9, 0x84], "ل"),
            ([0xF4, 0x90, 0x80, 0x80, 0x7A], "z"),
        ] as [([UInt8], String)]
    )
    func malformedBytesAreSpaces(bytes: [UInt8], expected: String) {
        var output: [UInt8] = [1, 2, 3]
        bytes.withUnsafeBufferPointer { Folding.fold($0, into: &output) }
        #expect(String(decoding: output, as: UTF8.self) == expected)
    }

    private static func jamo(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        Array(String(Character(scalar)).decomposedStringWithCanonicalMapping.unicodeScalars)
    }
}

/// Seeded random texts of every script, the Arabic block and white space more often than the rest.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    mutating func text(length: Int) -> String {
        let ranges: [ClosedRange<UInt32>] = [
            0x20...0x7E, 0x20...0x20, 0xA0...0x24F, 0x300...0x36F, 0x370...0x5FF, 0x600...0x6FF, 0x610...0x6FF,
            0x900...0xD7F, 0x1E00...0x20FF, 0x2100...0x33FF, 0xAC00...0xD7A3, 0xF900...0xFFFD, 0x1D000...0x1F6FF,
            0x0...0x2FFFF,
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<length {
            let range = ranges[Int.random(in: 0..<ranges.count, using: &self)]
            let value = UInt32.random(in: range, using: &self)
            // Newer scalars may be composed or decomposed by one library of the platform and not by the other.
            if let scalar = Unicode.Scalar(value), let age = scalar.properties.age, age <= (15, 0) {
                text.append(scalar)
            }
        }
        return String(text)
    }
}
