import Testing

@testable import Entities

@Suite("Names with their kind in front")
struct NamePhraseGrammarTests {
    static let lines = """
        {"id":"nasser","type":"PER","name":"جمال عبد الناصر"}
        {"id":"tripoli","type":"LOC","name":"طرابلس","country":"LY"}
        {"id":"benina","type":"LOC","name":"بنينا","country":"LY"}
        {"id":"benina-airport","type":"LOC","name":"مطار بنينا","country":"LY"}
        {"id":"ittihad","type":"ORG","name":"الاتحاد الليبي","ambiguous":["الاتحاد الليبي"],"country":"LY"}
        {"id":"nasr","type":"ORG","name":"النصر","ambiguous":["النصر"],"country":"LY"}
        {"id":"boeing","type":"ORG","name":"بوينغ"}
        {"id":"kaam","type":"LOC","name":"كعام","country":"LY"}
        """

    @Test(
        "the longer name takes in the name inside it, and its id only where it is the same thing",
        arguments: [
            ("في شارع جمال عبد الناصر وسط طرابلس", ["LOC شارع جمال عبد الناصر=nil", "LOC طرابلس=tripoli"]),
            ("على ملعب شهداء بنينا", ["LOC ملعب شهداء بنينا=nil"]),
            ("مدرسة جمال عبد الناصر", ["ORG مدرسة جمال عبد الناصر=nil"]),
            ("سكان حي الثانوية", ["LOC حي الثانوية=nil"]),
            ("مستشفى طرابلس الجامعي", ["ORG مستشفى طرابلس الجامعي=nil"]),
            ("محكمة جنايات طرابلس", ["ORG محكمة جنايات طرابلس=nil"]),
            ("مطار بنينا الدولي", ["LOC مطار بنينا الدولي=benina-airport"]),
            ("شركة بوينغ الأمريكية", ["ORG شركة بوينغ الأمريكية=boeing"]),
            ("في طرابلس أعلن الاتحاد الليبي للشطرنج", ["LOC طرابلس=tripoli", "ORG الاتحاد الليبي للشطرنج=nil"]),
            ("المعهد الوطني للإحصاء", ["ORG المعهد الوطني للإحصاء=nil"]),
            ("المحكمة العليا", ["ORG المحكمة العليا=nil"]),
            ("في وادي كعام", ["LOC وادي كعام=nil"]),
            ("حي الأندلس", ["LOC حي الأندلس=nil"]),
            ("أعلنت حركة العدل والمساواة", ["ORG حركة العدل والمساواة=nil"]),
            ("اتهم حزب السلام والازدهار", ["ORG حزب السلام والازدهار=nil"]),
            ("انسحبت كتيبة 301 واللواء 444 قتال", ["ORG كتيبة 301=nil", "ORG اللواء 444 قتال=nil"]),
            ("شركة بوينغ لتسويق النفط", ["ORG شركة بوينغ لتسويق النفط=nil"]),
        ] as [(String, [String])]
    )
    func reads(text: String, expected: [String]) throws {
        let tagger = EntityTagger(gazetteer: try Gazetteer(sources: [("list", Array(Self.lines.utf8))]))
        #expect(tagger.tag(text).map { "\($0.type) \($0.text)=\($0.id ?? "nil")" } == expected)
    }

    @Test(
        "ordinary nouns behind a head make no name, and a doubtful name that goes on is not linked",
        arguments: [
            "في مركز المدينة", "عقدت الشركة الليبية اجتماعا", "حقق النصر في طرابلس", "إلى ملعب المباراة",
            "مدير شركة الطيران",
            "مكتب الرئيس", "عن طريق سالم", "مجموعة عرقية", "وكالة للأنباء", "عملية جراحية", "وأدى الهجوم إلى",
            "تنظيم البطولة الوطنية", "قالت المحكمة الليبية", "كتيبة في الجنوب", "على قمة أقدم حزب",
        ]
    )
    func leaves(text: String) throws {
        let tagger = EntityTagger(
            gazetteer: try Gazetteer(sources: [("list", Array(Self.lines.utf8))]),
            options: TaggerOptions(model: nil)
        )
        #expect(tagger.tag(text).filter { $0.id != "tripoli" } == [])
    }
}
