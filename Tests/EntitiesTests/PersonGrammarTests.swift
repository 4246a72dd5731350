import Testing

@testable import Entities

@Suite("Persons behind titles")
struct PersonGrammarTests {
    @Test(
        "names the model may not know, cut where the name ends",
        arguments: [
            ("قال الرئيس التنفيذي فرحات بن قدارة إن", ["فرحات بن قدارة"]),
            ("وسجل محمد صلاح هدفين", ["محمد صلاح"]),
            ("وقال الناطق باسم الجهاز أسامة علي إن", ["أسامة علي"]),
            ("اجتمع باسم الحكومة", []), ("ووقعت سعاد سالم روايتها الجديدة", ["سعاد سالم"]),
            ("وصل وفد إلى سيدي بوزيد", []),
        ] as [(String, [String])]
    )
    func reads(text: String, expected: [String]) {
        let tagger = EntityTagger(gazetteer: Gazetteer(), options: TaggerOptions(types: ["PER"]))
        #expect(tagger.tag(text).map(\.text) == expected)
    }
}
