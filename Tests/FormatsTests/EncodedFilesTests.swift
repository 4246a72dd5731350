import Testing

@testable import Formats
@testable import Pipeline

/// Files that are not UTF-8, as Excel, PowerShell and old exports leave them.
struct EncodedFilesTests {
    private static let text = "عادت الحركة إلى طريق المطار بعد توقف دام يومين"
    private static let windows1256: [UInt8] = [
        0xDA, 0xC7, 0xCF, 0xCA, 0x20, 0xC7, 0xE1, 0xCD, 0xD1, 0xDF, 0xC9, 0x20, 0xC5, 0xE1, 0xEC, 0x20, 0xD8, 0xD1,
        0xED,
        0xDE, 0x20, 0xC7, 0xE1, 0xE3, 0xD8, 0xC7, 0xD1, 0x20, 0xC8, 0xDA, 0xCF, 0x20, 0xCA, 0xE6, 0xDE, 0xDD, 0x20,
        0xCF,
        0xC7, 0xE3, 0x20, 0xED, 0xE6, 0xE3, 0xED, 0xE4,
    ]

    private func articles(_ name: String, _ bytes: [UInt8]) throws -> [Article] {
        let folder = try TestFolder()
        let batch = ingest([try folder.input(name, bytes)], batch: 7)
        #expect(batch.failures.isEmpty)
        return batch.articles.map(\.article)
    }

    private func wide(_ text: String, bigEndian: Bool = false) -> [UInt8] {
        text.utf16.flatMap { unit in
            let bytes = [UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8)]
            return bigEndian ? bytes.reversed() : bytes
        }
    }

    @Test("a table of Excel in the system's Arabic encoding, larger than one piece")
    func legacyTable() throws {
        let row = Array("1;".utf8) + Self.windows1256 + Array("\r\n".utf8)
        let bytes = Array("sep=;\r\nid;text\r\n".utf8) + (0..<8000).flatMap { _ in row }
        let articles = try articles("a.csv", bytes)
        #expect(articles.count == 8000)
        #expect(articles.allSatisfy { $0.text == Self.text && $0.id == "1" })
        #expect(articles.last?.provenance.encoding == "windows-1256")
        #expect(articles.last?.provenance.encodingFrom == "guess")
    }

    @Test("UTF-16 with a mark, in both orders", arguments: [false, true])
    func wideTable(bigEndian: Bool) throws {
        let rows = (0..<6000).map { "\($0)\t\(Self.text) 😀\r\n" }.joined()
        let articles = try articles("a.csv", wide("\u{FEFF}id\ttext\r\n" + rows, bigEndian: bigEndian))
        #expect(articles.count == 6000)
        #expect(articles.allSatisfy { $0.text == Self.text + " 😀" })
        #expect(articles.map(\.id) == (0..<6000).map { String($0) })
        #expect(articles.first?.provenance.encoding == (bigEndian ? "utf-16be" : "utf-16le"))
    }

    @Test("JSON Lines that a shell redirected as UTF-16")
    func wideLines() throws {
        let articles = try articles("a.jsonl", wide("\u{FEFF}{\"text\":\"\(Self.text)\"}\r\n{\"text\":\"b\"}\r\n"))
        #expect(articles.map(\.text) == [Self.text, "b"])
    }

    @Test("JSON Lines are UTF-8 else: one bad byte costs its line")
    func legacyLines() throws {
        let folder = try TestFolder()
        let bytes = Array("{\"text\":\"".utf8) + Self.windows1256 + Array("\"}\n{\"id\":\"2\"}\n".utf8)
        #expect(outcomes([try folder.input("a.jsonl", bytes)]) == ["invalid_utf8 @9", "kept 2"])
    }

    @Test("a line that names the delimiter is no header", arguments: [";", ",", "\t", "|"])
    func namedDelimiter(delimiter: String) throws {
        let articles = try articles("a.csv", Array("sep=\(delimiter)\n\nid\(delimiter)text\n1\(delimiter)a\n".utf8))
        #expect(articles.map(\.id) == ["1"])
        #expect(articles.map(\.text) == ["a"])
    }
}
