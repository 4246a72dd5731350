import Testing

@testable import Extraction

@Suite struct SectionLabelTests {
    @Test(arguments: [
        // Categories that were written without a space between them.
        ("الشرق الاوسطرئيسي", "الشرق الاوسط"), ("الجنوبتعليمرئيسي", "الجنوب"), ("رئيسيليبيا", "ليبيا"),
        ("صحة عامةرئيسي", "صحة عامة"), ("اقتصادطاقة متجددة", "اقتصادطاقة متجددة"),
        // Words that only end like a label.
        ("الموضوع الرئيسي", "الموضوع الرئيسي"), ("ثقافة ورياضة", "ثقافة ورياضة"), ("والرياضة", "والرياضة"),
        ("الرياضة", "الرياضة"), ("ليبيا", "ليبيا"), ("Business", "Business"),
        ("Politics &amp; Society", "Politics & Society"),
    ])
    func label(text: String, section: String) {
        #expect(SectionLabel.clean(text) == section)
    }

    @Test(arguments: ["featured", "Uncategorized", "غير مصنف", "أخبار", "الرئيسية", "رئيسي", "أخباررئيسي", "  "])
    func labelsOfEverySectionSayNothing(text: String) {
        #expect(SectionLabel.clean(text) == nil)
    }
}
