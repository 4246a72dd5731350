import Foundation
import Language
import Testing

@testable import Entities

@Suite("Slices of mentions")
struct SliceTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every text of the repository: samples as they came, with all their markup, and annotated articles.
    private static func texts() -> [(name: String, text: String)] {
        let endings: Set<String> = ["html", "txt", "jsonl", "json", "md", "csv", "xml"]
        var texts: [(String, String)] = []
        for folder in ["Samples", "Tests/Quality", "Tests/Golden/Cases", "Pipelines"] {
            let files = FileManager.default.enumerator(
                at: root.appending(path: folder),
                includingPropertiesForKeys: nil
            )
            for case let file as URL in files ?? .init() where endings.contains(file.pathExtension) {
                guard let bytes = FileManager.default.contents(atPath: file.path) else { continue }
                texts.append((file.lastPathComponent, String(decoding: bytes, as: UTF8.self)))
            }
        }
        return texts
    }

    @Test("every mention of every text in the repository is exactly the code points it says")
    func exact() throws {
        let tagger = EntityTagger(gazetteer: try LibyaGazetteerTests.gazetteers())
        let texts = Self.texts()
        #expect(texts.count > 20)
        var count = 0
        for (name, text) in texts {
            let scalars = Array(text.unicodeScalars)
            var end = 0
            for mention in tagger.tag(text) {
                count += 1
                var slice = ""
                slice.unicodeScalars.append(contentsOf: scalars[mention.start..<mention.end])
                #expect(slice.utf8.elementsEqual(mention.text.utf8), "\(name): \(mention)")
                #expect(mention.start >= end && mention.end > mention.start, "\(name): \(mention)")
                end = mention.end
                // What is written onto the front stands right before it.
                if let clitic = mention.clitic {
                    let before = scalars[max(0, mention.start - 8)..<mention.start].map { String($0) }.joined()
                    let folded = String(decoding: TokenList(before).keys, as: UTF8.self)
                    #expect(clitic.allSatisfy(folded.contains), "\(name): \(mention)")
                }
            }
        }
        #expect(count > 1000)
    }
}
