import Testing

@testable import Entities

@Suite("Works in quotation marks")
struct WorkGrammarTests {
    @Test(
        "a name in quotation marks behind its kind",
        arguments: [
            ("عن فيلمه \"رمال من ذهب\" الحائز", ["رمال من ذهب"]), ("مسلسل «زنقة الريح»", ["زنقة الريح"]),
            ("في كتابها الجديد \"الخوف\"", ["الخوف"]), ("الناقلة \"أنوار ليبيا\" أفرغت", ["أنوار ليبيا"]),
            ("كتابة كلمات مثل \"فيديو\"", []), ("كتاب \":\" ثم", []), ("وقال كتاب إن \"الخوف\"", []),
            ("فيلم \"بلا نهاية", []),
        ] as [(String, [String])]
    )
    func reads(text: String, expected: [String]) {
        let tagger = EntityTagger(
            gazetteer: Gazetteer(),
            options: TaggerOptions(types: ["MISC"], model: nil)
        )
        #expect(tagger.tag(text).map(\.text) == expected)
    }
}
