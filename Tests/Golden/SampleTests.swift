import Foundation
import JSON
import TestSupport
import Testing

/// The sample pipeline gives what `Samples/libya/expected.jsonl` says of each file: every body line, no chrome, the
/// title, the time of publication, the language, and what is dropped and why.
@Suite struct SampleTests {
    struct Expectation: CustomTestStringConvertible, Sendable {
        let path: String
        let title: String?
        let published: String?
        let language: String?
        let fate: String
        let body: [String]
        var testDescription: String { path }

        init(_ row: JSONValue) {
            path = row["path"]?.string ?? ""
            title = row["title"]?.string
            published = row["published"]?.string
            language = row["language"]?.string
            fate = row["fate"]?.string ?? ""
            body = row["body"]?.elements?.compactMap(\.string) ?? []
        }
    }

    /// One run for all tests.
    struct Outputs: Sendable {
        var kept: [String: JSONValue] = [:]
        var left: [String: JSONValue] = [:]
        var idOf: [String: String] = [:]
    }

    static let expectations: [Expectation] = {
        let data = FileManager.default.contents(atPath: Program.repository + "/Samples/libya/expected.jsonl") ?? Data()
        return String(decoding: data, as: UTF8.self).split(separator: "\n")
            .compactMap { try? JSONValue(parsing: String($0)) }.map(Expectation.init)
    }()

    static let outputs = Result { () throws -> Outputs in
        let folder = try TemporaryFolder()
        let definition = Program.repository + "/Pipelines/libya.json"
        let result = try Program.run(["run", definition, "--set", "output=\(folder.path)/out"], in: folder.path)
        #expect(result.exitCode == 0, "\(result.errors)")
        var outputs = Outputs()
        for line in folder.lines("out/articles.jsonl") {
            let row = try JSONValue(parsing: line)
            let path = sample(row["provenance"]?["path"]?.string)
            outputs.kept[path] = row
            outputs.idOf[path] = row["id"]?.string
        }
        for line in folder.lines("out/current/duplicates.jsonl") + folder.lines("out/current/dropped.jsonl") {
            let row = try JSONValue(parsing: line)
            outputs.left[sample(row["path"]?.string)] = row
        }
        return outputs
    }

    private static func sample(_ path: String?) -> String {
        (path ?? "").replacingOccurrences(of: "../Samples/libya/", with: "")
    }

    @Test func everySampleIsExpected() throws {
        let root = Program.repository + "/Samples/libya"
        let files = (FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? [])
            .filter { $0.hasSuffix(".html") || $0.hasSuffix(".txt") }
        #expect(files.sorted() == Self.expectations.map(\.path).sorted())
        #expect(files.count >= 30)
    }

    @Test(arguments: expectations)
    func comesOutAsExpected(_ expected: Expectation) throws {
        let outputs = try Self.outputs.get()
        let kept = outputs.kept[expected.path]
        let left = outputs.left[expected.path]
        let fate = expected.fate.split(separator: ":", maxSplits: 1).map(String.init)
        let original = fate.count > 1 ? outputs.idOf[fate[1]] : nil
        switch fate[0] {
        case "kept":
            let row = try #require(kept, "dropped: \(String(describing: left))")
            #expect(row["title"]?.string == expected.title)
            #expect(row["published"]?.string == expected.published)
            #expect(row["language"]?.string == expected.language)
            let lines = (row["text"]?.string ?? "").split(separator: "\n").map(String.init)
            #expect(expected.body.filter { !lines.contains($0) } == [], "body lines that were lost")
            #expect(lines.filter { !expected.body.contains($0) } == [], "lines that are no body")
        case "duplicate_of":
            #expect(left?["duplicate_kind"]?.string == "exact")
            #expect(left?["duplicate_of"]?.string == original)
        case "near":
            #expect(["near", "truncated"].contains(left?["duplicate_kind"]?.string))
            #expect(left?["duplicate_of"]?.string == original)
        case let reason:
            #expect(left?["reason"]?.string == reason)
        }
    }
}
