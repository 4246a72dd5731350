import Testing

@testable import Entities

@Suite("Entity model")
struct EntityModelTests {
    @Test("the model of the program is whole")
    func bundled() throws {
        let model = try #require(EntityModel.bundled)
        #expect(model.layout.words > 10_000)
        #expect(model.layout.count < 10_000_000)
    }

    @Test("bytes that are no model are refused", arguments: [0, 7, 64, 5000])
    func damaged(count: Int) throws {
        #expect(throws: EntityModelError.self) { try EntityModel(bytes: [UInt8](repeating: 0, count: count)) }
        let header = Array("etl-ner3".utf8) + [0, 0, 16, 0, 0, 0, 16, 0, 255, 255, 255, 255, 1, 0, 0, 0]
        #expect(throws: EntityModelError.self) {
            try EntityModel(bytes: header + [UInt8](repeating: 1, count: count))
        }
    }

    @Test(
        "names that no list holds",
        arguments: [
            (
                "وقال رئيس الوزراء البريطاني ديفيد كاميرون إن بلاده ستدعم أوكرانيا.",
                ["PER ديفيد كاميرون", "LOC أوكرانيا"]
            ),
            (
                "التقى الرئيس جاك شيراك ونظيره الألماني غيرهارد شرودر في باريس.",
                ["PER جاك شيراك", "PER غيرهارد شرودر", "LOC باريس"]
            ),
            ("وصل كوفي أنان إلى بيروت قادما من دمشق.", ["PER كوفي أنان", "LOC بيروت", "LOC دمشق"]),
        ] as [(String, [String])]
    )
    func unknown(text: String, expected: [String]) {
        let found = EntityTagger(gazetteer: Gazetteer()).tag(text)
        #expect(found.map { "\($0.type) \($0.text)" } == expected)
        #expect(found.allSatisfy { $0.id == nil && $0.source == "model" })
    }

    @Test("without a model only list and grammar speak")
    func none() {
        let tagger = EntityTagger(gazetteer: Gazetteer(), options: TaggerOptions(model: nil))
        #expect(tagger.tag("وصل كوفي أنان إلى بيروت.").isEmpty)
    }

    @Test(
        "clitics of names that no list holds",
        arguments: [
            ("اجتمع الرئيس باراك أوباما والمستشارة أنجيلا ميركل. وقال أوباما وميركل إن ذلك مهم.", "و", "ميركل"),
            ("زار وليد المعلم دمشق.", nil, "وليد المعلم"),
        ] as [(String, String?, String)]
    )
    func clitics(text: String, clitic: String?, name: String) throws {
        let found = EntityTagger(gazetteer: Gazetteer()).tag(text)
        let mention = try #require(found.last { $0.text == name })
        #expect(mention.clitic == clitic)
    }
}
