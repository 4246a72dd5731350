import Language

/// What the spellings of a foreign name in Arabic have in common: سيرجي and سيرغي, غوتيريش and جوتيريس, قالن and كالين.
///
/// Letters that stand for one foreign sound are alike, long vowels and double letters do not count. Different names
/// share a key often enough that it never is a proof; see ``ListTagger``.
enum SpellingVariant {
    /// Shorter skeletons fit too many names.
    private static let minConsonants = 3

    /// The key of a token, behind `letters` letters of its clitics; nil for one that is too short or not Arabic.
    static func key(_ document: Document, _ index: Int, letters: Int = 0) -> UInt64? {
        let token = document.tokens[index]
        guard token.kind == .arabic else { return nil }
        let first = Int(token.keyStart) + 2 * letters
        var key: UInt64 = 0
        var count = 0
        var last: UInt8 = 0
        for i in stride(from: first, to: Int(token.keyEnd) - 1, by: 2) {
            let keys = document.list.keys
            let sound = sound(UInt16(keys[i]) << 8 | UInt16(keys[i + 1]))
            defer { last = sound }
            guard sound != 0, sound != last else { continue }
            key = TokenHash.join(key, UInt64(sound))
            count += 1
        }
        return count >= minConsonants ? key : nil
    }

    /// 0 for a long vowel, and for the heh that may end a name in its place.
    private static func sound(_ letter: UInt16) -> UInt8 {
        switch letter {
        // ا و ي ه ء ع
        case 0xD8A7, 0xD988, 0xD98A, 0xD987, 0xD8A1, 0xD8B9: 0
        // ج غ ق ك
        case 0xD8AC, 0xD8BA, 0xD982, 0xD983: 1
        // س ش ص ث
        case 0xD8B3, 0xD8B4, 0xD8B5, 0xD8AB: 2
        // ت ط
        case 0xD8AA, 0xD8B7: 3
        // د ذ ض
        case 0xD8AF, 0xD8B0, 0xD8B6: 4
        // ز ظ
        case 0xD8B2, 0xD8B8: 5
        // ب, ح خ, ر, ف, ل, م, ن
        case 0xD8A8: 6
        case 0xD8AD, 0xD8AE: 7
        case 0xD8B1: 8
        case 0xD981: 9
        case 0xD984: 10
        case 0xD985: 11
        case 0xD986: 12
        default: 13
        }
    }
}
