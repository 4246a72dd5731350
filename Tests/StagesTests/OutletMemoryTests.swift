import Engine
import Foundation
import JSON
import Language
import Pipeline
import TestSupport
import Testing

@testable import Stages

/// `clean` with `"across": "runs"`: what an outlet puts around its articles is known from the days before.
@Suite struct OutletMemoryTests {
    private static let slogan = "صوتكم من قلب الواحة إلى كل البيوت"
    private static let day: Int64 = 86_400
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// An article under the outlet's slogan, with paragraphs of its own.
    private func article(_ number: Int, outlet: String = "واحة", more: String = "") -> String {
        let text = [
            "حديقة جديدة في البلدية رقم \(number)", Self.slogan,
            "افتتحت البلدية رقم \(number) صباح اليوم حديقة عامة جديدة في الحي الشرقي من المدينة بحضور الأهالي.\(more)",
            "وقال رئيس البلدية رقم \(number) إن الحديقة تضم ملعبا للأطفال ومكتبة صغيرة ومئتي شجرة من النخيل.",
        ]
        return #"{"id":"\#(outlet)-\#(number)","outlet":"\#(outlet)","text":"\#(text.joined(separator: "\\n"))"}"#
    }

    private func plan(_ options: String = "", output: String = "out", guards: String = "") throws -> Plan {
        let definition = """
            {"name":"p","output":"\(output)","stages":[{"stage":"ingest","paths":["a.jsonl"]},
            {"stage":"clean","across":"runs"\(options)},{"stage":"export","file":"a.jsonl"}],"guards":{\(guards)}}
            """
        let text = DefinitionText(name: "p.json", bytes: Array(definition.utf8))
        return try Plan(text, directory: folder.path, stages: standardStages)
    }

    /// The texts that a run over these articles writes, by id.
    @discardableResult
    private func run(
        _ articles: [String],
        on day: Int = 1,
        _ options: String = "",
        output: String = "out",
        guards: String = "",
        jobs: Int = 1,
        batch: Int = 256
    ) throws -> [String: String] {
        try folder.write(articles.joined(separator: "\n"), to: "a.jsonl")
        let plan = try plan(options, output: output, guards: guards)
        let started = Timestamp(seconds: Int64(day) * Self.day)
        _ = try Run(plan, options: .init(jobs: jobs, batchArticles: batch), started: started).execute()
        var texts: [String: String] = [:]
        for line in folder.lines("\(output)/a.jsonl") {
            let article = try JSONValue(parsing: line)
            texts[article["id"]?.string ?? ""] = article["text"]?.string
        }
        return texts
    }

    private func keepsSlogan(_ texts: [String: String]) -> Bool { texts.values.allSatisfy { $0.contains(Self.slogan) } }
    private func losesSlogan(_ texts: [String: String]) -> Bool {
        texts.values.allSatisfy { !$0.contains(Self.slogan) && $0.contains("افتتحت البلدية") }
    }

    private var state: String { folder.path + "/out/.state/clean" }
    private var files: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: state)) ?? []).sorted() }

    @Test func aMorningOfTwoArticlesKnowsTheOutlet() throws {
        #expect(keepsSlogan(try run((0..<3).map { article($0) })))
        let texts = try run((3..<5).map { article($0) }, on: 2)
        #expect(texts.count == 2 && losesSlogan(texts))
        #expect(keepsSlogan(try run([article(1, outlet: "ساحل")], on: 2)))
    }

    @Test func anArticleReadAgainCountsOnce() throws {
        for day in 1...6 { #expect(keepsSlogan(try run((0..<4).map { article($0) }, on: day))) }
        // Its text has grown: its longest line is another, its id the same.
        for day in 7...9 { #expect(keepsSlogan(try run([article(0, more: " وتحدث آخرون. \(day)")], on: day))) }
        #expect(losesSlogan(try run([article(4)], on: 9)))
        // What is known is taken out of articles that are read again, too.
        #expect(losesSlogan(try run((0..<4).map { article($0) }, on: 10)))
    }

    @Test func whatIsOlderThanTheWindowIsForgotten() throws {
        try run((0..<8).map { article($0) })
        #expect(losesSlogan(try run([article(8)], on: 31)))
        #expect(keepsSlogan(try run([article(9)], on: 50)))
        // Read again, they count again.
        #expect(losesSlogan(try run((0..<8).map { article($0) }, on: 51)))
        #expect(losesSlogan(try run([article(10)], on: 52, #","window":"7d""#)))
        #expect(keepsSlogan(try run([article(11)], on: 60, #","window":"7d""#)))
    }

    @Test func runsOfAboutTheSameTimeShareAFile() throws {
        for number in 0..<3 { try run([article(number)]) }
        #expect(files == ["1-lines", "2-lines", "3-lines"])
        try run([article(3)], on: 9, #","window":"30d""#)
        #expect(files.last == "4-lines")
        let check = StateCheck(output: folder.path + "/out", pipeline: "p")
        #expect(try check.history()?.count == 4)
    }

    @Test(arguments: [1, 2, 3])
    func manyRunsDecideAsOneOverAll(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        var days: [[String]] = []
        for day in 0..<6 {
            days.append(
                (0..<Int.random(in: 1...4, using: &random)).map { k in
                    // Some come again, some of them changed.
                    let number = Bool.random(using: &random) ? Int.random(in: 0..<12, using: &random) : day * 10 + k
                    return article(number, more: Bool.random(using: &random) ? "" : " وتحدث آخرون \(day).")
                }
            )
        }
        for last in days.indices {
            let jobs = Int.random(in: 1...4, using: &random)
            let one = try run(days[last], on: last + 1, jobs: jobs, batch: Int.random(in: 1...3, using: &random))
            let all = try run(Array(days[...last].joined()), output: "all-\(last)")
            for (id, text) in one where days[last].count(where: { $0.contains("\"\(id)\"") }) == 1 {
                #expect(
                    text.contains(Self.slogan) == all[id]?.contains(Self.slogan),
                    "seed \(seed), day \(last), article \(id)"
                )
            }
        }
    }

    @Test func aRunThatIsNotPublishedLeavesNothing() throws {
        try run((0..<3).map { article($0) })
        let known = files
        #expect(throws: RunError.self) { try run((3..<9).map { article($0) }, on: 2, guards: #""minArticles":100"#) }
        #expect(files == known)
        #expect(keepsSlogan(try run([article(9)], on: 2)))
    }

    @Test func aRunTakenBackIsForgotten() throws {
        try run((0..<3).map { article($0) })
        try run((3..<5).map { article($0) }, on: 2)
        let first = try #require(PublishedRuns(output: folder.path + "/out").list().first)
        _ = try Rollback(output: folder.path + "/out", pipeline: "p", files: ["a.jsonl"]).execute(to: first)
        #expect(keepsSlogan(try run([article(5)], on: 3)))
        #expect(losesSlogan(try run([article(6)], on: 3)))
    }

    @Test(arguments: [
        ("cut", "is damaged"), ("turned", "is damaged in 1-lines"), ("foreign", "is damaged in 1-lines"),
        ("newer", "was written by a newer etl in 1-lines"),
        ("other keys", "was written by another version of etl in 1-lines"),
    ])
    func aFileThatCannotBeTrustedIsRefused(how: String, problem: String) throws {
        try run((0..<3).map { article($0) })
        let path = state + "/1-lines"
        var bytes = [UInt8](try #require(FileManager.default.contents(atPath: path)))
        switch how {
        case "cut": bytes.removeLast(3)
        case "turned": bytes[bytes.count - 20] ^= 1
        case "foreign": bytes = Array(repeating: 0x55, count: bytes.count)
        case "newer": bytes[8] = 2
        default: bytes[16] ^= 1
        }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: RunError.self) { try run([article(4)], on: 2) }
        #expect(error?.code == .refused)
        #expect(error?.message.contains("/.state/clean") == true)
        #expect(error?.message.contains(problem) == true)
        #expect(throws: RunError.self) { try StateCheck(output: folder.path + "/out", pipeline: "p").history() }
    }

    @Test func optionsThatNeedEachOtherAreRefusedAlone() {
        let refused = [
            (#","across":"run","window":"7d""#, #""window" is for a memory over runs"#),
            (#","repeatedLines":false"#, #""across" is for repeated lines, which are to stay"#),
        ]
        for (options, message) in refused {
            let error = #expect(throws: DefinitionError.self) {
                let definition = """
                    {"output":"out","stages":[{"stage":"ingest","paths":["a"]},
                    {"stage":"clean"\(options.hasPrefix(",\"across") ? "" : #","across":"runs""#)\(options)},
                    {"stage":"export","file":"a.jsonl"}]}
                    """
                let text = DefinitionText(name: "p.json", bytes: Array(definition.utf8))
                _ = try Plan(text, directory: folder.path, stages: standardStages)
            }
            #expect(error?.problems.first?.message.contains(message) == true)
        }
    }
}

private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
