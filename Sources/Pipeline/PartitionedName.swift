import Hashing

/// The name of an export that is cut into files by what the articles say: `articles/{published:yyyy-MM}.jsonl`.
///
/// Values come from the data, so they are confined: they can neither leave their folder nor hide in it, and what an
/// article does not say is `unknown`.
public struct PartitionedName: Sendable {
    /// The folder that holds all files of the export: what the link in the output folder leads to.
    public let folder: String
    /// What all of them end with.
    public let suffix: String
    private let pieces: [Piece]

    private enum Piece {
        case text(String)
        case value(@Sendable (Article) -> String?)
    }

    /// - Returns: nil for a name without a placeholder.
    /// - Throws: ``StageProblem`` about the option `file`.
    public init?(_ text: String) throws(StageProblem) {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "/") }) else { return nil }
        let names = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard names.count > 1, !names[0].contains("{") else {
            throw Self.problem(text, "is cut into files that have no folder", "write \"articles/\(text)\"")
        }
        for name in names where name.isEmpty || name.hasPrefix(".") || name.utf8.count > 100 || name.utf8.contains(0) {
            throw Self.problem(text, "holds \"\(name)\", which is no plain name", nil)
        }
        guard text.contains("{") else { throw Self.problem(text, "is in a folder, but has no placeholder", Self.hint) }
        folder = names[0]
        suffix = text.split(separator: "}", omittingEmptySubsequences: false).last.map(String.init) ?? ""
        pieces = try Self.pieces(of: text)
    }

    /// The file of an article, below the run directory.
    public func file(of article: Article) -> String {
        var name = ""
        for piece in pieces {
            switch piece {
            case .text(let text): name += text
            case .value(let value): name += Self.confined(value(article))
            }
        }
        return name
    }

    private static func pieces(of text: String) throws(StageProblem) -> [Piece] {
        var pieces: [Piece] = []
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else {
                throw problem(text, "has a \"{\" without its \"}\"", nil)
            }
            if open > rest.startIndex { pieces.append(.text(String(rest[..<open]))) }
            let field = String(rest[rest.index(after: open)..<close])
            guard let value = value(of: field) else {
                throw problem(text, "has the unknown placeholder \"{\(field)}\"", hint)
            }
            pieces.append(.value(value))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        return pieces
    }

    private static let hint =
        "{outlet}, {language}, {section}, {source}, {published:yyyy}, {published:yyyy-MM}, {published:yyyy-MM-dd}, the same of {modified:…}"

    private static func value(of field: String) -> (@Sendable (Article) -> String?)? {
        switch field {
        case "outlet": return { $0.outlet }
        case "language": return { $0.language }
        case "section": return { $0.section }
        case "source": return { $0.source }
        default: break
        }
        let parts = field.split(separator: ":", omittingEmptySubsequences: false)
        let lengths = ["yyyy": 4, "yyyy-MM": 7, "yyyy-MM-dd": 10]
        guard parts.count == 2, let length = lengths[String(parts[1])] else { return nil }
        switch parts[0] {
        case "published": return { $0.published.map { String($0.rfc3339.prefix(length)) } }
        case "modified": return { $0.modified.map { String($0.rfc3339.prefix(length)) } }
        default: return nil
        }
    }

    /// Bytes of a value in a name; what is longer is cut and told apart by its hash.
    static let maxBytes = 60

    /// A value as a part of a file's name: no separators, no control characters, no dot in front.
    static func confined(_ value: String?) -> String {
        guard let value, !value.utf8.allSatisfy({ $0 == 0x20 }) else { return "unknown" }
        var name = String.UnicodeScalarView()
        var bytes = 0
        for scalar in value.unicodeScalars {
            let isPlain =
                scalar != "/" && scalar != "\\" && scalar.properties.generalCategory != .control
                && !(name.isEmpty && scalar == ".")
            let placed: Unicode.Scalar = isPlain ? scalar : "_"
            bytes += UTF8.width(placed)
            guard bytes <= maxBytes else { return String(name) + "-" + hash(of: value) }
            name.append(placed)
        }
        return String(name)
    }

    private static func hash(of value: String) -> String {
        let digits = String(XXH3.hash64(value), radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    private static func problem(_ name: String, _ message: String, _ hint: String?) -> StageProblem {
        StageProblem("\"\(name)\" \(message)", option: "file", hint: hint)
    }
}
