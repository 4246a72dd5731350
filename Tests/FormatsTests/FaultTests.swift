import Hashing
import JSON
import Testing

@testable import Formats
@testable import Pipeline

/// Hostile and broken inputs, by their rows in the list of faults that the product outlives.
struct FaultTests {
    private static func lines(_ range: Range<Int>) -> String {
        range.map { "{\"id\":\"\($0)\",\"text\":\"\(String(repeating: "x\($0)", count: 50))\"}\n" }.joined()
    }

    private static func kept(_ range: Range<Int>) -> [String] { range.map { "kept \($0)" } }

    @Test(
        "row 7: a truncated stream keeps the records before the cut, and the next file is read",
        arguments: [Packing.gzip, .zstd]
    )
    func truncated(packing: Packing) throws {
        let folder = try TestFolder()
        let packed = packing.pack(Array(Self.lines(0..<5000).utf8))
        let cut = try folder.input("a.jsonl" + packing.suffix, Array(packed.prefix(packed.count - 12)))
        let next = try folder.input("b.jsonl", Self.lines(5000..<5001))
        let found = outcomes([cut, next])
        #expect(found.last == "kept 5000")
        #expect(found.dropLast().last?.hasPrefix("truncated_\(packing)") == true)
        #expect(found.count > 1000)
        #expect(Array(found.dropLast(2)) == Self.kept(0..<found.count - 2))
        let batch = ingest([cut])
        #expect(batch.finished.first?.sha256 == SHA256.hash(Array(packed.prefix(packed.count - 12))))
    }

    @Test("row 7: an empty packed file is no whole one", arguments: [Packing.gzip, .zstd])
    func emptyPacked(packing: Packing) throws {
        let folder = try TestFolder()
        #expect(outcomes([try folder.input("a.jsonl" + packing.suffix, "")]) == ["truncated_\(packing) @0"])
        #expect(outcomes([try folder.input("a.txt" + packing.suffix, "")]) == ["truncated_\(packing) @0"])
    }

    @Test("row 7: a wrong checksum keeps all records that came before it")
    func checksum() throws {
        let folder = try TestFolder()
        let bytes = Array(Self.lines(0..<10).utf8)
        var gzip = Packing.gzipped(bytes)
        gzip[gzip.count - 8] ^= 0xFF
        #expect(
            outcomes([try folder.input("a.jsonl.gz", gzip)]) == Self.kept(0..<10) + ["corrupt_gzip @\(bytes.count)"]
        )
        var zstd = Packing.zstandard([bytes], checksum: true)
        zstd[zstd.count - 1] ^= 0xFF
        #expect(
            outcomes([try folder.input("a.jsonl.zst", zstd)]) == Self.kept(0..<10) + ["corrupt_zstd @\(bytes.count)"]
        )
    }

    @Test("row 7: junk behind the end, several members, padding")
    func members() throws {
        let folder = try TestFolder()
        let one = Array(Self.lines(0..<3).utf8)
        let two = Array(Self.lines(3..<5).utf8)
        for packing in [Packing.gzip, .zstd] {
            let both = packing.pack(one) + packing.pack(two)
            #expect(outcomes([try folder.input("a.jsonl" + packing.suffix, both)]) == Self.kept(0..<5))
            let junk = try folder.input("a.jsonl" + packing.suffix, both + Array("not packed".utf8))
            #expect(outcomes([junk]) == Self.kept(0..<5) + ["corrupt_\(packing) @\(one.count + two.count)"])
        }
        let padded = Packing.gzip.pack(one) + [UInt8](repeating: 0, count: 1000)
        #expect(outcomes([try folder.input("a.jsonl.gz", padded)]) == Self.kept(0..<3))
        #expect(outcomes([try folder.input("a.jsonl.gz", Self.lines(0..<3))]) == ["corrupt_gzip @0"])
    }

    @Test("zstd blocks of any size come out whole", arguments: [1, 1000, 99_991, 131_071])
    func blocks(size: Int) throws {
        let folder = try TestFolder()
        let bytes = Array(Self.lines(0..<6000).utf8)
        let pieces = stride(from: 0, to: bytes.count, by: size == 1 ? bytes.count : size).map {
            Array(bytes[$0..<min($0 + size, bytes.count)])
        }
        let packed = size == 1 ? Packing.zstandard([bytes]) : Packing.zstandard(pieces)
        #expect(outcomes([try folder.input("a.jsonl.zst", packed)]) == Self.kept(0..<6000))
    }

    @Test("row 8: one invalid byte costs its own line and is named by its offset", arguments: [1, 3, 100])
    func invalidByte(size: Int) throws {
        let folder = try TestFolder()
        let first = "{\"id\":\"1\"}\n"
        let bytes = Array("\(first){\"id\":\"ل".utf8) + [0xD9, 0x22, 0x7D, 0x0A] + Array("{\"id\":\"3\"}\n".utf8)
        let place = first.utf8.count + 9
        #expect(
            outcomes([try folder.input("a.jsonl", bytes)], batch: size) == [
                "kept 1", "invalid_utf8 @\(place)", "kept 3",
            ]
        )
        let csv = Array("id,text\n1,a\n2,".utf8) + [0xD9] + Array("\n3,b\n".utf8)
        #expect(outcomes([try folder.input("a.csv", csv)], batch: size) == ["kept 1", "invalid_utf8 @14", "kept 3"])
    }

    @Test(
        "row 10: a line over the limit costs one entry, wherever it ends",
        arguments: [1000, 1001, 5000, 262_144, 600_000]
    )
    func longLine(length: Int) throws {
        let folder = try TestFolder()
        let long = "{\"id\":\"2\",\"text\":\"" + String(repeating: "x", count: length) + "\"}"
        let file = try folder.input("a.jsonl", "{\"id\":\"1\"}\n\(long)\n{\"id\":\"3\"}\n")
        #expect(outcomes([file], maxRecordBytes: 1000) == ["kept 1", "record_too_large @11", "kept 3"])
        #expect(outcomes([file], maxRecordBytes: long.utf8.count) == ["kept 1", "kept 2", "kept 3"])
        #expect(outcomes([file], maxRecordBytes: long.utf8.count - 1) == ["kept 1", "record_too_large @11", "kept 3"])
        let csv = try folder.input("a.csv", "id,text\n1,a\n2,\(String(repeating: "x", count: length))\n3,b\n")
        #expect(outcomes([csv], maxRecordBytes: 1000) == ["kept 1", "record_too_large @12", "kept 3"])
        #expect(outcomes([csv], maxRecordBytes: length + 2) == ["kept 1", "kept 2", "kept 3"])
    }

    @Test("row 10: an endless line, and a whole file over the limit")
    func endless() throws {
        let folder = try TestFolder()
        let endless = String(repeating: "x", count: 3_000_000)
        #expect(outcomes([try folder.input("a.jsonl", endless)], maxRecordBytes: 2000) == ["record_too_large @0"])
        #expect(
            outcomes([try folder.input("a.csv", "id,text\n" + endless)], maxRecordBytes: 2000) == [
                "record_too_large @8"
            ]
        )
        #expect(outcomes([try folder.input("a.txt", endless)], maxRecordBytes: 2000) == ["record_too_large @2000"])
        #expect(outcomes([try folder.input("a.txt", "short")], maxRecordBytes: 5) == ["kept short"])
    }

    @Test("row 11: NUL, control characters, surrogates and bidi marks are kept or replaced by rule, JSON out is valid")
    func oddCharacters() throws {
        let folder = try TestFolder()
        let line =
            #"{"id":"1","text":"a\u0000\u001f\ud800b\u202e\u200c\ufffe","x":"\ud83d","y":["\ud83d\ude00",1e400,{"z":"\udc00"}]}"#
        let batch = ingest([try folder.input("a.jsonl", line)])
        let article = try #require(batch.articles.first?.article)
        #expect(
            Array(article.text.unicodeScalars) == Array("a\u{0}\u{1F}\u{FFFD}b\u{202E}\u{200C}\u{FFFE}".unicodeScalars)
        )
        #expect(article.extra.map(\.json) == ["\"\u{FFFD}\"", "[\"😀\",1e400,{\"z\":\"\u{FFFD}\"}]"])
        var writer = JSONWriter()
        ArticleJSONWriter.append(article, to: &writer)
        #expect(throws: Never.self) { _ = try JSONValue(parsing: writer.bytes) }
    }

    @Test("row 11: what was one line stays one line")
    func lineEndsInside() throws {
        let folder = try TestFolder()
        let batch = ingest([try folder.input("a.jsonl", "{\"id\":\"1\",\"x\":[1,\r2,\"\u{2028}\"]}\n")])
        #expect(batch.articles.first?.article.extra.map(\.json) == [#"[1,2,"\u2028"]"#])
    }

    @Test(
        "row 12: line ends of every kind make no record too many or too few",
        arguments: [
            ("1\n2\n3\n", 3), ("1\n2\n3", 3), ("1\r\n2\r\n3\r\n", 3), ("1\r2\r3\r", 3), ("1\r2\r3", 3),
            ("1\n\n\r\n2\n \t\n3\n\n", 3), ("1\r\n2\n3\r\n", 3),
            ("\u{FEFF}1\n\u{FEFF}2\n3\n", 3), ("1", 1), ("1\r", 1), ("1\n", 1),
        ]
    )
    func lineEnds(pattern: String, count: Int) throws {
        let folder = try TestFolder()
        func fill(_ record: (String) -> String) -> String {
            ["1", "2", "3"].reduce(pattern) { text, number in
                text.unicodeScalars.reduce(into: "") { $0 += String($1) == number ? record(number) : String($1) }
            }
        }
        for size in [1, 2, 100] {
            let jsonl = fill { "{\"id\":\"\($0)\",\"text\":\"\u{2028}\"}" }
            #expect(outcomes([try folder.input("a.jsonl", jsonl)], batch: size) == Self.kept(1..<count + 1))
            guard !pattern.contains("\u{FEFF}"), !pattern.contains("\t") else { continue }
            let end = pattern.contains("\r\n") ? "\r\n" : pattern.contains("\r") ? "\r" : "\n"
            let csv = "id,text" + end + fill { "\($0),\u{2028}\u{85}" }
            #expect(outcomes([try folder.input("a.csv", csv)], batch: size) == Self.kept(1..<count + 1))
        }
    }

    @Test(
        "row 13: hostile JSON is an error with its place, and numbers are not rounded",
        arguments: [
            ("{\"x\":" + String(repeating: "[", count: 100_000), "invalid_json @516"),
            ("{\"id\":\"a\",\"id\":\"b\"}", "invalid_json @10"),
            ("{\"x\":1,\"x\":2}", "invalid_json @7"), ("{\"x\":1,\"extra\":{\"x\":2}}", "invalid_json @16"),
            ("{\"x\":NaN}", "invalid_json @5"),
            ("[]", "invalid_json @0"), ("{\"a\":1} {}", "invalid_json @8"),
            ("{\"id\":9223372036854775808}", "kept 9223372036854775808"),
            ("{\"id\":1e400}", "kept 1e400"),
        ]
    )
    func hostileJSON(line: String, outcome: String) throws {
        let folder = try TestFolder()
        #expect(outcomes([try folder.input("a.jsonl", line + "\n{\"id\":\"next\"}")]) == [outcome, "kept next"])
    }

    @Test("row 13: a record with very many keys")
    func manyKeys() throws {
        let folder = try TestFolder()
        let line = "{\"id\":\"1\"," + (0..<100_000).map { "\"k\($0)\":\($0)" }.joined(separator: ",") + "}"
        let batch = ingest([try folder.input("a.jsonl", line)])
        #expect(batch.articles.first?.article.extra.count == 100_000)
    }

    @Test(
        "row 14: a quote that is never closed costs its own line",
        arguments: [
            ("1,\"b\n2,c\n3,d\n", ["ragged_row @8", "kept 2", "kept 3"]),
            ("1,\"b\n2,\"c\n3,d\n", ["ragged_row @8", "ragged_row @13", "kept 3"]),
            ("1,\"b\n2,\"c\"\n3,d\n", ["ragged_row @8", "kept 2", "kept 3"]),
            ("1,\"b\r\n2,\"c\"\r\n3,d\r\n", ["ragged_row @8", "kept 2", "kept 3"]),
            ("1,a\n2,c\n3,\"d", ["kept 1", "kept 2", "ragged_row @16"]),
            ("1,a\n2,c\n3,\"d\n", ["kept 1", "kept 2", "ragged_row @16"]),
            ("1,a\n2\n3,b,c\n4,d\n", ["kept 1", "ragged_row @12", "ragged_row @14", "kept 4"]),
            ("1,\"two\nlines\"\n2,\"a \"\"word\"\"\"\n", ["kept 1", "kept 2"]),
            ("1,a \"word\" inside\n2,\"closed\" early\n", ["kept 1", "kept 2"]),
        ]
    )
    func quotes(rows: String, expected: [String]) throws {
        let folder = try TestFolder()
        let file = try folder.input("a.csv", "id,text\n" + rows)
        for size in [1, 2, 100] { #expect(outcomes([file], batch: size) == expected) }
    }

    @Test("row 14: a quote far from its fellow cannot swallow what is between")
    func swallowing() throws {
        let folder = try TestFolder()
        let rows = (2..<3000).map { "\($0),text\n" }.joined()
        let file = try folder.input("a.csv", "id,text\n1,\"open\n\(rows)3000,also \"open\n")
        let found = outcomes([file], maxRecordBytes: 2000)
        #expect(found.first == "ragged_row @8")
        #expect(found.dropFirst() == Self.kept(2..<3001)[...])
        #expect(outcomes([file]) == found)
    }

    @Test("row 14: a row that the stream breaks off is lost with it, not cut short")
    func brokenRow() throws {
        let folder = try TestFolder()
        var packed = Packing.gzipped(Array("id,text\n1,a\n2,the whole text".utf8))
        packed[packed.count - 8] ^= 0xFF
        #expect(outcomes([try folder.input("a.csv.gz", packed)]) == ["kept 1", "corrupt_gzip @28"])
    }

    @Test("row 14: an open quote before damage does not take the rows between with it")
    func openQuoteBeforeDamage() throws {
        let folder = try TestFolder()
        var packed = Packing.gzipped(Array("id,text\n1,\"open\n2,b\n3,c\n4,bro".utf8))
        packed[packed.count - 8] ^= 0xFF
        let file = try folder.input("a.csv.gz", packed)
        #expect(outcomes([file]) == ["ragged_row @8", "kept 2", "kept 3", "corrupt_gzip @29"])
    }

    @Test("row 14: 100,000 columns")
    func manyColumns() throws {
        let folder = try TestFolder()
        let header = "id" + String(repeating: ",", count: 100_000)
        let batch = ingest([
            try folder.input("a.csv", header + "\n1" + String(repeating: ",x", count: 100_000) + "\n2,short\n")
        ])
        #expect(batch.articles.first?.article.extra.count == 100_000)
        #expect(batch.articles.first?.article.extra.first?.key == "column_2")
        #expect(batch.failures.map(\.failure.error.message) == ["2 fields, expected 100001 as in the header"])
    }

    @Test("row 19: a bomb is refused in bounded memory", arguments: [Packing.gzip, .zstd])
    func bomb(packing: Packing) throws {
        let folder = try TestFolder()
        let packed = packing.pack([UInt8](repeating: 0x20, count: 80_000_000))
        let one = packing == .gzip ? packed : packed + packed
        let file = try folder.input("a.jsonl" + packing.suffix, one)
        let text = try folder.input("b.txt" + packing.suffix, one)
        let found = outcomes([file, text], maxRecordBytes: 1_000_000)
        #expect(found.last == "record_too_large @1000000")
        #expect(found.first == "record_too_large @0")
        #expect(packing == .gzip || found.dropFirst().first?.hasPrefix("decompression_bomb") == true)
    }

    @Test("row 33: cells that Excel would run are guarded, numbers stay numbers")
    func formulas() {
        for (cell, guarded) in [
            ("=1+1", "'=1+1"), ("+x", "'+x"), ("-x", "'-x"), ("@x", "'@x"), ("\tx", "'\tx"), ("\rx", "\"'\rx\""),
            ("＝x", "'＝x"), ("-", "'-"),
            ("-5", "-5"), ("+5.5", "+5.5"), ("-1e3", "-1e3"), ("x=1", "x=1"), ("", ""), ("خبر", "خبر"),
            ("+966 50", "'+966 50"),
        ] {
            var writer = CSVWriter(guardsFormulas: true)
            writer.cell("a")
            writer.cell(cell)
            #expect(String(decoding: writer.bytes, as: UTF8.self) == "a," + guarded)
            var plain = CSVWriter()
            plain.cell("a")
            plain.cell(cell)
            let row = plain.bytes.withUnsafeBufferPointer { try? CSVRow.fields($0, delimiter: UInt8(ascii: ",")) }
            #expect(row == ["a", cell])
        }
    }
}
