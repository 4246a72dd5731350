@_spi(Training) import Extraction
import Foundation
import JSON

/// Writes what the scorer of pages sees, for `train.py` to learn from.
///
/// `ExtractionTrainer PAGES.jsonl OUT [CHANCES]`: OUT.jsonl gets each page's `id` and blocks, OUT.f32 a row of
/// numbers a block. CHANCES holds a number a block and stands in for the first round.
///
/// `ExtractionTrainer text TEXTS.jsonl OUT` does the same for texts without markup and `train_text.py`: OUT.jsonl gets
/// where each text's lines begin and what the rules make of them.
@main
enum ExtractionTrainer {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 3 else {
            FileHandle.standardError.write(Data("usage: ExtractionTrainer PAGES.jsonl OUT [CHANCES]\n".utf8))
            exit(64)
        }
        if arguments[1] == "text" { return try lookAtTexts(arguments[2], arguments.dropFirst(3).first ?? "seen") }
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

    private static func lookAtTexts(_ path: String, _ out: String) throws {
        var lines = JSONWriter()
        var rows = Data()
        for line in try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: 0x0A) {
            let article = try JSONValue(parsing: Array(line))
            guard let id = article["id"]?.string, let text = article["text"]?.string else { continue }
            let seen = ScrapedTextInspection(text)
            lines.object { writer in
                writer.key("id")
                writer.value(id)
                writer.key("whole")
                writer.value(seen.isWholePage)
                writer.key("starts")
                writer.array { writer in for start in seen.starts { writer.value(start) } }
                writer.key("open")
                writer.array { writer in for isOpen in seen.isOpen { writer.value(isOpen) } }
                writer.key("reasons")
                writer.array { writer in for reason in seen.reasons { writer.value(reason) } }
            }
            lines.newline()
            seen.features.withUnsafeBytes { rows.append(contentsOf: $0) }
        }
        try Data(lines.bytes).write(to: URL(fileURLWithPath: out + ".jsonl"))
        try rows.write(to: URL(fileURLWithPath: out + ".f32"))
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
