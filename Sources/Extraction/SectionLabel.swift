import Language

/// The name of a section as pages and scraped texts give it, without what is no section's name.
enum SectionLabel {
    /// Nil for a label that stands above articles of every section; of labels glued together, as some news systems write
    /// an article's categories («الشرق الاوسطرئيسي»), the first that says something.
    static func clean(_ text: String) -> String? {
        guard let line = PlainLine.plain(text), line.utf8.count <= 120 else { return nil }
        let folded = Folding.fold(line)
        if general.contains(folded) { return nil }
        // Labels that hold letters of one byte alone are never written without a space between them.
        guard folded.contains(where: { $0 >= 0xD8 }), !known.contains(folded) else { return line }
        return unglued(line, folded)
    }

    private static func unglued(_ line: String, _ folded: [UInt8]) -> String? {
        var parts: [[UInt8]] = []
        var rest = folded[...]
        while let label = gluedLabel(at: rest), !known.contains(Array(rest)) {
            parts.append(label)
            rest = rest.dropLast(label.count)
        }
        let isLabel = known.contains(Array(rest)) || general.contains(Array(rest))
        let isCertain = isLabel || parts.last.map { general.contains($0) } ?? false
        guard !parts.isEmpty, isCertain else { return line }
        if !general.contains(Array(rest)) { return beginning(of: line, thatFoldsTo: rest) }
        return parts.last { !general.contains($0) }.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The longest known label at the end that no space parts from the letters before it.
    private static func gluedLabel(at folded: ArraySlice<UInt8>) -> [UInt8]? {
        var best: [UInt8]?
        for label in glued where label.count + 6 <= folded.count && label.count > best?.count ?? 0 {
            guard folded.suffix(label.count).elementsEqual(label) else { continue }
            let before = folded.dropLast(label.count)
            // The article or a preposition belongs to the word: «الرئيسي».
            guard before.last != 0x20, !Self.articles.contains(where: { before.suffix($0.count).elementsEqual($0) })
            else { continue }
            best = label
        }
        return best
    }

    /// The shortest beginning of a label that folds to `folded`.
    private static func beginning(of line: String, thatFoldsTo folded: ArraySlice<UInt8>) -> String? {
        var end = line.startIndex
        while end < line.endIndex {
            end = line.index(after: end)
            if Folding.fold(String(line[..<end])).elementsEqual(folded) { return String(line[..<end]) }
        }
        return nil
    }

    private static let articles = ["ال", "وال", "لل", " و", " ب", " ل"].map { Array($0.utf8) }

    /// Labels above articles of every section, and what news systems write where nobody chose one.
    private static let general = table(
        """
        أخبار | الأخبار | اخبار | آخر الأخبار | كل الأخبار | جميع الأخبار | أهم الأخبار | عاجل | خبر عاجل | الرئيسية | رئيسي | \
        رئيسية | الصفحة الرئيسية | مميز | سلايدر | غير مصنف | بدون تصنيف | خبریں | اخبار مهم | \
        news | home | latest | latest news | breaking news | top stories | menu | search | featured | slider | headlines | \
        uncategorized | uncategorised | sin categoría | non classé | allgemein | unkategorisiert | без рубрики | \
        nachrichten | startseite | actualités | accueil | noticias | inicio | notizie | haberler | anasayfa | новости | главная
        """
    )

    /// Sections that Arabic outlets glue together.
    private static let known = table(
        """
        سياسة | السياسة | اقتصاد | الاقتصاد | رياضة | الرياضة | ثقافة | الثقافة | فنون | منوعات | صحة | الصحة | تعليم | التعليم | \
        تكنولوجيا | تقنية | علوم | تقارير | تحقيقات | حوارات | مقالات | آراء | الرأي | فيديو | دولي | دولية | دوليات | محلي | \
        محلية | محليات | عربي | عربية | عالمي | العالم | العالم العربي | مجتمع | المجتمع | المرأة | أسرة | سياحة | حوادث | قضايا | \
        ليبيا | أخبار ليبيا | الشرق الأوسط | الشرق | الغرب | الجنوب | الشمال | الوسط | مصر | تونس | الجزائر | المغرب | السودان | \
        سوريا | العراق | لبنان | اليمن | الخليج | فلسطين | تركيا | إيران | أوروبا | أفريقيا | آسيا | أمريكا | روسيا | طرابلس | \
        بنغازي | الأمن | بلديات | الطاقة | النفط | أعمال | أسواق | كرة القدم | صحافة | تحليلات | دراسات
        """
    )

    private static let glued = known.union(general).filter { $0.count >= 6 && $0.contains { $0 >= 0xD8 } }.sorted {
        $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count > $1.count
    }

    private static func table(_ labels: String) -> Set<[UInt8]> {
        Set(labels.split(separator: "|").map { Folding.fold(String($0)) })
    }
}
