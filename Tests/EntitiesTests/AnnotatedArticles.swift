import Foundation
import Language

@testable import Entities

/// The project's own annotated articles; `Tests/Quality/entities/README.md` says how they are written.
struct AnnotatedArticle: Sendable {
    struct Gold: Hashable, Sendable {
        var start: Int
        var end: Int
        var type: String
        var id: String?
    }

    var name: String
    var language: String
    var published: Timestamp?
    var title: String
    var text: String
    var mentions: [Gold]

    static func read(_ file: String) throws -> [AnnotatedArticle] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let url = root.appending(path: "Quality/entities/\(file)")
        let lines = String(decoding: try Data(contentsOf: url), as: UTF8.self).split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        var articles: [AnnotatedArticle] = []
        var body: [Substring] = []
        func close() {
            guard !articles.isEmpty else { return }
            while body.last?.isEmpty == true { body.removeLast() }
            articles[articles.count - 1].mark(body.joined(separator: "\n"))
            body = []
        }
        for line in lines {
            guard line.hasPrefix("== ") else {
                body.append(line)
                continue
            }
            close()
            let head = line.dropFirst(3).split(separator: " ", maxSplits: 3).map(String.init)
            articles.append(
                AnnotatedArticle(
                    name: head[0],
                    language: head[1],
                    published: DateParser.parse(head[2])?.timestamp,
                    title: head[3],
                    text: "",
                    mentions: []
                )
            )
        }
        close()
        return articles
    }

    /// Takes the marks out of a text and counts where they stood.
    private mutating func mark(_ marked: String) {
        var plain = String.UnicodeScalarView()
        var start = 0
        var label: String.UnicodeScalarView?
        for scalar in marked.unicodeScalars {
            switch scalar {
            case "[": start = plain.count
            case "|": label = .init()
            case "]":
                let parts = String(label ?? .init()).split(separator: " ", maxSplits: 1).map(String.init)
                mentions.append(
                    Gold(start: start, end: plain.count, type: parts[0], id: parts.count > 1 ? parts[1] : nil)
                )
                label = nil
            default:
                if label == nil { plain.append(scalar) } else { label?.append(scalar) }
            }
        }
        text = String(plain)
    }
}
