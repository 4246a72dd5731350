import Engine
import Foundation
import JSON
import Language
import Pipeline
import Stages
import TestSupport
import Testing

/// `"mode": "append"` and names cut into files: sets that grow over many runs.
@Suite struct GrowingExportTests {
    private let folder: TemporaryFolder
    private var output: String { folder.path + "/out" }

    init() throws { folder = try TemporaryFolder() }

    private func plan(_ exports: String, only: String = "new", dedupe: String = "", _ more: String = "") throws -> Plan
    {
        let text = """
            { "name": "grows", "output": "out", "stages": [
              { "stage": "ingest", "paths": ["in"], "only": "\(only)" }, \(dedupe) \(exports) ] \(more) }
            """
        return try Plan(
            DefinitionText(name: "grows.json", bytes: Array(text.utf8)),
            directory: folder.path,
            stages: standardStages
        )
    }

    @discardableResult
    private func run(_ plan: Plan, jobs: Int = 2) throws -> Run.Result {
        try Run(plan, options: .init(jobs: jobs, batchArticles: 3), started: Timestamp(seconds: 1_600_000_000))
            .execute()
    }

    private func write(_ articles: [(id: String, text: String, published: String?)], to name: String) throws {
        let lines = articles.map { article in
            let published = article.published.map { "\"\($0)\"" } ?? "null"
            return #"{"id":"\#(article.id)","text":"\#(article.text)","published":\#(published)}"# + "\n"
        }
        try folder.write(lines.joined(), to: "in/" + name)
    }

    private func ids(_ name: String) -> [String] {
        folder.lines("out/" + name).compactMap { (try? JSONValue(parsing: Array($0.utf8)))?["id"]?.string }
    }

    private func inode(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: output + "/" + name)[.systemFileNumber] as? Int
    }

    private let articles = #"{ "stage": "export", "file": "a.jsonl", "mode": "append" }"#
    private let monthly = #"{ "stage": "export", "file": "a/{published:yyyy-MM}.jsonl", "mode": "append" }"#

    @Test func oldRowsStayAndThoseThatComeAgainAreReplacedInPlace() throws {
        let plan = try plan(
            articles + #", { "stage": "export", "file": "a.csv", "mode": "append", "columns": ["text", "id"] }"#
        )
        try write([("1", "one", nil), ("2,\\\"x", "two", nil), ("3", "three", nil)], to: "a.jsonl")
        try run(plan)
        try write([("4", "four", nil), ("2,\\\"x", "zwei\\n2", nil)], to: "b.jsonl")
        let result = try run(plan)
        #expect(ids("a.jsonl") == ["1", "2,\"x", "3", "4"])
        #expect(
            folder.read("out/a.csv")
                == "text,id\r\none,1\r\n\"zwei\n2\",\"2,\"\"x\"\r\nthree,3\r\nfour,4\r\n"
        )
        let output = try #require(result.manifest.outputs.first { $0.file == "a.jsonl" })
        #expect(output.rows == 4)
        #expect(output.changes?.added == 1 && output.changes?.updated == 1)
    }

    @Test func aFileInWhichNothingChangesIsTheSameFile() throws {
        try write([("1", "one", nil)], to: "a.jsonl")
        try run(plan(articles))
        let before = try inode("a.jsonl")
        // The same article in another file: its row would change by its provenance, so a filter takes it out.
        try write([("2", "two", nil)], to: "b.jsonl")
        let filter = #"{ "stage": "filter", "where": { "id": ["1"] } },"#
        let result = try run(plan(articles, dedupe: filter))
        #expect(result.isPublished)
        #expect(try inode("a.jsonl") == before)
        #expect(try PublishedRuns(output: output).list().count == 2)
        let file = try #require(result.manifest.outputs.first { $0.file == "a.jsonl" })
        #expect(file.rows == 1)
    }

    @Test func mentionsOfAnArticleAreReplacedTogether() throws {
        let tag = #"{ "stage": "tag", "gazetteers": ["names.jsonl"] },"#
        try folder.write(
            #"{"id":"a","type":"LOC","name":"Tripoli","names":{"en":"Tripoli"}}"# + "\n"
                + #"{"id":"b","type":"LOC","name":"Sirte","names":{"en":"Sirte"}}"# + "\n",
            to: "names.jsonl"
        )
        let mentions = #"{ "stage": "export", "file": "m.jsonl", "rows": "mentions", "mode": "append" }"#
        let plan = try plan(mentions, dedupe: tag)
        try write([("1", "Tripoli and Sirte", nil), ("2", "Sirte", nil)], to: "a.jsonl")
        try run(plan)
        let before = folder.lines("out/m.jsonl").count
        try write([("1", "nowhere", nil)], to: "b.jsonl")
        try run(plan)
        let rows = folder.lines("out/m.jsonl")
        #expect(before > rows.count)
        #expect(!rows.isEmpty && rows.allSatisfy { $0.hasPrefix(#"{"article_id":"2""#) })
    }

    @Test func anArticleThatMovesLeavesNoRowBehind() throws {
        try write([("1", "one", "2020-01-05"), ("2", "two", "2020-02-05"), ("3", "three", nil)], to: "a.jsonl")
        try run(plan(monthly))
        #expect(ids("a/2020-01.jsonl") == ["1"])
        #expect(ids("a/unknown.jsonl") == ["3"])
        let february = try inode("a/2020-02.jsonl")
        try write([("1", "one again", "2020-03-05"), ("4", "four", nil)], to: "b.jsonl")
        try run(plan(monthly))
        #expect(!folder.exists("out/a/2020-01.jsonl"))
        #expect(ids("a/2020-03.jsonl") == ["1"])
        #expect(ids("a/unknown.jsonl") == ["3", "4"])
        #expect(try inode("a/2020-02.jsonl") == february)
        // And back into a file that others are in.
        try write([("1", "one at last", nil)], to: "c.jsonl")
        try run(plan(monthly))
        #expect(!folder.exists("out/a/2020-03.jsonl"))
        #expect(ids("a/unknown.jsonl") == ["3", "4", "1"])
    }

    @Test(arguments: [1, 8])
    func manyDaysGiveTheSameAsOne(jobs: Int) throws {
        let dedupe = #"{ "stage": "dedupe", "across": "runs" },"#
        let exports = articles + "," + monthly
        var random = Numbers(state: 7)
        var days: [[(id: String, text: String, published: String?)]] = []
        for day in 0..<5 {
            days.append(
                (0..<40).map { number in
                    // Some texts come again under another id.
                    let text = (0..<20).map { _ in "كلمة\(random.next(day < 2 ? 3 : 400))" }.joined(separator: " ")
                    let month = random.next(4)
                    return ("\(day)-\(number)", text, month == 0 ? nil : "2020-0\(month)-01")
                }
            )
        }
        let whole = try GrowingExportTests()
        for (day, articles) in days.enumerated() {
            try write(articles, to: "day\(day).jsonl")
            try whole.write(articles, to: "day\(day).jsonl")
            try run(plan(exports, dedupe: dedupe), jobs: jobs)
            #expect(try !run(plan(exports, dedupe: dedupe), jobs: jobs).isPublished)
        }
        try whole.run(whole.plan(exports, dedupe: dedupe), jobs: 2)
        #expect(folder.lines("out/a.jsonl").count > 100)
        for name in ["a.jsonl", "a/unknown.jsonl", "a/2020-01.jsonl", "a/2020-02.jsonl", "a/2020-03.jsonl"] {
            #expect(folder.data("out/" + name) == whole.folder.data("out/" + name), "\(name)")
        }
    }

    @Test func aRunTakenBackIsRunAgain() throws {
        try write([("1", "one", nil)], to: "a.jsonl")
        try run(plan(articles))
        let first = try #require(try PublishedRuns(output: output).list().first)
        try write([("2", "two", nil)], to: "b.jsonl")
        try run(plan(articles))
        let second = folder.data("out/a.jsonl")
        _ = try Rollback(output: output, pipeline: "grows", files: ["a.jsonl"]).execute(to: first)
        #expect(ids("a.jsonl") == ["1"])
        try run(plan(articles))
        #expect(folder.data("out/a.jsonl") == second)
    }

    @Test func aSetThatCannotGoOnIsRefused() throws {
        func message(_ plan: Plan) -> String? {
            do {
                try run(plan)
                return nil
            } catch {
                return (error as? RunError)?.message
            }
        }
        let csv = #"{ "stage": "export", "file": "a.csv", "mode": "append", "columns": ["id"] }"#
        try write([("1", "one", nil)], to: "a.jsonl")
        try run(plan(csv))
        try write([("2", "two", nil)], to: "b.jsonl")
        let wider = csv.replacingOccurrences(of: #"["id"]"#, with: #"["id", "text"]"#)
        #expect(message(try plan(wider))?.hasPrefix(#""a.csv" has other columns than in run 000001-"#) == true)
        #expect(message(try plan(articles))?.hasPrefix(#""a.jsonl" would lack the articles"#) == true)
        // With all inputs read again there is nothing to lack.
        #expect(message(try plan(articles, only: "all")) == nil)
        #expect(ids("a.jsonl") == ["1", "2"])
    }

    @Test func aSetThatWasChangedByHandIsRefused() throws {
        try write([("1", "one", nil)], to: "a.jsonl")
        try run(plan(articles))
        let run = try #require(PublishedRuns(output: output).current)
        try folder.write("{\"id\":\"9\"}\n", to: "out/runs/\(run)/a.jsonl")
        try write([("2", "two", nil)], to: "b.jsonl")
        #expect(throws: RunError.self) { try self.run(plan(articles)) }
        #expect(PublishedRuns(output: output).current == run)
    }

    @Test func valuesFromTheDataStayInTheirFolder() throws {
        let outlets = [
            "../../etc/x", "/etc/passwd", #"a\u0000b"#, String(repeating: "ل", count: 150), ".hidden", " ", "..",
        ]
        let lines = outlets.enumerated().map { #"{"id":"\#($0.offset)","text":"t","outlet":"\#($0.element)"}"# + "\n" }
        try folder.write(lines.joined(), to: "in/a.jsonl")
        try run(plan(#"{ "stage": "export", "file": "by/{outlet}.csv.gz" }"#))
        let names = try FileManager.default.contentsOfDirectory(atPath: output + "/by").sorted()
        #expect(names.count == 7)
        for name in names { #expect(!name.hasPrefix(".") && !name.contains("/") && name.utf8.count < 120) }
        for name in ["_._.._etc_x.csv.gz", "_etc_passwd.csv.gz", "_hidden.csv.gz", "unknown.csv.gz"] {
            #expect(names.contains(name) || name == "_._.._etc_x.csv.gz", "\(names)")
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/etc"))
    }

    @Test(arguments: [
        ("{outlet}.jsonl", "files that have no folder"), ("a/{outlet.jsonl", "without its"),
        ("a/{title}.jsonl", "unknown placeholder"), ("../{outlet}.jsonl", "no plain name"),
        ("a/b.jsonl", "no placeholder"),
        ("a//{outlet}.jsonl", "no plain name"), ("runs/{outlet}.jsonl", "no plain file name"),
    ])
    func namesThatCannotBeAreRefused(name: String, message: String) throws {
        let error = #expect(throws: DefinitionError.self) {
            try plan(#"{ "stage": "export", "file": "\#(name)" }"#)
        }
        #expect(error?.report.contains(message) == true, "\(error?.report ?? "")")
    }

    @Test func whatCannotGrowIsRefused() throws {
        for export in [#""file": "a.parquet""#, #""file": "a.csv", "columns": ["text"]"#, #""file": "a.jsonl.gz""#] {
            #expect(throws: DefinitionError.self) {
                try plan(#"{ "stage": "export", "mode": "append", \#(export) }"#)
            }
        }
    }
}

/// Small numbers, the same in every run.
private struct Numbers {
    var state: UInt64

    mutating func next(_ limit: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(limit))
    }
}
