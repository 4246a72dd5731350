@_spi(Training) import Extraction
import Foundation
import JSON

/// Writes what the scorer of pages sees, for `train.py` to learn from.
///
/// `ExtractionTrainer PAGES.jsonl OUT [CHANCES]`: OUT.jsonl gets each page's `id` and blocks, OUT.f32 a row of
/// numbers a block. CHANCES holds a number a block and stands in for the first round.
@main
enum ExtractionTrainer {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 3 else {
            FileHandle.standardError.write(Data("usage: ExtractionTrainer PAGES.jsonl OUT [CHANCES]\n".utf8))
            exit(64)
        }
        let chances = try arguments.count > 3 ? floats(arguments[3]) : nil
        var blocks = JSONWriter()
        var rows = Data()
        var used = 0
        for line in try Data(contentsOf: URL(fileURLWithPath: arguments[1])).split(separator: 0x0A) {
            let page = try JSONValue(parsing: Array(line))
            guard let id = page["id"]?.string, let html = page["html"]?.string else { continue }
            guard var seen = look(html, page["url"]?.string, nil) else { continue }
            if let chances {
                let given = Array(chances[used..<used + seen.texts.count])
                used += given.count
                seen = look(html, page["url"]?.string, given) ?? seen
            }
            blocks.object { writer in
                writer.key("id")
                writer.value(id)
                writer.key("texts")
                writer.value(seen.texts)
            }
            blocks.newline()
            seen.features.withUnsafeBytes { rows.append(contentsOf: $0) }
        }
        try Data(blocks.bytes).write(to: URL(fileURLWithPath: arguments[2] + ".jsonl"))
        try rows.write(to: URL(fileURLWithPath: arguments[2] + ".f32"))
    }

    /// Nil for a page beyond the limits: it cannot be learned from.
    private static func look(_ html: String, _ url: String?, _ chances: [Float]?) -> PageInspection? {
        var html = html
        return html.withUTF8 { try? PageInspection($0, url: url, firstChances: chances) }
    }

    private static func floats(_ path: String) throws -> [Float] {
        try Data(contentsOf: URL(fileURLWithPath: path)).withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    }
}
