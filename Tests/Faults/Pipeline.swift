import Foundation

/// A small pipeline in a folder of its own: articles in several formats, a repeat, a broken line, every kind of output.
final class Pipeline {
    let path: String
    var output: String { path + "/output" }
    /// Files that are published; what a reader may rely on.
    static let files = ["articles.jsonl", "articles.csv", "mentions.csv", "news.sqlite"]

    private let remembers: Bool

    /// What an outlet writes above its articles: three a day, so that two days together give it away.
    static let slogan = "صوتكم من قلب الواحة إلى كل البيوت"

    /// - Parameter remembers: repeats and the lines of outlets are found across runs, and there are articles that are
    ///   long enough for that.
    init(guards: String = "", more: String = "", remembers: Bool = false) throws {
        self.remembers = remembers
        path =
            URL(fileURLWithPath: NSTemporaryDirectory()).resolvingSymlinksInPath().path
            + "/etl-faults-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path + "/data", withIntermediateDirectories: true)
        try write(
            """
            { "name": "small", "output": "output", "keepRuns": 2,
              "stages": [
                { "stage": "ingest", "paths": ["data"] },
                \(remembers ? #"{ "stage": "clean", "across": "runs", "when": { "outlet": "واحة" } },"# : "")
                { "stage": "filter", "minWords": 3 },
                { "stage": "dedupe"\(remembers ? #", "across": "runs""# : "") },
                { "stage": "export", "file": "articles.jsonl" },
                { "stage": "export", "file": "articles.csv" },
                { "stage": "export", "file": "mentions.csv", "rows": "mentions" },
                { "stage": "export", "file": "news.sqlite" }
              ],
              "guards": { \(guards) } \(more.isEmpty ? "" : ", " + more) }
            """,
            "small.json"
        )
        try writeDay(1)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The input of a day: another day has other articles, and more of them.
    func writeDay(_ day: Int) throws {
        let lines = (0..<(5 * day)).map { #"{"id":"\#(day)-\#($0)","text":"خبر رقم \#($0) من اليوم \#(day)"}"# }
        try write(lines.joined(separator: "\n") + "\n{broken\n", "data/a.jsonl")
        try write("id,text\nc-1,خبر رقم 1 من اليوم \(day)\nc-2,صف آخر من اليوم \(day)\nc-3-\(day),قصير\n", "data/b.csv")
        if remembers { try write(Self.longArticles(day) + Self.articlesOfOneOutlet(day), "data/d.jsonl") }
        try write("افتتاح معرض الكتاب\n\nافتتح معرض الكتاب في اليوم \(day) بمشاركة واسعة.\n", "data/c.txt")
    }

    /// Each day the first articles of the day before, a little changed, and others.
    private static func longArticles(_ day: Int) -> String {
        (0..<6).map { k in
            let words = (0..<40).map { "كلمة\((day * 3 + k) * 1000 + $0)" } + ["يوم\(day)"]
            return #"{"id":"long-\#(day)-\#(k)","text":"\#(words.joined(separator: " "))"}"# + "\n"
        }
        .joined()
    }

    private static func articlesOfOneOutlet(_ day: Int) -> String {
        (0..<3).map { k in
            let words = (0..<20).map { "حديقة\((day * 3 + k) * 100 + $0)" }.joined(separator: " ")
            return
                #"{"id":"oasis-\#(day)-\#(k)","outlet":"واحة","text":"حديقة رقم \#(k) من اليوم \#(day)\n\#(slogan)\n\#(words)."}"#
                + "\n"
        }
        .joined()
    }

    func write(_ text: String, _ name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
    }

    func etl(
        _ command: String = "run",
        _ arguments: String...,
        fault: String? = nil,
        environment: [String: String] = [:]
    ) -> Program {
        var environment = environment
        if let fault { environment["ETL_FAULT"] = fault }
        return Program(arguments: [command, path + "/small.json"] + arguments, environment: environment)
    }

    /// One whole set as a reader finds it through `current`; nil when there is none.
    func published() -> [String: Data]? {
        guard let run = try? FileManager.default.destinationOfSymbolicLink(atPath: output + "/current") else {
            return nil
        }
        var set: [String: Data] = [:]
        for name in names("output/" + run) where name != "manifest.json" && name != "report.html" {
            set[name] = FileManager.default.contents(atPath: output + "/" + run + "/" + name)
        }
        return set
    }

    func names(_ folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path + "/" + folder)) ?? []).sorted()
    }

    func text(_ name: String) -> String? {
        FileManager.default.contents(atPath: path + "/" + name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// What every unbroken run of a day publishes.
    static func expected(day: Int) throws -> [String: Data]? {
        try expected(days: [day], Pipeline())
    }

    /// What an unbroken run of the last of several days publishes, each with a run of its own.
    static func expected(days: [Int], _ pipeline: Pipeline) throws -> [String: Data]? {
        for day in days {
            try pipeline.writeDay(day)
            _ = try pipeline.etl().run()
        }
        return pipeline.published()
    }

    /// The file system calls that a run from here on makes and that faults can strike: `number call path`. A copy of
    /// the folder makes them.
    func calls() throws -> [String] {
        let other = try copy()
        _ = try other.etl("run", "--jobs", "1", environment: ["ETL_FAULT_TRACE": other.path + "/trace"]).run()
        return (other.text("trace") ?? "").split(separator: "\n").map(String.init)
    }

    /// The same folder, for a test that breaks it.
    func copy() throws -> Pipeline {
        let other = try Pipeline(remembers: remembers)
        try FileManager.default.removeItem(atPath: other.path)
        try FileManager.default.copyItem(atPath: path, toPath: other.path)
        return other
    }
}

/// Which calls of a run a test breaks: every one with ETL_FAULTS=all, else a part that begins elsewhere in each test, so
/// that together they meet them all.
func struck(_ calls: [String], _ start: Int = 0, of parts: Int = 3) -> [Int] {
    if ProcessInfo.processInfo.environment["ETL_FAULTS"] == "all" { return Array(calls.indices) }
    let decisive = calls.indices.filter { call in
        ["current", "manifest", " commit "].contains { calls[call].contains($0) }
    }
    return Set(stride(from: start, to: calls.count, by: parts)).union(decisive).sorted()
}
