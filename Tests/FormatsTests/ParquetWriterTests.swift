import CZstd
import Pipeline
import Testing

@testable import Formats

/// The structure of the files, read back by hand; Tests/Notebooks reads them with the libraries that people use.
@Suite struct ParquetWriterTests {
    private static let schema = TableSchema([
        .init("id", .text, ""), .init("count", .count, optional: true, ""), .init("seen", .time, optional: true, ""),
        .init("names", .list(.text), optional: true, ""),
        .init("marks", .list(.structure([.init("at", .number, ""), .init("note", .text, optional: true, "")])), ""),
    ])

    private struct Row {
        var id = ""
        var count: Int?
        var seen: Int?
        var names: [String]?
        var marks: [(at: Int, note: String?)] = []
    }

    private func file(_ rows: [Row], rowsAtATime: Int = 1000) throws -> [UInt8] {
        let writer = ParquetWriter(Self.schema)
        var file: [UInt8] = []
        for start in stride(from: 0, to: rows.count, by: rowsAtATime) {
            var bytes: [UInt8] = []
            var cells = CellWriter(appendingTo: &bytes)
            for row in rows[start..<min(rows.count, start + rowsAtATime)] {
                cells.value(row.id)
                cells.optional(row.count)
                cells.optional(row.seen)
                if cells.present(row.names != nil) { cells.list(row.names ?? []) }
                cells.length(row.marks.count)
                for mark in row.marks {
                    cells.value(mark.at)
                    cells.optional(mark.note)
                }
            }
            cells.give(back: &bytes)
            try writer.write(bytes) { file += $0 }
        }
        try writer.finish { file += $0 }
        return file
    }

    private func footer(_ file: [UInt8]) throws -> ThriftValue {
        #expect(file.prefix(4) == Array("PAR1".utf8)[...])
        #expect(file.suffix(4) == Array("PAR1".utf8)[...])
        let length = file.suffix(8).prefix(4).enumerated().reduce(0) { $0 + Int($1.element) << (8 * $1.offset) }
        var reader = ThriftReader(bytes: Array(file.dropLast(8).suffix(length)))
        let footer = reader.structure()
        #expect(reader.position == length)
        return footer
    }

    /// The one page of a column in the first row group, unpacked.
    private func page(_ file: [UInt8], _ path: [String]) throws -> [UInt8] {
        let columns = try #require(try footer(file)[4]?.elements.first?[1]?.elements)
        let column = try #require(columns.first { $0[3]?[3]?.elements.compactMap(\.text) == path }?[3])
        let place = try #require(column[9]?.number)
        var reader = ThriftReader(bytes: Array(file[place...]))
        let header = reader.structure()
        let packed = try #require(header[3]?.number)
        #expect(reader.position + packed == column[7]?.number)
        #expect(header[5]?[1]?.number == column[5]?.number)
        var page = [UInt8](repeating: 0, count: try #require(header[2]?.number))
        let body = Array(reader.bytes[reader.position..<reader.position + packed])
        #expect(ZSTD_decompress(&page, page.count, body, body.count) == page.count)
        return page
    }

    @Test func holdsItsSchema() throws {
        let elements = try #require(try footer(file([Row()]))[2]?.elements)
        let names = elements.map { ($0[4]?.text ?? "") + ($0[5]?.number.map { "/\($0)" } ?? "") }
        #expect(
            names == [
                "schema/5", "id", "count", "seen", "names/1", "list/1", "element", "marks/1", "list/1", "element/2",
                "at",
                "note",
            ]
        )
        #expect(elements.map { $0[3]?.number } == [nil, 0, 1, 1, 1, 2, 0, 0, 2, 0, 0, 1])
        #expect(elements.map { $0[1]?.number } == [nil, 6, 1, 2, nil, nil, 6, nil, nil, nil, 2, 6])
        // TIMESTAMP, adjusted to UTC, in microseconds.
        #expect(elements[3][10]?[8]?[1] == .bool(true))
        #expect(elements[3][10]?[8]?[2] == .fields([2: .fields([:])]))
    }

    @Test func plainValuesStandBehindTheirLevels() throws {
        let rows = [Row(id: "a", count: 7), Row(id: "بb", count: nil), Row(id: "", count: -1)]
        let file = try file(rows)
        #expect(try page(file, ["id"]) == [1, 0, 0, 0, 0x61, 3, 0, 0, 0, 0xD8, 0xA8, 0x62, 0, 0, 0, 0])
        // Levels 1 0 1, packed: one group of eight.
        #expect(try page(file, ["count"]) == [2, 0, 0, 0, 3, 0b101, 7, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF])
        // All missing: one run.
        #expect(try page(file, ["seen"]) == [2, 0, 0, 0, 6, 0])
    }

    @Test("a list that is missing, one that is empty, and one with elements")
    func shredsLists() throws {
        let file = try file([Row(names: nil), Row(names: []), Row(names: ["x", "y"])])
        // Repetition 0 0 0 1; definition 0 1 2 2, two bits each.
        #expect(
            try page(file, ["names", "list", "element"]) == [
                2, 0, 0, 0, 3, 0b1000, 3, 0, 0, 0, 3, 0b1010_0100, 0, 1, 0, 0, 0, 0x78, 1, 0, 0, 0, 0x79,
            ]
        )
    }

    @Test func shredsListsOfStructures() throws {
        let file = try file([Row(marks: [(5, nil), (6, "n")]), Row(marks: [])])
        // Definition 1 1 0 and 1 2 0; repetition 0 1 0.
        #expect(
            try page(file, ["marks", "list", "element", "at"]) == [
                2, 0, 0, 0, 3, 0b010, 2, 0, 0, 0, 3, 0b011, 5, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0,
            ]
        )
        #expect(
            try page(file, ["marks", "list", "element", "note"]) == [
                2, 0, 0, 0, 3, 0b010, 3, 0, 0, 0, 3, 0b001001, 0, 1, 0, 0, 0, 0x6E,
            ]
        )
    }

    @Test func saysTheRangeOfTimes() throws {
        let footer = try footer(file([Row(seen: 20), Row(), Row(seen: -3)]))
        let statistics = footer[4]?.elements[0][1]?.elements[2][3]?[12]
        func bytes(_ number: Int64) -> ThriftValue {
            .binary((0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
        }
        #expect(statistics?[3]?.number == 1)
        #expect(statistics?[5] == bytes(20_000_000))
        #expect(statistics?[6] == bytes(-3_000_000))
        #expect(footer[7]?.elements.count == 6)
    }

    @Test("row groups and pages by rows alone, however they arrive")
    func cutsByRows() throws {
        let rows = (0..<140_000).map { (number: Int) in Row(id: "id-\(number)", count: number) }
        let whole = try file(rows, rowsAtATime: rows.count)
        let groups = try #require(try footer(whole)[4]?.elements)
        #expect(groups.map { $0[3]?.number } == [131_072, 140_000 - 131_072])
        #expect(try footer(whole)[3]?.number == 140_000)
        #expect(try file(rows, rowsAtATime: 77) == whole)
    }

    @Test func longRowsEndARowGroupEarly() throws {
        let rows = (0..<5).map { Row(id: String(repeating: "\($0)", count: 20 << 20)) }
        let groups = try #require(try footer(file(rows, rowsAtATime: 1))[4]?.elements)
        #expect(groups.map { $0[3]?.number } == [2, 2, 1])
    }

    @Test func noRowsMakeAFileToo() throws {
        let footer = try footer(file([]))
        #expect(footer[3]?.number == 0)
        #expect(footer[4]?.elements == [])
        #expect(footer[2]?.elements.count == 12)
    }
}
