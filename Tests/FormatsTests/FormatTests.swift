import Testing

@testable import Formats

struct FormatTests {
    @Test(
        "the suffix tells the format and the packing",
        arguments: [
            ("a.txt", .text, .none), ("a.TXT", .text, .none), ("a.html.gz", .html, .gzip), ("a.htm", .html, .none),
            ("x/a.jsonl.zst", .jsonl, .zstd),
            ("a.ndjson.ZSTD", .jsonl, .zstd), ("a.csv", .csv, .none), ("a.tsv", .csv, .none), ("a", nil, .none),
            ("a.gz", nil, .gzip),
            ("a.pdf", nil, .none), ("x.html/a", nil, .none), ("", nil, .none), ("خبر.txt", .text, .none),
        ] as [(String, Format?, Compression)]
    )
    func named(path: String, format: Format?, compression: Compression) {
        #expect(Format.named(by: path) == format)
        #expect(Compression.named(by: path) == compression)
    }

    @Test(
        "the first bytes tell the format where the name does not",
        arguments: [
            ("{\"a\":1}", .jsonl), ("\u{FEFF} \n{", .jsonl), ("<!DOCTYPE HTML>", .html), ("\n<html lang=ar>", .html),
            ("<?xml version=\"1.0\"?><html>", .html), ("<p>", .text), ("خبر", .text), ("", .text),
        ] as [(String, Format)]
    )
    func sniffed(head: String, format: Format) throws {
        #expect(Format.sniffed(from: Array(head.utf8)) == format)
        let folder = try TestFolder()
        #expect(try folder.input("a", head).format == format)
        #expect(try folder.input("b.gz", Packing.gzip.pack(Array(head.utf8))).format == format)
    }

    @Test("a format that is given is not told from the name")
    func given() throws {
        let folder = try TestFolder()
        #expect(outcomes([try folder.input("a.log", "{\"id\":\"1\"}", format: .jsonl)]) == ["kept 1"])
        #expect(outcomes([try folder.input("a.jsonl", "{\"id\":\"1\"}", format: .text)]) == ["kept {\"id\":\"1\"}"])
    }
}
