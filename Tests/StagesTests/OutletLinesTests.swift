import Engine
import JSON
import Language
import Pipeline
import TestSupport
import Testing

@testable import Stages

/// Lines that no phrase gives away, and that an outlet puts around all its articles.
@Suite struct OutletLinesTests {
    static let slogan = "صوتكم من قلب الواحة إلى كل البيوت"

    /// Articles of one outlet, each under the same slogan, with paragraphs of their own.
    private func articles(_ count: Int, outlet: String = "واحة") -> [String] {
        (0..<count).map { number in
            let first =
                "افتتحت البلدية رقم \(number) صباح اليوم حديقة عامة جديدة في الحي الشرقي من المدينة بحضور الأهالي."
            let second =
                "وقال رئيس البلدية رقم \(number) إن الحديقة تضم ملعبا للأطفال ومكتبة صغيرة ومئتي شجرة من النخيل."
            return "حديقة جديدة في البلدية رقم \(number)\\n\(Self.slogan)\\n\(first)\\n\(second)"
        }
        .enumerated()
        .map { #"{"id":"\#($0.offset)","outlet":"\#(outlet)","text":"\#($0.element)"}"# }
    }

    private func texts(_ lines: [String], options: String = "", jobs: Int = 1, batch: Int = 256) throws -> [String] {
        let folder = try TemporaryFolder()
        try folder.write(lines.joined(separator: "\n"), to: "a.jsonl")
        let definition = """
            {"output":"out","stages":[{"stage":"ingest","paths":["a.jsonl"]},{"stage":"clean"\(options)},
            {"stage":"export","file":"a.jsonl"}]}
            """
        let text = DefinitionText(name: "p.json", bytes: Array(definition.utf8))
        let plan = try Plan(text, directory: folder.path, stages: standardStages)
        _ = try Run(plan, options: .init(jobs: jobs, batchArticles: batch), started: Timestamp(seconds: 0)).execute()
        return try folder.lines("out/a.jsonl").map { try JSONValue(parsing: $0)["text"]?.string ?? "" }
    }

    /// An interrupted run is not continued with other counts than it began with.
    @Test func theFingerprintIsOfWhatALookUpFinds() throws {
        func fingerprint(_ articles: Int, _ text: String = Self.slogan) throws -> String {
            var lines = OutletLines()
            for number in 0..<articles {
                let story = "وقال رئيس البلدية رقم \(number) إن الحديقة تضم ملعبا للأطفال ومكتبة صغيرة"
                lines.add(OutletLines.Sighting(of: "\(text)\n\(story)", outlet: "واحة"))
            }
            try lines.close()
            return lines.fingerprint.hex
        }
        #expect(try fingerprint(20) == fingerprint(20))
        #expect(try fingerprint(20) != fingerprint(21))
        #expect(try fingerprint(20) != fingerprint(20, "صوت آخر من قلب الواحة إلى كل البيوت"))
        // What stands in few articles is looked up by nobody.
        #expect(try fingerprint(1) == fingerprint(2))
    }

    @Test func repeatedLineGoes() throws {
        let texts = try texts(articles(8))
        #expect(texts.count == 8)
        #expect(texts.allSatisfy { !$0.contains(Self.slogan) && $0.contains("افتتحت البلدية") })
    }

    @Test func staysInFewArticlesAndWhenNotAskedFor() throws {
        #expect(try texts(articles(3)).allSatisfy { $0.contains(Self.slogan) })
        #expect(try texts(articles(8), options: #","repeatedLines":false"#).allSatisfy { $0.contains(Self.slogan) })
    }

    @Test("an article collected thirty times keeps its paragraphs")
    func collectedManyTimes() throws {
        let texts = try texts(Array(repeating: articles(1)[0], count: 30))
        #expect(texts.count == 30)
        #expect(texts.allSatisfy { $0.contains("افتتحت البلدية") && $0.contains("وقال رئيس البلدية") })
    }

    @Test func sameForAnyWorkersAndBatches() throws {
        let lines = articles(20) + articles(4, outlet: "ساحل")
        let reference = try texts(lines)
        for (jobs, batch) in [(1, 1), (8, 1), (8, 3)] {
            #expect(try texts(lines, jobs: jobs, batch: batch) == reference)
        }
    }
}
