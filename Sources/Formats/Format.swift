import Pipeline

/// How records are encoded in a file.
public enum Format: String, ChoiceOption {
    /// One scraped article, already text.
    case text
    /// One web page.
    case html
    /// One article a line (JSON Lines).
    case jsonl
    /// One article a row (RFC 4180), named by a header row.
    case csv

    /// By the name's suffix; a compression suffix is passed over.
    public static func named(by path: String) -> Format? {
        switch suffix(of: Compression.strip(path)) {
        case "txt", "text": .text
        case "html", "htm", "xhtml", "shtml": .html
        case "jsonl", "ndjson", "jsonlines": .jsonl
        case "csv", "tsv": .csv
        default: nil
        }
    }

    /// By the first bytes of a file whose name does not tell.
    public static func sniffed(from head: [UInt8]) -> Format {
        var rest = head[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        rest = rest.drop { $0 <= 0x20 }
        if rest.first == UInt8(ascii: "{") { return .jsonl }
        if rest.first == UInt8(ascii: "<") {
            let lower = rest.prefix(512).map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
            for mark in ["<!doctype html", "<html", "<head", "<body", "<meta"] where lower.contains(mark.utf8) {
                return .html
            }
        }
        return .text
    }
}

extension Array where Element == UInt8 {
    fileprivate func contains(_ part: String.UTF8View) -> Bool {
        let part = Array(part)
        guard count >= part.count else { return false }
        return (0...(count - part.count)).contains { self[$0..<$0 + part.count].elementsEqual(part) }
    }
}

/// How a file's bytes are packed.
public enum Compression: String, Sendable {
    case none, gzip, zstd

    public static func named(by path: String) -> Compression {
        switch suffix(of: path) {
        case "gz": .gzip
        case "zst", "zstd": .zstd
        default: .none
        }
    }

    /// By the first bytes (RFC 1952, section 2.3.1; RFC 8878, section 3.1.1).
    static func sniffed(from head: [UInt8]) -> Compression {
        if head.starts(with: [0x1F, 0x8B, 0x08]) { return .gzip }
        return head.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) ? .zstd : .none
    }

    public static func strip(_ path: String) -> String {
        guard named(by: path) != .none, let dot = path.utf8.lastIndex(of: UInt8(ascii: ".")) else { return path }
        return String(path[..<dot])
    }
}

/// What follows the last dot of the last name, lower-cased; empty where there is none.
private func suffix(of path: String) -> String {
    let name = path.utf8.split(separator: UInt8(ascii: "/")).last ?? path.utf8[...]
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")) else { return "" }
    return String(Substring(name[name.index(after: dot)...])).lowercased()
}
