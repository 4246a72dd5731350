import Foundation
import Testing

@testable import Engine

@Suite struct JournalFileTests {
    private let scratch = Scratch()
    private let folder: Folder
    private var path: String { scratch.path + "/" + JournalFile.name }
    private let key = JournalKey(
        program: "1",
        definition: "a",
        resources: "",
        batchArticles: 256,
        inputs: "i",
        survey: "",
        lastRun: 4
    )

    /// A journal of five records.
    init() throws {
        folder = try Folder(scratch.path)
        var file = try JournalFile.create(in: folder, key)
        for batch in 0..<5 {
            let record = [UInt8](repeating: UInt8(batch), count: 100 * batch)
            try file.append(JournalFile.head(record, .init(section: 1, batch: batch), articles: 10) + record)
        }
        file.close()
    }

    private func bytes() throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }
    private func write(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

    private func found() throws -> (JournalFile, JournalKey)? {
        guard case .journal(var file, let key) = try JournalFile.find(in: folder) else { return nil }
        try file.scan()
        return (file, key)
    }

    @Test func recordsAreFoundAgain() throws {
        var (file, found) = try #require(try found())
        #expect(found == key)
        #expect(file.records.count == 5)
        #expect(file.articles == 50)
        for (place, record) in file.records {
            #expect(
                file.bytes(at: record.offset, record.count)
                    == [UInt8](repeating: UInt8(place.batch), count: 100 * place.batch)
            )
        }
        // What is added goes behind.
        try file.append(JournalFile.head([1], .init(section: 0, batch: 9), articles: 1) + [1])
        file.close()
        #expect(try self.found()?.0.records.count == 6)
    }

    @Test func atWhateverByteItEndsTheWholeRecordsStay() throws {
        let whole = try bytes()
        var counts: Set<Int> = []
        for count in stride(from: whole.count, through: 0, by: -1) {
            try write(Array(whole[..<count]))
            guard let (file, _) = try found() else {
                guard case .torn = try JournalFile.find(in: folder) else {
                    Issue.record("\(count) bytes of a journal are no journal")
                    return
                }
                continue
            }
            counts.insert(file.records.count)
            // What is torn is cut off.
            #expect(try bytes().count == file.size)
            #expect(file.size <= count)
            file.close()
        }
        #expect(counts == [0, 1, 2, 3, 4, 5])
    }

    @Test func aDamagedRecordCostsItselfAlone() throws {
        var damaged = try bytes()
        // In the fourth record, from the end: 400 + head, 300.
        damaged[damaged.count - 400 - 48 - 150] ^= 1
        try write(damaged)
        let (file, _) = try #require(try found())
        #expect(file.records.keys.map(\.batch).sorted() == [0, 1, 2, 4])
        #expect(try bytes().count == damaged.count)
    }

    @Test func whatStandsBehindADamagedHeadIsCutOff() throws {
        var damaged = try bytes()
        damaged[damaged.count - 400 - 20] ^= 1
        try write(damaged)
        let (file, _) = try #require(try found())
        #expect(file.records.keys.map(\.batch).sorted() == [0, 1, 2, 3])
    }

    @Test func aDamagedHeaderIsNoKey() throws {
        for place in 8..<35 {
            var damaged = try bytes()
            damaged[place] ^= 0x10
            try write(damaged)
            guard case .torn = try JournalFile.find(in: folder) else {
                Issue.record("byte \(place)")
                return
            }
            damaged[place] ^= 0x10
            try write(damaged)
        }
    }

    @Test(arguments: [0, 7, 4096])
    func aJournalOfZerosIsTorn(count: Int) throws {
        try write([UInt8](repeating: 0, count: count))
        guard case .torn = try JournalFile.find(in: folder) else {
            Issue.record("\(count) zeros")
            return
        }
    }

    @Test(arguments: ["file", "link", "folder", "pipe"])
    func whatNoRunLeftIsForeign(kind: String) throws {
        try FileManager.default.removeItem(atPath: path)
        switch kind {
        case "file": try write(Array("my notes".utf8))
        case "link": symlink("/etc/passwd", path)
        case "folder": mkdir(path, 0o777)
        default: mkfifo(path, 0o666)
        }
        guard case .foreign = try JournalFile.find(in: folder) else {
            Issue.record("a \(kind) was taken for a journal")
            return
        }
    }

    @Test func noneIsNothing() throws {
        try FileManager.default.removeItem(atPath: path)
        guard case .nothing = try JournalFile.find(in: folder) else {
            Issue.record("nothing was taken for something")
            return
        }
    }
}
