import Entities
import Foundation

/// Prints what a model makes of texts, one mention a line, and how fast: for reading by eye.
struct Reading {
    let gazetteer: String
    let model: String

    func run(_ paths: [String]) throws {
        var model: EntityModel?
        if self.model != "none" { model = try EntityModel(bytes: bytes(self.model)) }
        let gazetteer =
            self.gazetteer == "none"
            ? Gazetteer() : try Gazetteer(sources: [(self.gazetteer, bytes(self.gazetteer))])
        let tagger = EntityTagger(gazetteer: gazetteer, options: TaggerOptions(model: model))
        let texts = try paths.map { String(decoding: try bytes($0), as: UTF8.self) }
        for (path, text) in zip(paths, texts) {
            print("== \(path)")
            for m in tagger.tag(text) {
                print(m.start, m.end, m.type, m.clitic ?? "-", "[\(m.text)]", m.id ?? "-", m.source, m.value ?? "")
            }
        }
        var mentions = 0
        let start = clock()
        let rounds = 200
        for _ in 0..<rounds { for text in texts { mentions += tagger.tag(text).count } }
        let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
        let count = Double(rounds * texts.count)
        print(
            "\(Int(count / seconds)) articles, \(texts.reduce(0) { $0 + $1.utf8.count } * rounds / Int(seconds * 1000)) kB a CPU second"
        )
    }

    private func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }
}
