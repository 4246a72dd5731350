import TestSupport
import Testing

@testable import Deduplication

struct SortedTableTests {
    private func table(_ keys: [UInt64]) throws -> SortedTable {
        var bytes: [UInt8] = []
        let builder = FileBuilder { bytes += $0 }
        try builder.append([1, 2, 3])
        var writer = SortedTableWriter(width: 8, count: keys.count, in: builder)
        for key in keys.sorted() { try withUnsafeBytes(of: key.bigEndian) { try writer.append($0, to: builder) } }
        let section = try writer.finish(builder)
        try builder.flush()
        return try SortedTable(Shelf.File(name: "", bytes: bytes), section)
    }

    private func find(_ prefix: UInt32, _ table: SortedTable) throws -> [UInt64] {
        var found: [UInt64] = []
        try withUnsafeBytes(of: prefix.bigEndian) { key in
            try table.visit(key) { found.append(UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self))) }
        }
        return found
    }

    @Test(arguments: [0, 1, 2, 31, 32, 33, 500, 5000])
    func findsWhatBeginsWithAKey(count: Int) throws {
        var generator = ArticleGenerator(seed: UInt64(count) + 1)
        let keys = (0..<count).map { k in
            UInt64(UInt32(truncatingIfNeeded: k / 3 &* 0x9E37_79B1)) << 32 | UInt64(generator.number(below: 1 << 30))
        }
        let table = try table(keys)
        for k in stride(from: 0, to: count + 60, by: 3) {
            let prefix = UInt32(truncatingIfNeeded: k / 3 &* 0x9E37_79B1)
            #expect(try find(prefix, table) == keys.filter { $0 >> 32 == prefix }.sorted())
        }
    }

    @Test func mergesInOrder() throws {
        let tables = try [table([3, 9, 9 << 40]), table([]), table([1, 9, 20]), table([9])]
        var found: [(table: Int, key: UInt64)] = []
        try SortedTable.merge(tables, keyWidth: 8) {
            found.append(($0, UInt64(bigEndian: $1.loadUnaligned(as: UInt64.self))))
        }
        #expect(found.map(\.key) == [1, 3, 9, 9, 9, 20, 9 << 40])
        #expect(found.map(\.table) == [2, 0, 0, 2, 3, 2, 0])
    }
}
