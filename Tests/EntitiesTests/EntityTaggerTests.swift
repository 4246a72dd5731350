import Testing

@testable import Entities

@Suite("Entity tagger")
struct EntityTaggerTests {
    static let lines = """
        {"id":"haftar","type":"PER","name":"خليفة حفتر","aliases":["حفتر"],"names":{"en":"Khalifa Haftar"}}
        {"id":"saddam","type":"PER","name":"صدام حفتر"}
        {"id":"kalin","type":"PER","name":"إبراهيم قالن","aliases":["كالين","إبراهيم كالين"]}
        {"id":"putin","type":"PER","name":"فلاديمير بوتين","aliases":["بوتين"]}
        {"id":"maas","type":"PER","name":"هايكو ماس","aliases":["ماس"],"ambiguous":["ماس"]}
        {"id":"libya","type":"LOC","name":"ليبيا","names":{"en":"Libya"},"country":"LY"}
        {"id":"tripoli","type":"LOC","name":"طرابلس","country":"LY"}
        {"id":"sirte","type":"LOC","name":"سرت","ambiguous":["سرت"],"country":"LY"}
        {"id":"khoms","type":"LOC","name":"الخمس","ambiguous":["الخمس"],"country":"LY"}
        {"id":"mali","type":"LOC","name":"مالي","ambiguous":["مالي"]}
        {"id":"un","type":"ORG","name":"الأمم المتحدة","aliases":["منظمة الأمم المتحدة"]}
        {"id":"tass","type":"ORG","name":"وكالة تاس","aliases":["وكالة تاس الروسية للأنباء"]}
        {"id":"jazeera","type":"ORG","name":"الجزيرة","ambiguous":["الجزيرة"]}
        {"id":"ap","type":"ORG","name":"AP"}
        {"id":"deby-father","type":"PER","name":"إدريس ديبي","aliases":["ديبي"]}
        {"id":"deby-son","type":"PER","name":"محمد ديبي","aliases":["ديبي"]}
        """

    static func tagger(model: EntityModel? = nil) throws -> EntityTagger {
        EntityTagger(
            gazetteer: try Gazetteer(sources: [("list", Array(lines.utf8))]),
            options: TaggerOptions(model: model)
        )
    }

    @Test(
        "names, clitics, quotation marks and cues",
        arguments: [
            ("قال خليفة حفتر", ["خليفة حفتر=haftar"]),
            ("وبوتين لليبيا بطرابلس", ["و|بوتين=putin", "ل|ليبيا=libya", "ب|طرابلس=tripoli"]),
            ("وفقًا للأمم المتحدة", ["ل|لأمم المتحدة=un"]),
            ("وأضاف كالين", ["كالين=kalin"]),
            ("وَفلاديمِير بُوتين", ["و|فلاديمِير بُوتين=putin"]),
            (#"وكالة "تاس" الروسية للأنباء"#, [#"وكالة "تاس" الروسية للأنباء=tass"#]),
            ("وكالة “تاس” قالت", ["وكالة “تاس”=tass"]),
            ("وكالة “تاس قالت", []),
            ("سرت في الطريق", []),
            ("في مدينة سرت", ["سرت=sirte"]),
            ("انسحب من سرت", ["سرت=sirte"]),
            ("طرابلس وسرت", ["طرابلس=tripoli", "و|سرت=sirte"]),
            ("سرت-طرابلس", ["سرت=sirte", "طرابلس=tripoli"]),
            ("في الخمس سنوات", []),
            ("مدينة الخمس غرب ليبيا", ["الخمس=khoms", "ليبيا=libya"]),
            ("دعم مالي كبير", []), ("القتال في مالي", ["مالي=mali"]),
            ("ذكرت قناة الجزيرة", ["قناة الجزيرة=jazeera"]), ("سكان الجزيرة", []),
            ("قال ماس", []), ("هايكو ماس وصل ثم قال ماس", ["هايكو ماس=maas", "ماس=maas"]),
            ("وقال صدام حفتر. وأضاف حفتر", ["صدام حفتر=saddam", "حفتر=saddam"]),
            ("قال حفتر وصدام حفتر وخليفة حفتر", ["حفتر=haftar", "و|صدام حفتر=saddam", "و|خليفة حفتر=haftar"]),
            // Two persons of one name: whom the article names in full, else nobody's id.
            ("قال ديبي", ["ديبي=nil"]), ("محمد ديبي وصل ثم قال ديبي", ["محمد ديبي=deby-son", "ديبي=deby-son"]),
            ("Khalifa Haftar in Libya, AP says", ["Khalifa Haftar=haftar", "Libya=libya", "AP=ap"]),
            ("the ap of libya", []),
            ("خليفة\nحفتر", ["حفتر=haftar"]),
        ] as [(String, [String])]
    )
    func tags(text: String, expected: [String]) throws {
        let found = try Self.tagger().tag(text).map {
            ($0.clitic.map { $0 + "|" } ?? "") + $0.text + "=" + ($0.id ?? "nil")
        }
        #expect(found == expected)
    }

    @Test("the title is a second cue")
    func title() throws {
        let tagger = try Self.tagger()
        #expect(tagger.tag("قال ماس").isEmpty)
        #expect(tagger.tag("قال ماس", title: "هايكو ماس في برلين").map(\.id) == ["maas"])
    }

    @Test("types and link are options")
    func options() throws {
        let gazetteer = try Gazetteer(sources: [("list", Array(Self.lines.utf8))])
        let places = EntityTagger(gazetteer: gazetteer, options: TaggerOptions(types: ["LOC"], link: false))
        let found = places.tag("بوتين في ليبيا")
        #expect(found.map(\.text) == ["ليبيا"])
        #expect(found[0].id == nil && found[0].name == nil && found[0].source == "list")
    }

    @Test("every mention slices back, in order and without overlap", arguments: 0..<300)
    func slices(seed: UInt64) throws {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let parts = [
            "خليفة حفتر", "حفتر", "وب", "ل", "للأمم المتحدة", "طرابلس", " ", " ", "\n", "«", "»", "\"", "َ", "ّ", "ـ",
            "\u{200F}",
            "🇱🇾", "é", "وكالة \"تاس\" الروسية للأنباء", "مدينة سرت", "-", "و", "ف", "ك", "5,000", "٪", "x", "\u{FEFB}",
            "شارع", "الاتحاد", "الليبي", "للشطرنج", "مستشفى", "الملك", "قال", "الرئيس", "عبد", "بن", "أحمد", "قبل",
            "يومين", "مساء",
            "الأربعاء", "هذا", "العام", "أمس", "الأول", "University", "of", "Tripoli", "last", "Friday", "la",
            "semaine",
            "dernière", "2-1", "20-dinar", "ملايين", "لوسيل", "جهاز", "والطوارئ", "الإسعاف", "نادي", "الرياضي", "مطار",
            "أبو", "وكالة",
            "الوطني", "للأرصاد", "2020", "/", ":", "11 300", "de", "dollars", "ستولتنبرغ", "سيفتتح",
        ]
        let text = (0..<60).map { _ in parts[next(parts.count)] + (next(3) == 0 ? " " : "") }.joined()
        let scalars = Array(text.unicodeScalars)
        var last = 0
        for mention in try Self.tagger(model: .bundled).tag(text) {
            #expect(mention.start >= last && mention.end > mention.start)
            last = mention.end
            var slice = String.UnicodeScalarView()
            slice.append(contentsOf: scalars[mention.start..<mention.end])
            // Compared byte for byte: == would take canonically equal strings for the same.
            #expect(Array(String(slice).utf8) == Array(mention.text.utf8))
        }
    }
}
