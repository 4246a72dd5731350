import Language
import Testing

@testable import Entities

@Suite("Spelling variants")
struct SpellingVariantTests {
    private static let lists = """
        {"id":"guterres","type":"PER","name":"أنطونيو غوتيريش"}
        {"id":"lavrov","type":"PER","name":"سيرغي لافروف"}
        {"id":"kalin","type":"PER","name":"إبراهيم قالن"}
        {"id":"brother","type":"PER","name":"خليل كالين"}
        {"id":"jabir","type":"PER","name":"سالم قابر"}
        """

    private static func key(_ word: String) -> UInt64? {
        var word = word
        return word.withUTF8 { utf8 in
            SpellingVariant.key(Document(utf8: utf8, words: WordForms(automaton: Gazetteer().automaton)), 0)
        }
    }

    @Test(
        "spellings of one name share a key, other names do not",
        arguments: [
            ("سيرجي", "سيرغي", true), ("غوتيريش", "جوتيريس", true), ("قالن", "كالين", true),
            ("غريفيث", "جريفيث", true), ("لافروف", "لاوروف", false), ("حفتر", "جعفر", false), ("ماس", "ميس", false),
        ]
    )
    func keys(a: String, b: String, areAlike: Bool) {
        #expect((Self.key(a) != nil && Self.key(a) == Self.key(b)) == areAlike)
    }

    /// Links the person at the last words of a text, as the model would find one there.
    private static func link(_ text: String, words: Int) throws -> String? {
        let gazetteer = try Gazetteer(sources: [("list", Array(lists.utf8))])
        let tagger = ListTagger(gazetteer: gazetteer)
        var text = text
        return text.withUTF8 { utf8 in
            let document = Document(utf8: utf8, words: WordForms(automaton: gazetteer.automaton))
            let evidence = tagger.tag(document, title: nil).evidence
            let count = document.tokens.count
            let span = Span(first: count - words, end: count, type: .person, source: .model)
            let entry = tagger.linked(span, document, evidence).entry
            return entry >= 0 ? gazetteer.entries[Int(entry)].id : nil
        }
    }

    @Test(
        "another spelling is linked where the article names its holder, and never without",
        arguments: [
            ("قال أنطونيو غوتيريش إن الأمر خطير وأضاف جوتيريس", 1, "guterres"),
            ("قال أنطونيو غوتيريش ثم وصل أنطونيو جوتيريس", 2, "guterres"),
            ("التقى إبراهيم قالن الوفد ثم قال كالين", 1, "kalin"),
            ("وأضاف جوتيريس", 1, nil), ("وصل أنطونيو جوتيريس", 2, nil),
            // Another first name is another person.
            ("قال أنطونيو غوتيريش ثم وصل ماريا جوتيريس", 2, nil),
            // Two holders of one skeleton.
            ("التقى إبراهيم قالن و خليل كالين الوفد ثم قال غالين", 1, nil),
            // A name of its own.
            ("قال سالم قابر ثم وصل جابر", 1, nil),
        ] as [(String, Int, String?)]
    )
    func links(text: String, words: Int, id: String?) throws {
        #expect(try Self.link(text, words: words) == id)
    }
}
