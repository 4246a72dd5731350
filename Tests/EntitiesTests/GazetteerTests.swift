import Testing

@testable import Entities

@Suite("Gazetteer")
struct GazetteerTests {
    @Test(
        "a bad line is refused with file, line and reason",
        arguments: [
            (#"{"id":"a","type":"PER""#, "list.jsonl:1: not JSON: "),
            (#"["a"]"#, "list.jsonl:1: expected an object, found a list"),
            (#"{"id":"a","type":"PER"}"#, "list.jsonl:1: the key \"name\" is missing"),
            (#"{"id":"","type":"PER","name":"حفتر"}"#, "list.jsonl:1: \"id\" is empty"),
            (#"{"id":"a","type":"PER","name":""}"#, "list.jsonl:1: \"name\" is empty"),
            (#"{"id":7,"type":"PER","name":"حفتر"}"#, "list.jsonl:1: \"id\": expected a string, found a number"),
            (
                #"{"id":"a","type":"MAN","name":"حفتر"}"#,
                "list.jsonl:1: unknown type \"MAN\"; types here: PER, LOC, ORG, EVENT, MISC"
            ),
            (
                #"{"id":"a","type":"DATE","name":"حفتر"}"#,
                "list.jsonl:1: unknown type \"DATE\"; types here: PER, LOC, ORG, EVENT, MISC"
            ),
            (
                #"{"id":"a","type":"PER","name":"حفتر","alias":[]}"#,
                "list.jsonl:1: unknown key \"alias\"; keys here: aliases, ambiguous, country, id, name, names, subtype, type, wikidata"
            ),
            (
                #"{"id":"a","type":"PER","name":"حفتر","aliases":[""]}"#,
                "list.jsonl:1: \"aliases\" holds an empty name"
            ),
            (
                #"{"id":"a","type":"PER","name":"حفتر","aliases":{"ar":[3]}}"#,
                "list.jsonl:1: \"aliases\": expected names, found a number"
            ),
            (
                #"{"id":"a","type":"PER","name":"حفتر","ambiguous":["خليفة"]}"#,
                "list.jsonl:1: \"ambiguous\" holds \"خليفة\", which is none of the names"
            ),
            (
                #"{"id":"a","type":"PER","name":"حفتر","aliases":["في"]}"#,
                "list.jsonl:1: the name \"في\" is a function word; every text would be full of it"
            ),
            (
                #"{"id":"a","type":"PER","name":"«»"}"#,
                "list.jsonl:1: the name \"«»\" has neither letter nor digit"
            ),
        ]
    )
    func refused(line: String, message: String) throws {
        let error = #expect(throws: GazetteerError.self) {
            try Gazetteer(sources: [("list.jsonl", Array(line.utf8))])
        }
        let problems = try #require(error?.problems)
        #expect(problems.count == 1)
        #expect(problems[0].description.hasPrefix(message))
    }

    @Test("all problems of all files are reported, blank lines counted")
    func together() throws {
        let first = """
            {"id":"a","type":"PER","name":"خليفة حفتر"}

            {"id":"a","type":"PER","name":"صدام حفتر"}
            """
        let second =
            "{\"id\":\"b\",\"type\":\"LOC\",\"name\":\"ليبيا\"}\r\n{\r\n{\"id\":\"a\",\"type\":\"LOC\",\"name\":\"سرت\"}\r\n"
        let error = #expect(throws: GazetteerError.self) {
            try Gazetteer(sources: [("one", Array(first.utf8)), ("two", Array(second.utf8))])
        }
        let texts = try #require(error?.problems.map(\.description))
        #expect(texts.count == 3)
        #expect(texts[0] == "one:3: the id \"a\" stands already at one:1")
        #expect(texts[1].hasPrefix("two:2: not JSON"))
        #expect(texts[2] == "two:3: the id \"a\" stands already at one:1")
    }

    @Test("an empty file is an empty gazetteer")
    func empty() throws {
        #expect(try Gazetteer(sources: [("none", [])]).count == 0)
        #expect(EntityTagger(gazetteer: Gazetteer(), options: TaggerOptions(model: nil)).tag("قال حفتر").isEmpty)
    }
}
