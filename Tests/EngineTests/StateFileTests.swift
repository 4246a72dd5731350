import Foundation
import GRDB
import Pipeline
import Testing

@testable import Engine

@Suite struct StateFileTests {
    private let scratch = Scratch()

    private func open(_ pipeline: String = "toy") throws -> StateFile {
        try StateFile(output: scratch.path, pipeline: pipeline)
    }

    private func report(_ number: Int) throws -> RunReport {
        let run = try #require(RunID("00000\(number)-20200913T122640Z"))
        return RunReport(
            run: run,
            started: "2020-09-13T12:26:40Z",
            definitionHash: "d",
            seconds: 1.5,
            read: 10,
            kept: 7,
            dropped: 2,
            quarantined: 1
        )
    }

    private func notes(_ pairs: (String, String)...) -> [StageLearnt] {
        [StageLearnt(stage: "first", notes: pairs.map { MemoryNote(key: Array($0.utf8), value: Array($1.utf8)) })]
    }

    private func note(_ state: StateFile, _ key: String, _ stage: String = "first") throws -> String? {
        try state.note(of: Array(key.utf8), stage).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func whatARunLearntIsKnownToTheNext() throws {
        let state = try open()
        #expect(try state.lastRun() == nil)
        try state.commit(report(1), learnt: notes(("a", "1"), ("b", "1")))
        try state.commit(report(2), learnt: notes(("b", "2"), ("c", "")))
        let again = try open()
        #expect(try again.lastRun()?.number == 2)
        #expect(try note(again, "a") == "1")
        #expect(try note(again, "b") == "2")
        #expect(try note(again, "c") == "")
        #expect(try note(again, "d") == nil)
        #expect(try note(again, "a", "other") == nil)
        let history = try again.history()
        #expect(history.map(\.run.number) == [1, 2])
        #expect(history.map(\.kept) == [7, 7])
    }

    @Test func whatIsTakenBackIsForgotten() throws {
        let state = try open()
        try state.commit(report(1), learnt: notes(("a", "1")))
        try state.commit(report(2), learnt: notes(("a", "2"), ("b", "2")))
        try state.forget(after: 1, returning: true)
        #expect(try state.lastRun()?.number == 1)
        #expect(try note(state, "a") == "1")
        #expect(try note(state, "b") == nil)
        #expect(try open().isReturning())
        try state.finishReturn()
        #expect(try !open().isReturning())
    }

    @Test func whatNoKeptRunKnowsIsPruned() throws {
        let state = try open()
        for run in 1...4 { try state.commit(report(run), learnt: notes(("a", "\(run)"), ("only \(run)", ""))) }
        try state.prune(before: 3)
        let rows = try state.read { try String.fetchAll($0, sql: "SELECT key || run FROM notes ORDER BY run, key") }
        #expect(rows == ["only 11", "only 22", "a3", "only 33", "a4", "only 44"])
        try state.forget(after: 3)
        #expect(try note(state, "a") == "3")
    }

    @Test func aStateOfTheFirstSchemaIsBroughtUpToDate() throws {
        let path = scratch.path + "/.state/state.sqlite"
        try FileSystem.makeFolders(scratch.path + "/.state")
        try DatabaseQueue(path: path).write { database in
            try StateSchema.create(database, pipeline: "toy")
            for (key, run) in [("a", 1), ("a", 2), ("b", 1)] {
                try database.execute(
                    sql: "INSERT INTO notes VALUES ('first', ?, ?, ?)",
                    arguments: [Data(key.utf8), run, Data("\(run)".utf8)]
                )
            }
        }
        let state = try open()
        #expect(try note(state, "a") == "2")
        #expect(try note(state, "b") == "1")
        try state.prune(before: 2)
        #expect(try state.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM notes") } == 2)
    }

    @Test(arguments: [
        ("PRAGMA user_version = 7", "was written by a newer etl (schema 7, this one knows 2)"),
        ("PRAGMA application_id = 1", "is a database of another program"),
        ("UPDATE meta SET value = 'other' WHERE key = 'pipeline'", "belongs to the pipeline \"other\", not to \"toy\""),
    ])
    func aStateThatIsNotOursIsRefused(change: String, problem: String) throws {
        let path = try open().path
        try DatabaseQueue(path: path).write { try $0.execute(sql: change) }
        let error = #expect(throws: RunError.self) { try open() }
        #expect(error?.code == .refused)
        #expect(error?.message == "the state \(path) \(problem)")
    }

    @Test(arguments: ["text", "cut", "torn"])
    func aDamagedStateIsRefused(how: String) throws {
        var path = ""
        do {
            let state = try open()
            path = state.path
            let many = (0..<2000).map { ("key \($0)", String(repeating: "v", count: 50)) }
            try state.commit(
                report(1),
                learnt: [
                    StageLearnt(stage: "s", notes: many.map { MemoryNote(key: Array($0.utf8), value: Array($1.utf8)) })
                ]
            )
        }
        var bytes = try #require(FileManager.default.contents(atPath: path))
        switch how {
        case "text":
            bytes = Data(
                "no database at all, but long enough to be looked at as one ........................................"
                    .utf8
            )
        case "cut": bytes = bytes.prefix(bytes.count / 2)
        default: bytes.replaceSubrange(8192..<12_288, with: Data(repeating: 0x55, count: 4096))
        }
        for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        try bytes.write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: RunError.self) { try open() }
        #expect(error?.code == .refused)
        #expect(error?.message.hasPrefix("the state \(path) is damaged (") == true, "\(error?.message ?? "")")
        if how != "torn" { #expect(FileManager.default.contents(atPath: path) == bytes) }
    }

    @Test func anEmptyFileIsABeginning() throws {
        scratch.write("", ".state/state.sqlite")
        #expect(try open().lastRun() == nil)
    }
}
