import Language
import Testing

@testable import Extraction

@Suite struct ChromePhrasesTests {
    @Test(arguments: [
        ("مقالات ذات صلة", "related_label"),
        ("مقالات ذات صلـــة", "related_label"),
        ("اترك تعليقاً", "comment_form"),
        ("أترك تعليقا", "comment_form"),
        ("لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *", "comment_form"),
        ("زر الذهاب إلى الأعلى", "navigation"),
        ("SHARE ON FACEBOOK", "share"),
        ("Share on Facebook (Opens in new window)", "share"),
        ("» Read also «", "related_label"),
        ("Alle Rechte vorbehalten.", "copyright"),
        ("Nous utilisons des cookies pour améliorer votre visite", "consent"),
        ("Etiketler", "tags"),
        ("جملہ حقوق محفوظ ہیں", "copyright"),
        ("Все права защищены", "copyright"),
        ("Skaitykite taip pat: kas laukia rytoj", "related_label"), ("Đăng nhập", "navigation"),
        ("Hopp til innhold", "navigation"), ("Czytaj więcej o wyborach", "related_label"),
        ("Leia também", "related_label"), ("Bản quyền thuộc về tòa soạn", "copyright"), ("版权所有 某报", "copyright"),
        ("When you purchase through links on our site, we may earn a commission.", "advertisement"),
        ("View this post on Instagram", "media"), ("Bildrechte: Hafenamt", "media"), ("Visa mer", "navigation"),
        ("Habari zinazohusiana", "related_label"), ("Tinggalkan komentar", "comment_form"),
    ])
    func namesTheReason(line: String, reason: String) {
        #expect(ScrapedTextCleaner.chromeReason(ofLine: line) == reason)
    }

    @Test(arguments: [
        "", " ", "أخبار", "Home", "Shared values and shared interests", "مقالات الرأي في صحف اليوم", "1", "2020",
        "We also read the letters that came", "Copyright reform passes parliament",
        "Fotografen gikk hjem", "View over the harbour at dawn", "Redakcja gazety wygrała proces",
        "Тема дня обсуждалась долго", "Delfinen i havna",
    ])
    func knowsNoReasonForOtherLines(line: String) {
        #expect(ScrapedTextCleaner.chromeReason(ofLine: line) == nil)
    }

    /// A phrase that folds to digits or to one letter would take lines of lists.
    @Test func noPhraseIsTooShortOrANumber() {
        for table in [
            ChromePhrasesArabic.table, ChromePhrasesEnglish.table, ChromePhrasesEuropean.table,
            ChromePhrasesAsian.table, ChromePhrasesFurther.table,
        ] {
            ChromePhraseReader(table).forEach { phrase, _, _, isPrefix in
                let folded = Folding.fold(phrase)
                #expect(!folded.isEmpty, "\(phrase)")
                #expect(!isPrefix || folded.contains { $0 &- 0x30 >= 10 && $0 != 0x20 }, "\(phrase)")
                #expect(folded.count <= ChromePhrases.reach, "\(phrase)")
            }
        }
    }

    @Test func everyLineOfTheTablesNamesAReason() {
        for table in [
            ChromePhrasesArabic.table, ChromePhrasesEnglish.table, ChromePhrasesEuropean.table,
            ChromePhrasesAsian.table, ChromePhrasesFurther.table,
        ] {
            var phrases = 0
            ChromePhraseReader(table).forEach { _, _, _, _ in phrases += 1 }
            let written = table.description.split(separator: "\n").map { $0.split(separator: "|").count }.reduce(0, +)
            #expect(phrases == written)
        }
    }
}
