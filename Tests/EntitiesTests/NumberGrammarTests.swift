import Testing

@testable import Entities

@Suite("Numbers")
struct NumberGrammarTests {
    @Test(
        "numbers, measures, money and percentages",
        arguments: [
            ("أكثر من 16 ألف ليبي", ["NUMBER 16 ألف=16000"]),
            ("مسافة 72 كيلومترا جنوب", ["NUMBER 72 كيلومترا=72"]),
            ("قتل 1000 وأصيب 5,000", ["NUMBER 1000=1000", "NUMBER 5,000=5000"]),
            ("1.5 مليون برميل", ["NUMBER 1.5 مليون برميل=1500000"]),
            ("خمسة وعشرون شخصا", ["NUMBER خمسة وعشرون=25"]),
            ("ثلاثة آلاف مقاتل", ["NUMBER ثلاثة آلاف=3000"]),
            ("خمسة عشر جنديا", ["NUMBER خمسة عشر=15"]),
            ("مليون و200 ألف", ["NUMBER مليون و200 ألف=1200000"]),
            ("مئة وخمسين ألف", ["NUMBER مئة وخمسين ألف=150000"]),
            ("بخمسة ملايين دولار أمريكي", ["MONEY خمسة ملايين دولار أمريكي=5000000"]),
            ("3 مليارات دينار", ["MONEY 3 مليارات دينار=3000000000"]),
            ("$5 million", ["MONEY $5 million=5000000"]), ("5€", ["MONEY 5€=5"]),
            ("بنسبة 3.5 في المئة", ["PERCENT 3.5 في المئة=3.5"]), ("٢٠٪", ["PERCENT ٢٠٪=20"]),
            ("20 بالمئة", ["PERCENT 20 بالمئة=20"]), ("%15", ["PERCENT %15=15"]),
            ("اثني عشر يوما", ["NUMBER اثني عشر=12"]), ("six mille", ["NUMBER six mille=6000"]), ("أحد الأطراف", []),
            ("واحد", []),
            ("مئتا عامل", ["NUMBER مئتا=200"]), ("خمسا وعشرين فرقة", ["NUMBER خمسا وعشرين=25"]),
            ("20 مليون متر مكعب", ["NUMBER 20 مليون متر مكعب=20000000"]), ("40 سنتا", ["MONEY 40 سنتا=40"]),
            ("نصف مليار يورو", ["MONEY نصف مليار يورو=500000000"]), ("نصف السكان", []),
            ("مليارا ونصف المليار", ["NUMBER مليارا ونصف المليار=1500000000"]),
            ("3 ملايين ونصف مليون دولار", ["MONEY 3 ملايين ونصف مليون دولار=3500000"]),
            ("واحدا ونصفا بالمئة", ["PERCENT واحدا ونصفا بالمئة=1.5"]), ("هتف للآلاف", []), ("ملايين السكان", []),
            ("the 1960s", []),
            ("a 20-dinar note", []), ("الساعة 10 صباحا", []), ("قبل ثلاثة أيام", []),
            ("10:30", []), ("لجنة 5+5", []),
            ("99999999999999999999999999", []),
        ] as [(String, [String])]
    )
    func reads(text: String, expected: [String]) {
        let tagger = EntityTagger(
            gazetteer: Gazetteer(),
            options: TaggerOptions(types: ["NUMBER", "MONEY", "PERCENT"])
        )
        #expect(tagger.tag(text).map { "\($0.type) \($0.text)=\($0.value ?? "nil")" } == expected)
    }

    @Test("a clitic stays outside")
    func clitic() {
        let mention = EntityTagger(gazetteer: Gazetteer()).tag("بخمسة ملايين دولار").first
        #expect(mention?.start == 1)
        #expect(mention?.clitic == "ب")
    }
}
