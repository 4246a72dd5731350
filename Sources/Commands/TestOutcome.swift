import Engine
import Formats
import Hashing
import JSON
import Pipeline
import Stages

/// What came of a case, and how it differs from what was expected.
struct TestOutcome {
    let test: TestCase
    /// Empty when the case holds.
    private(set) var differences: [Difference] = []

    struct Difference {
        /// What is compared: a field's name, `verdict`, `input`.
        let subject: String
        let expected: [String]
        let found: [String]
    }

    init(of test: TestCase, in plan: Plan) {
        self.test = test
        var articles: [Article] = []
        do throws(ArticleError) {
            for input in test.after + [test.input] { articles.append(try Self.article(input, in: plan.definition)) }
        } catch {
            note("input", ["an article"], ["\(error.code): \(error.message)"])
            return
        }
        let ways = Preview.steps(of: articles, in: plan, through: test.through ?? .max)
        guard let steps = ways.last else { return }
        let verdict = Self.verdict(steps)
        var article = steps.last?.article ?? articles[articles.count - 1]
        if verdict.expectation != test.expectation {
            note("verdict", [Self.describe(test.expectation)], [verdict.text])
        } else if test.expectation == .keep {
            check(&article)
        }
    }

    private mutating func note(_ subject: String, _ expected: [String], _ found: [String]) {
        differences.append(Difference(subject: subject, expected: expected, found: found))
    }

    // MARK: Input

    private static func article(_ input: TestInput, in definition: Definition) throws(ArticleError) -> Article {
        switch input {
        case .text(let text):
            let sha256 = SHA256.hash(Array(text.utf8))
            return Article(text: text, provenance: Provenance(path: "test", offset: 0, sha256: sha256, format: "text"))
        case .record(let record):
            var writer = JSONWriter()
            writer.value(record)
            return try writer.bytes.withUnsafeBufferPointer { line throws(ArticleError) in
                try ArticleJSONReader().read(line, path: "test", offset: 0)
            }
        case .file(let path, _):
            return try first(of: path, in: definition)
        }
    }

    private static func first(of path: String, in definition: Definition) throws(ArticleError) -> Article {
        let isAbsolute = path.hasPrefix("/") || definition.directory.isEmpty
        let place = isAbsolute ? path : definition.directory + "/" + path
        let limit = definition.limits.maxRecordBytes
        var reader = RecordReader(
            files: [InputFile(path: path, file: place, format: nil, size: nil)],
            maxRecordBytes: limit
        )
        var batch = IngestedBatch()
        while batch.count == 0, let chunk = reader.next(maxRecords: 1) { reader.read(chunk, into: &batch) }
        if let failure = batch.failures.first { throw failure.failure.error }
        guard let article = batch.articles.first?.article else {
            throw ArticleError(code: "empty", message: "the file \(path) holds no article")
        }
        return article
    }

    // MARK: Verdict

    private static func verdict(_ steps: [Preview.Step]) -> (expectation: TestCase.Expectation, text: String) {
        guard let step = steps.last else { return (.keep, "kept") }
        let place = "by stage \(step.stage.number) (\(step.stage.name))"
        switch step.outcome {
        case .kept, .passedBy: return (.keep, "kept")
        case .dropped(let reason): return (.drop(reason: reason), "dropped as \(reason) \(place)")
        case .failed(let error): return (.fail(code: error.code), "failed as \(error.code) \(place): \(error.message)")
        }
    }

    private static func describe(_ expectation: TestCase.Expectation) -> String {
        switch expectation {
        case .keep: "kept"
        case .drop(let reason): "dropped as \(reason)"
        case .fail(let code): "failed as \(code)"
        }
    }

    // MARK: Fields

    private mutating func check(_ article: inout Article) {
        article.identify()
        var writer = JSONWriter()
        ArticleJSONWriter.append(article, to: &writer)
        guard let row = try? JSONValue(parsing: writer.bytes) else { return }
        for member in test.expected?.members ?? [] {
            let found = row[member.key] ?? JSONValue(.null)
            if !Self.holds(member.value, found) { note(member.key, Self.lines(member.value), Self.lines(found)) }
        }
        if let condition = test.condition, !condition.matches(&article) {
            let fields = ["title", "language", "section", "published", "outlet", "word_count"].map { key in
                "\(key): \(Self.lines(row[key] ?? JSONValue(.null)).joined(separator: " "))"
            }
            note("where", ["an article that meets the condition"], fields)
        }
    }

    /// Whether a value is as expected; of an object only the members that are expected are looked at.
    private static func holds(_ expected: JSONValue, _ found: JSONValue) -> Bool {
        switch (expected.content, found.content) {
        case (.object(let members), .object):
            return members.allSatisfy { member in found[member.key].map { holds(member.value, $0) } ?? false }
        case (.array(let these), .array(let those)):
            return these.count == those.count && zip(these, those).allSatisfy(holds)
        case (.string(let this), .string(let that)): return this.utf8.elementsEqual(that.utf8)
        case (.number(let this), .number(let that)): return this == that || Double(this) == Double(that)
        case (.bool(let this), .bool(let that)): return this == that
        case (.null, .null): return true
        default: return false
        }
    }

    /// A text's lines, a list's elements, anything else as one line.
    private static func lines(_ value: JSONValue) -> [String] {
        if let elements = value.elements { return elements.isEmpty ? ["[]"] : elements.map(json) }
        guard let text = value.string, text.utf8.contains(0x0A) else { return [json(value)] }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private static func json(_ value: JSONValue) -> String {
        var writer = JSONWriter()
        writer.value(value)
        return writer.text
    }
}
