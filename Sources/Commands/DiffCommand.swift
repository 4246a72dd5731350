import ArgumentParser
import Engine
import Foundation
import JSON

struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare the articles of two runs by their ids.",
        discussion: """
            + is an article that only the second run has, - one that only the first has, ~ one that changed, with the \
            fields that did. The provenance is left out of the comparison.
            """
    )

    @OptionGroup var arguments: DefinitionArguments

    @Argument(help: "The older run, by its number.")
    var first: String

    @Argument(help: "The newer run; the last one when left out.")
    var second = "current"

    @Option(help: "The exported JSON Lines file, as the definition names it; the first one when left out.")
    var file: String?

    @Flag(help: "Print the numbers only.")
    var summary = false

    func run() throws {
        try reportingFailures {
            let output = try OutputRuns(arguments.plan())
            guard let file = file ?? output.plan.files.first(where: { $0.lowercased().hasSuffix(".jsonl") }) else {
                throw Failure(code: 64, message: "etl: the definition exports no .jsonl file to compare")
            }
            let old = try ArticleRows(output.paths(file, of: output.named(first)))
            let new = try ArticleRows(output.paths(file, of: output.named(second)))
            var lines: [String] = []
            var counts = (added: 0, removed: 0, changed: 0)
            for (id, row) in new.inOrder {
                guard let before = old.row(id) else {
                    counts.added += 1
                    lines.append("+ \(id)  \(new.title(row))")
                    continue
                }
                let changed = ArticleRows.changes(old.value(before), new.value(row))
                if changed.isEmpty { continue }
                counts.changed += 1
                lines.append("~ \(id)  \(new.title(row))  (\(changed.joined(separator: ", ")))")
            }
            for (id, row) in old.inOrder where new.row(id) == nil {
                counts.removed += 1
                lines.append("- \(id)  \(old.title(row))")
            }
            lines = summary ? [] : lines
            lines.append(
                "\(grouped(counts.added)) added, \(grouped(counts.removed)) removed, \(grouped(counts.changed)) changed"
            )
            Terminal.print(lines.joined(separator: "\n"))
        }
    }
}

/// The rows of files of articles by their ids. Memory: the ids; the files themselves are mapped.
private struct ArticleRows {
    struct Row {
        let file: Int
        let bytes: Range<Int>
    }

    private var files: [Data] = []
    private var rows: [String: Row] = [:]
    private(set) var inOrder: [(id: String, row: Row)] = []

    init(_ paths: [String]) throws {
        for path in paths {
            do {
                files.append(try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped))
            } catch {
                throw Failure(code: 66, message: "etl: \(path) cannot be read")
            }
            readLast()
        }
    }

    private mutating func readLast() {
        guard let data = files.last else { return }
        var start = data.startIndex
        while start < data.endIndex {
            let end = data[start...].firstIndex(of: 0x0A) ?? data.endIndex
            let row = Row(file: files.count - 1, bytes: start..<end)
            if let id = value(row)["id"]?.string, rows[id] == nil {
                rows[id] = row
                inOrder.append((id, row))
            }
            start = end + 1
        }
    }

    func row(_ id: String) -> Row? { rows[id] }

    func value(_ row: Row) -> JSONValue {
        (try? JSONValue(parsing: Array(files[row.file][row.bytes]))) ?? JSONValue(.null)
    }

    func title(_ row: Row) -> String { value(row)["title"]?.string ?? "" }

    /// The fields that differ, in the order of the new row.
    static func changes(_ old: JSONValue, _ new: JSONValue) -> [String] {
        (new.members ?? []).filter { member in
            member.key != "provenance" && text(member.value) != old[member.key].map(text)
        }.map(\.key)
    }

    private static func text(_ value: JSONValue) -> String {
        var writer = JSONWriter()
        writer.value(value)
        return writer.text
    }
}
