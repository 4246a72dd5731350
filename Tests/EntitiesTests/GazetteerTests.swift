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
            (
                #"{"id":"a","type":"PER","name":"حفتر","aliases":["في"],"ambiguous":["في"]}"#,
                "list.jsonl:1: the name \"في\" is a function word; every text would be full of it"
            ),
            (
                #"{"id":"a","type":"PER","name":"م"}"#,
                "list.jsonl:1: the name \"م\" is a single letter; every text would be full of it"
            ),
            (
                #"{"id":"a","type":"PER","name":"x"}"#,
                "list.jsonl:1: the name \"x\" is a single letter; every text would be full of it"
            ),
            (
                #"{"id":"a","type":"PER","name":"خليفة\u0000حفتر"}"#,
                "list.jsonl:1: the name \"خليفة\u{FFFD}حفتر\" holds a control character"
            ),
            (
                #"{"id":"a","type":"PER","name":"\#(String(repeating: "ح", count: 501))"}"#,
                "list.jsonl:1: the name \"\(String(repeating: "ح", count: 60))…\" has more than 1000 bytes"
            ),
            (
                #"{"id":"a","type":"PER","name":"\#(String(repeating: "حفتر ", count: 25))"}"#,
                "list.jsonl:1: the name \"حفتر حفتر حفتر حفتر حفتر حفتر حفتر حفتر حفتر حفتر حفتر حفتر …\" has more than 24 words and signs"
            ),
            (
                "id,type,name\na,PER,حفتر\nb,PER,ماس",
                "list.jsonl:1: not JSON: "
            ),
            (
                "\"a\"\n\"b\"",
                "list.jsonl:1: expected an object, found a string; a gazetteer is JSON Lines, one {\"id\": …, \"type\": …, \"name\": …} a line"
            ),
            (
                #"{"id":"a","name":"حفتر"}"#,
                "list.jsonl:1: the key \"type\" is missing"
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

    @Test(
        "what editors and other systems leave in a file does no harm",
        arguments: [
            "\u{FEFF}{\"id\":\"a\",\"type\":\"PER\",\"name\":\"خليفة حفتر\"}\n{\"id\":\"b\",\"type\":\"LOC\",\"name\":\"سبها\"}",
            "{\"id\":\"a\",\"type\":\"PER\",\"name\":\"خليفة حفتر\"}\r\n\r\n{\"id\":\"b\",\"type\":\"LOC\",\"name\":\"سبها\"}\r\n",
            "  {\"id\":\"a\",\"type\":\"PER\",\"name\":\" خليفة\\tحفتر \"}\n\n{\"id\":\"b\",\"type\":\"LOC\",\"name\":\"سَبْها\",\"aliases\":[\"X\",\"سبها\"]}",
        ]
    )
    func forgiven(list: String) throws {
        let tagger = EntityTagger(
            gazetteer: try Gazetteer(sources: [("list", Array(list.utf8))]),
            options: TaggerOptions(model: nil)
        )
        #expect(tagger.tag("قال خليفة حفتر في سبها").map(\.id) == ["a", "b"])
    }

    @Test("no more problems are kept than anyone reads")
    func many() {
        let error = #expect(throws: GazetteerError.self) {
            try Gazetteer(sources: [("list", Array(String(repeating: "{\n", count: 5000).utf8))])
        }
        #expect(error?.problems.count == 100)
        #expect(error?.omitted == 4900)
    }

    @Test("a compiled gazetteer is read where it lies, and refused when it is damaged")
    func compiled() throws {
        let gazetteer = try LibyaGazetteerTests.gazetteers()
        let text = "قال خليفة حفتر في سبها إن وزارة الخارجية الروسية وبوتين"
        let bytes = gazetteer.withCompiled { Array($0) }
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        copy.copyBytes(from: bytes)
        nonisolated(unsafe) let owned = copy
        let read = try #require(Gazetteer(compiled: UnsafeRawBufferPointer(copy)) { owned.deallocate() })
        #expect(read.count == gazetteer.count)
        #expect(EntityTagger(gazetteer: read).tag(text) == EntityTagger(gazetteer: gazetteer).tag(text))
        for place in [0, 9, 17, 30, 64, bytes.count / 2, bytes.count - 1] {
            var damaged = bytes
            damaged[place] ^= 4
            damaged.withUnsafeBytes { #expect(Gazetteer(compiled: $0) {} == nil) }
        }
        for count in [0, 8, 63, bytes.count - 1] {
            bytes[..<count].withUnsafeBytes { #expect(Gazetteer(compiled: $0) {} == nil) }
        }
    }

    @Test("an empty file is an empty gazetteer")
    func empty() throws {
        #expect(try Gazetteer(sources: [("none", [])]).count == 0)
        #expect(EntityTagger(gazetteer: Gazetteer(), options: TaggerOptions(model: nil)).tag("قال حفتر").isEmpty)
    }
}
