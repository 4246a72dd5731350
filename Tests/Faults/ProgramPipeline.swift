import Foundation
import Testing

/// A pipeline of several batches with a program in it that leaves a line for each article it is handed: what is worked
/// on twice can be counted. Every run keeps its journal at once.
final class ProgramPipeline {
    let path: String
    var output: String { path + "/output" }
    static let articles = 75
    /// Three files of 25 articles, at most ten at a time.
    static let batches = 9
    private static func batch(of article: Int) -> Int { article / 25 * 3 + article % 25 / 10 }
    static let program = """
        while IFS= read -r line; do
          id=${line#*\\"id\\":\\"}; id=${id%%\\"*}
          echo "$id" >> work
          printf '{"id":"%s","section":"seen"}\\n' "$id"
        done

        """

    private let remembers: Bool

    /// - Parameter remembers: reads only what is new, finds repeats across runs, and appends to files by month.
    init(remembers: Bool = false) throws {
        self.remembers = remembers
        path =
            URL(fileURLWithPath: NSTemporaryDirectory()).resolvingSymlinksInPath().path
            + "/etl-continue-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path + "/data", withIntermediateDirectories: true)
        try write("#!/bin/sh\n" + Self.program, "program.sh")
        try write(#"{"id":"Q3579","type":"LOC","name":"طرابلس"}"# + "\n", "names.jsonl")
        try writeDefinition()
        try writeDay(1)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func writeDefinition(minWords: Int = 3) throws {
        let (only, across) = remembers ? (#", "only": "new""#, #", "across": "runs""#) : ("", "")
        let file = remembers ? #""articles/{published:yyyy-MM}.jsonl", "mode": "append""# : #""articles.jsonl""#
        let mode = remembers ? #", "mode": "append""# : ""
        try write(
            """
            { "name": "long", "output": "output", "keepRuns": 3,
              "stages": [
                { "stage": "ingest", "paths": ["data"]\(only) },
                { "stage": "clean"\(across) },
                { "stage": "filter", "minWords": \(minWords) },
                { "stage": "dedupe"\(across) },
                { "stage": "exec", "command": ["sh", "program.sh"], "fields": ["section"] },
                { "stage": "tag", "gazetteers": ["names.jsonl"], "model": "none" },
                { "stage": "export", "file": \(file) },
                { "stage": "export", "file": "mentions.csv", "rows": "mentions"\(mode) }
              ] }
            """,
            "long.json"
        )
    }

    /// Articles of a day: a repeat now and then, one that is too short, lines that all articles of the outlet share.
    func writeDay(_ day: Int) throws {
        for part in 0..<3 {
            let lines = (0..<25).map { number -> String in
                let n = part * 25 + number
                let words =
                    n % 9 == 8
                    ? "قصير"
                    : (0..<30).map { "كلمة\((n % 11 == 10 ? 0 : n) * 100 + day * 10_000 + $0)" }
                        .joined(separator: " ")
                return #"{"id":"\#(day)-\#(n)","outlet":"مصدر","published":"2020-0\#(1 + n % 3)-01T00:00:00Z","#
                    + #""text":"اشترك في نشرتنا\n\#(words) في طرابلس.\n"}"#
            }
            try write(lines.joined(separator: "\n") + "\n", "data/\(day)-\(part).jsonl")
        }
    }

    /// Changes the inputs, and says how.
    func changeInputs(_ kind: String) throws {
        let file = path + "/data/1-1.jsonl"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let time = try FileManager.default.attributesOfItem(atPath: file)[.modificationDate] as? Date ?? Date()
        switch kind {
        case "size":
            try write(text + text.split(separator: "\n")[0].replacing("1-25", with: "1-99") + "\n", "data/1-1.jsonl")
            try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: file)
        case "time": try write(text.replacing("طرابلس", with: "طرابلص"), "data/1-1.jsonl")
        case "added": try write(text.replacing("\"1-", with: "\"a-"), "data/9.jsonl")
        case "removed": try FileManager.default.removeItem(atPath: file)
        default:
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1)],
                ofItemAtPath: file
            )
        }
    }

    func write(_ text: String, _ name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
    }

    func etl(_ command: String, _ arguments: String..., fault: String? = nil, trace: Bool = false) -> Program {
        var environment = ["ETL_JOURNAL_AFTER": "0", "PATH": "/usr/bin:/bin"]
        if let fault { environment["ETL_FAULT"] = fault }
        if trace { environment["ETL_FAULT_TRACE"] = path + "/trace" }
        return Program(
            arguments: [command, path + "/long.json", "--batch", "10"] + arguments,
            environment: environment
        )
    }

    // MARK: Looking

    /// One whole set as a reader finds it, with what is in its folders; nil when there is none. What the program said,
    /// it did not say again.
    func published() -> [String: Data]? {
        guard let run = try? FileManager.default.destinationOfSymbolicLink(atPath: output + "/current"),
            let names = try? FileManager.default.subpathsOfDirectory(atPath: output + "/" + run)
        else { return nil }
        var set: [String: Data] = [:]
        for name in names where !["manifest.json", "report.html"].contains(name) {
            set[name] = FileManager.default.contents(atPath: output + "/" + run + "/" + name)
        }
        return set
    }

    func names(_ folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path + "/" + folder)) ?? []).sorted()
    }

    private var journalPath: String { output + "/.state/run.journal" }
    var hasJournal: Bool { FileManager.default.fileExists(atPath: journalPath) }
    func journal() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: journalPath)) }
    func setJournal(_ data: Data) throws { try data.write(to: URL(fileURLWithPath: journalPath)) }

    func forgetWork() { try? FileManager.default.removeItem(atPath: path + "/work") }

    /// Of how many batches the program has seen an article since.
    var batchesWorked: Int {
        let text = (try? String(contentsOfFile: path + "/work", encoding: .utf8)) ?? ""
        let articles = text.split(separator: "\n").compactMap { $0.split(separator: "-").last.flatMap { Int($0) } }
        return Set(articles.map(Self.batch)).count
    }

    // MARK: Running

    /// What an unbroken run publishes.
    func unbroken() throws -> [String: Data] { try unbroken(days: 1)[0] }

    /// What unbroken runs of several days publish.
    func unbroken(days: Int) throws -> [[String: Data]] {
        let other = try copy()
        return try (1...days).map { day in
            try other.writeDay(day)
            _ = try other.etl("run").run()
            return try #require(other.published())
        }
    }

    /// The file system calls that a run from here on makes: `number call path`. A copy of the folder makes them.
    func calls() throws -> [String] {
        let other = try copy()
        _ = try other.etl("run", "--jobs", "1", trace: true).run()
        return try String(contentsOfFile: other.path + "/trace", encoding: .utf8).split(separator: "\n").map(
            String.init
        )
    }

    /// The same folder, for a test that breaks it; times stay.
    func copy() throws -> ProgramPipeline {
        let other = try ProgramPipeline(remembers: remembers)
        try FileManager.default.removeItem(atPath: other.path)
        let copying = Process()
        copying.executableURL = URL(fileURLWithPath: "/bin/cp")
        copying.arguments = ["-a", path, other.path]
        try copying.run()
        copying.waitUntilExit()
        return other
    }
}
