import Testing

@testable import Deduplication

struct TitleWordsTests {
    @Test(arguments: [
        ("الرئيس يزور طرابلس", "طرابلس: الرئيسُ يزور بنغازي", 3, 3),
        ("الرئيس يزور طرابلس", "الوزير في مصر", 0, 1),
        ("أسعار 2026", "أسعار 2025", 1, 1),
        ("The minister in Tripoli", "Minister leaves Tripoli today", 2, 2),
        ("", "الرئيس يزور طرابلس", 0, 0),
        ("١٢ ٣ في", "الرئيس", 0, 0),
    ])
    func sharedWords(a: String, b: String, shared: Int, whole: Int) {
        for share in [TitleWords(a).shared(with: TitleWords(b)), TitleWords(b).shared(with: TitleWords(a))] {
            #expect(share.shared == shared)
            #expect(share.whole == whole)
        }
    }
}
