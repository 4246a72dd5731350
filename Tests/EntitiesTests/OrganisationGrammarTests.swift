import Testing

@testable import Entities

@Suite("Names built by rule")
struct OrganisationGrammarTests {
    @Test(
        "organisations and events",
        arguments: [
            ("قالت وزارة الخارجية الروسية إن", ["وزارة الخارجية الروسية"]),
            ("ووزارة الدفاع أعلنت", ["وزارة الدفاع"]),
            ("وزارة الصحة والسكان المصرية", ["وزارة الصحة والسكان المصرية"]),
            ("باسم الخارجية الإيرانية", ["الخارجية الإيرانية"]),
            ("وزير الخارجية الإيراني", []), ("وزيرة الخارجية الليبية", []),
            ("الجيش السوداني والحكومة العراقية", ["الجيش السوداني", "الحكومة العراقية"]),
            ("القوات المسلحة المصرية", ["القوات المسلحة المصرية"]),
            ("مجلس النواب الأمريكي", ["مجلس النواب الأمريكي"]),
            ("صحيفة \"القدس العربي\" قالت", ["صحيفة \"القدس العربي\""]),
            ("جامعة بنغازي", ["جامعة بنغازي"]), ("قمة باريس", ["قمة باريس"]),
            ("كأس العالم 2022", ["كأس العالم"]), ("دوري أبطال أوروبا", ["دوري أبطال أوروبا"]),
            ("مهرجان قرطاج", ["مهرجان قرطاج"]),
            ("حركة السير", []), ("جامعة عمر المختار", ["جامعة عمر المختار"]), ("الحكومة قالت", []), ("الجيش", []),
            ("في شركة كبرى", []),
        ] as [(String, [String])]
    )
    func reads(text: String, expected: [String]) {
        let tagger = EntityTagger(gazetteer: Gazetteer(), options: TaggerOptions(types: ["ORG", "EVENT"]))
        #expect(tagger.tag(text).map(\.text) == expected)
    }

    @Test("the longer name wins over the place inside it")
    func nested() throws {
        let line = #"{"id":"benghazi","type":"LOC","name":"بنغازي"}"#
        let tagger = EntityTagger(gazetteer: try Gazetteer(sources: [("list", Array(line.utf8))]))
        #expect(
            tagger.tag("جامعة بنغازي في بنغازي").map { "\($0.type) \($0.text)" } == ["ORG جامعة بنغازي", "LOC بنغازي"]
        )
    }
}
