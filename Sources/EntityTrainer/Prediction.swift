import Entities
import Foundation
import JSON
import Language

/// Prints the mentions of articles in JSON Lines, as `{"id", "entities": [{"start", "end", "type", "text", "id"}]}`, for
/// scoring them against annotated ones.
struct Prediction {
    let gazetteers: String
    let model: String

    /// - Parameter paths: files of `{"id", "text", "language", "published"}`.
    func run(_ paths: [String]) throws {
        let model = self.model == "none" ? nil : try EntityModel(bytes: bytes(self.model))
        let names = gazetteers == "none" ? [] : gazetteers.split(separator: ",").map(String.init)
        let gazetteer = try Gazetteer(sources: names.map { ($0, try bytes($0)) })
        let tagger = EntityTagger(gazetteer: gazetteer, options: TaggerOptions(model: model))
        for path in paths {
            for line in try bytes(path).split(separator: 0x0A) {
                let article = try JSONValue(parsing: Array(line))
                let mentions = tagger.tag(
                    article["text"]?.string ?? "",
                    language: article["language"]?.string,
                    published: article["published"]?.string.flatMap { DateParser.parse($0)?.timestamp }
                )
                print("{\"id\": \(quoted(article["id"]?.string ?? "")), \"entities\": [", terminator: "")
                print(mentions.map(json).joined(separator: ", "), terminator: "]}\n")
            }
        }
    }

    private func json(_ mention: Mention) -> String {
        let id = mention.id.map(quoted) ?? "null"
        let value = mention.value.map(quoted) ?? "null"
        return "{\"start\": \(mention.start), \"end\": \(mention.end), \"type\": \"\(mention.type)\", "
            + "\"text\": \(quoted(mention.text)), \"id\": \(id), \"value\": \(value), \"source\": \"\(mention.source)\"}"
    }

    private func quoted(_ text: String) -> String {
        let bytes = (try? JSONEncoder().encode(text)) ?? Data()
        return String(decoding: bytes, as: UTF8.self)
    }

    private func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }
}
