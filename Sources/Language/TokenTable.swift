/// What the tokeniser makes of a code point: its class and the letter it is folded to.
///
/// The folding makes one key of the spellings a name has in the news: alef with or without hamza or madda, final
/// yeh with or without dots, teh marbuta and heh, hamza on its seats, Persian and presentation forms, Arabic and
/// ASCII digits, capitals and accents. Vowel marks, tatweel, joiners and direction marks are left out.
enum TokenTable {
    enum Class: UInt16 {
        case space, line, arabic, letter, digit
        /// Belongs to the word it stands on and leaves nothing in the key.
        case mark
        /// Leaves no trace at all: joiners, direction marks, soft hyphen.
        case ignored
        case sign
    }

    struct Entry {
        let raw: UInt16

        init(_ kind: Class, _ folded: UInt16 = 0, isCapital: Bool = false) {
            raw = kind.rawValue << 12 | folded | (isCapital ? 0x8000 : 0)
        }

        init(raw: UInt16) { self.raw = raw }

        @inline(__always) var kind: Class { Class(rawValue: raw >> 12 & 7) ?? .sign }
        @inline(__always) var folded: UInt32 { UInt32(raw & 0xFFF) }
        @inline(__always) var isCapital: Bool { raw & 0x8000 != 0 }
    }

    /// Changes with the table and with the hash of tokens, for what is kept on disk.
    static var fingerprint: UInt64 {
        let below = low.reduce(TokenHash.hash("ليبيا Libya 2011 عبد الرحمن")) { TokenHash.join($0, UInt64($1)) }
        return (UInt32(0xFE70)...0xFEFF).reduce(below) { TokenHash.join($0, UInt64(high($1).folded)) }
    }

    /// One entry for each code point below U+0800, the two-byte part of UTF-8.
    static let low: [UInt16] = (0..<0x800).map { entry(low: UInt32($0)).raw }

    private static func entry(low c: UInt32) -> Entry {
        switch c {
        case 0x0A: Entry(.line)
        case 0...0x20, 0x7F...0xA0: Entry(.space)
        case 0xAD: Entry(.ignored)
        case 0x30...0x39: Entry(.digit, UInt16(c))
        case 0x41...0x5A: Entry(.letter, UInt16(c) + 32, isCapital: true)
        case 0x61...0x7A: Entry(.letter, UInt16(c))
        case 0xD7, 0xF7: Entry(.sign)
        case 0xC0...0x17F: Entry(.letter, latin[Int(c - 0xC0)], isCapital: c <= 0xDE || (c >= 0x100 && c & 1 == 0))
        case 0x180...0x24F, 0x250...0x2AF: Entry(.letter, UInt16(c))
        case 0x300...0x36F: Entry(.mark)
        case 0x391...0x3A9: Entry(.letter, UInt16(c) + 32, isCapital: true)
        case 0x370...0x3FF: Entry(.letter, UInt16(c))
        case 0x400...0x40F: Entry(.letter, UInt16(c) + 80, isCapital: true)
        case 0x410...0x42F: Entry(.letter, UInt16(c) + 32, isCapital: true)
        case 0x430...0x52F: Entry(.letter, UInt16(c))
        case 0x531...0x587, 0x5D0...0x5EA: Entry(.letter, UInt16(c))
        case 0x600...0x7FF: arabic(c)
        default: Entry(.sign)
        }
    }

    private static func arabic(_ c: UInt32) -> Entry {
        switch c {
        case 0x622, 0x623, 0x625, 0x671...0x673, 0x675: Entry(.arabic, 0x627)
        case 0x624, 0x676, 0x677: Entry(.arabic, 0x648)
        case 0x626, 0x649, 0x6CC, 0x6CD, 0x6D2, 0x678: Entry(.arabic, 0x64A)
        case 0x629, 0x6BE, 0x6C0, 0x6C1, 0x6C2, 0x6D5: Entry(.arabic, 0x647)
        case 0x6A9, 0x6AA, 0x6AF: Entry(.arabic, 0x643)
        case 0x67E: Entry(.arabic, 0x628)
        case 0x686: Entry(.arabic, 0x62C)
        case 0x6A4: Entry(.arabic, 0x641)
        case 0x698: Entry(.arabic, 0x632)
        case 0x61C: Entry(.ignored)
        case 0x640, 0x610...0x61A, 0x64B...0x65F, 0x670, 0x6D6...0x6DC, 0x6DF...0x6E8, 0x6EA...0x6ED: Entry(.mark)
        case 0x660...0x669: Entry(.digit, UInt16(c - 0x660 + 0x30))
        case 0x6F0...0x6F9: Entry(.digit, UInt16(c - 0x6F0 + 0x30))
        case 0x620...0x63F, 0x641...0x64A, 0x66E...0x6D3, 0x6FA...0x6FC, 0x750...0x77F: Entry(.arabic, UInt16(c))
        case 0x700...0x74F, 0x780...0x7FF: Entry(.letter, UInt16(c))
        default: Entry(.sign)
        }
    }

    /// Classes above U+07FF; letters of other scripts keep their own form.
    static func high(_ c: UInt32) -> (kind: Class, folded: UInt32) {
        switch c {
        case 0x2028, 0x2029: (.line, 0)
        case 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: (.space, 0)
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF: (.ignored, 0)
        case 0x8A0...0x8C7: (.arabic, c)
        case 0x8D3...0x8FF: (.mark, 0)
        case 0xFE70...0xFE7F: (.mark, 0)
        case 0xFE80...0xFEF4: (.arabic, Entry(raw: low[Int(presentation[Int(c - 0xFE80)])]).folded)
        case 0x900...0x1FFF, 0x2C00...0x2DFF, 0x3040...0x9FFF, 0xA000...0xD7FF, 0xF900...0xFB1C, 0xFF21...0xFF3A,
            0xFF41...0xFF5A, 0x20000...0x3FFFF:
            (.letter, c)
        default: (.sign, 0)
        }
    }

    /// Lam with alef in one presentation form, the only ligatures that news pages really carry.
    static func isLamAlef(_ c: UInt32) -> Bool { (0xFEF5...0xFEFC).contains(c) }

    // U+00C0 to U+017F without accents and capitals (Unicode decompositions; æ, œ, ß, ø … by their first letter).
    private static let latin = Array(
        """
        aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggggggg\
        hhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs
        """.utf8
    ).map(UInt16.init)

    // U+FE80 to U+FEF4 as the letters they show.
    private static let presentation = Array(
        """
        ءآآأأؤؤإإئئئئااببببةةتتتتثثثثججججححححخخخخددذذررززسسسسششششصصصصضضضضططططظظظظععععغغغغففففققققككككللللممممنننن\
        ههههووىىيييي
        """.unicodeScalars
    ).map { $0.value }
}
