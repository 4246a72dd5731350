import Charsets
import Deduplication
import Engine
import Entities
import Extraction
import Foundation
import Formats
import JSON
import Language
import Pipeline
import Stages

/// What takes bytes from strangers, each as a fuzzer calls it: bytes in, a broken promise out.
///
/// Crashes and hangs are found by whoever calls; the promises checked here are those that hold for every input.
public enum FuzzTarget: String, CaseIterable, Sendable {
    case definition, jsonl, csv, html, charset, text, dates, gazetteer

    /// - Returns: what was promised and does not hold; nil when all is well.
    public func run(_ bytes: UnsafeRawBufferPointer) -> String? {
        switch self {
        case .definition: Self.definition(bytes)
        case .jsonl: Self.records(bytes, .jsonl)
        case .csv: Self.records(bytes, .csv)
        case .html: Self.page(bytes)
        case .charset: Self.charset(bytes)
        case .text: Self.text(bytes)
        case .dates: Self.dates(bytes)
        case .gazetteer: Self.gazetteer(bytes)
        }
    }

    /// A definition is a plan, or problems that can be shown.
    private static func definition(_ bytes: UnsafeRawBufferPointer) -> String? {
        let text = DefinitionText(name: "fuzz.json", bytes: Array(bytes))
        do throws(DefinitionError) {
            _ = try Plan(text, directory: folder, stages: standardStages)
            return nil
        } catch {
            return error.report.isEmpty ? "a refusal without a word" : nil
        }
    }

    /// Each record is an article or a failure, and an article that was written reads as the same row.
    private static func records(_ bytes: UnsafeRawBufferPointer, _ format: Format) -> String? {
        let path = "\(folder)/fuzz.\(format.rawValue)"
        guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else { return "no room to work" }
        let input = InputFile(path: "fuzz", file: path, format: format, size: bytes.count)
        var reader = RecordReader(files: [input], maxRecordBytes: 65_536)
        var batch = IngestedBatch()
        while let chunk = reader.next(maxRecords: 7) { reader.read(chunk, into: &batch) }
        guard batch.count == batch.articles.count + batch.failures.count else { return "a record was lost" }
        for placed in batch.articles {
            if let problem = reread(placed.article) { return problem }
        }
        return nil
    }

    private static func reread(_ article: Article) -> String? {
        let row = row(article)
        guard let value = try? JSONValue(parsing: row), value.members != nil else { return "a row is no JSON" }
        guard article.page == nil else { return nil }
        let again = row.withUnsafeBufferPointer { try? ArticleJSONReader().read($0, path: "fuzz", offset: 0) }
        guard let again else { return "a row cannot be read" }
        return again.text == article.text && again.title == article.title ? nil : "a row reads as another article"
    }

    private static func row(_ article: Article) -> [UInt8] {
        var writer = JSONWriter()
        ArticleJSONWriter.append(article, to: &writer)
        return writer.bytes
    }

    /// A page is an article or a refusal.
    private static func page(_ bytes: UnsafeRawBufferPointer) -> String? {
        guard let content = try? PageExtractor().extract(bytes, url: nil, charset: nil) else { return nil }
        return content.text.utf8.count > 8 * bytes.count + 64 ? "more text than page" : nil
    }

    private static func charset(_ bytes: UnsafeRawBufferPointer) -> String? {
        let decoded = Charsets.decode(bytes)
        if decoded.encoding.isEmpty || decoded.encodingFrom.isEmpty { return "no reason for the encoding" }
        let isText = String(validating: bytes, as: UTF8.self) != nil && !bytes.contains(0)
        return isText && decoded.text.isEmpty && bytes.count > 4 ? "the text is lost" : nil
    }

    /// What is left of scraped text, its words, its mentions.
    private static func text(_ bytes: UnsafeRawBufferPointer) -> String? {
        let cleaned = ScrapedTextCleaner().clean(String(decoding: bytes, as: UTF8.self))
        let scalars = Array(cleaned.text.unicodeScalars)
        for mention in tagger.tag(cleaned.text, title: cleaned.title, language: "ar") {
            guard 0 <= mention.start, mention.start < mention.end, mention.end <= scalars.count else {
                return "a mention outside the text"
            }
            var slice = String.UnicodeScalarView()
            slice.append(contentsOf: scalars[mention.start..<mention.end])
            if !mention.text.utf8.elementsEqual(String(slice).utf8) { return "a mention that is no slice of the text" }
        }
        let options = DedupeOptions(near: true, threshold: 40)
        let signature = Signature(text: cleaned.text, title: cleaned.title, url: nil, options: options)
        var deduplicator = Deduplicator(options: options)
        _ = try? deduplicator.decide(signature, position: 0)
        if case .unique? = try? deduplicator.decide(signature, position: 1), !Folding.fold(cleaned.text).isEmpty {
            return "a text that does not repeat itself"
        }
        return nil
    }

    private static func dates(_ bytes: UnsafeRawBufferPointer) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        for date in [DateParser.parse(text), DateParser.parseMachine(text)].compactMap(\.self) {
            let range = 0...text.utf8.count
            guard range.contains(date.range.lowerBound), range.contains(date.range.upperBound) else {
                return "a date outside the text"
            }
            guard DateParser.parseMachine(date.timestamp.rfc3339)?.timestamp == date.timestamp else {
                return "a date that is written as another"
            }
        }
        return nil
    }

    private static func gazetteer(_ bytes: UnsafeRawBufferPointer) -> String? {
        do throws(GazetteerError) {
            let gazetteer = try Gazetteer(sources: [("fuzz.jsonl", Array(bytes))])
            let tagger = EntityTagger(gazetteer: gazetteer, options: TaggerOptions(model: nil))
            _ = tagger.tag(String(decoding: bytes.prefix(4096), as: UTF8.self), language: "ar")
            return nil
        } catch {
            return error.problems.isEmpty ? "a refusal without a word" : nil
        }
    }

    private static let tagger = EntityTagger(gazetteer: Gazetteer())

    private static let folder: String = {
        let folder = NSTemporaryDirectory() + "fuzz-\(ProcessInfo.processInfo.processIdentifier)"
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }()
}
