/// Words that say that a day still lies ahead: «سوف», «المقرر», a verb with س, a sentence that opens in the imperfect.
enum FutureCues {
    static func isOne(_ key: String, startsSentence: Bool) -> Bool {
        if words.contains(key) { return true }
        let letters = key.utf8.count / 2
        let bare = key.hasPrefix("و") ? key.dropFirst() : key[...]
        if letters >= 5, ["سي", "ست", "سن"].contains(where: bare.hasPrefix) { return true }
        guard startsSentence, letters >= 4 else { return false }
        return bare.hasPrefix("ي") || openings.contains(String(bare))
    }

    private static let words: Set<String> = [
        "سوف", "المقرر", "المزمع", "المنتظر", "المرتقب", "المتوقع", "متوقع", "يتوقع", "تتوقع", "اعتزامه", "يعتزم",
        "تعتزم", "مقررا",
        "مقرره", "المقرره", "المرتقبه", "will", "due", "expected", "scheduled",
    ]

    /// Verbs of the feminine imperfect; nouns begin with ت as often.
    private static let openings: Set<String> = [
        "تنطلق", "تبدا", "تستانف", "تعقد", "تستضيف", "تلعب", "تشهد", "تجري", "تقام", "تفتتح", "تحتضن", "تلتقي", "تواجه",
        "تصل",
        "تزور", "تنظم", "تجتمع", "تعلن", "تصدر",
    ]
}
