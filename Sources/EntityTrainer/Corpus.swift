import Entities
import Foundation
import Language

/// Annotated sentences, cut anew by the project's own tokeniser so that training sees what tagging sees.
struct Corpus {
    struct Sentence {
        var text: String
        var list: TokenList
        var labels: [UInt8]
        /// By corpus token: the first of our tokens in it, or -1 for none.
        var firstToken: [Int]
        var words: [String]
        var gold: [String]
        /// What the gazetteer and lexicon say; filled later.
        var extras: [[UInt64]] = []
    }

    var sentences: [Sentence] = []

    init(_ sentences: [Sentence] = []) { self.sentences = sentences }

    /// Encyclopedia and short messages, so that capitals are neither everything nor nothing.
    static func english(_ folder: String) throws -> Corpus {
        let types = [
            "person": "PER", "location": "LOC", "corporation": "ORG", "group": "ORG", "product": "MISC",
            "creative-work": "MISC",
        ]
        let encyclopedia = try Corpus(conll: folder + "/wikigold.conll") { $0 }
        let messages = try Corpus(conll: folder + "/wnut17.train.conll") { types[$0] }
        return Corpus(encyclopedia.sentences + messages.sentences)
    }

    init(conll path: String, mapping: (String) -> String?) throws {
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        var words: [String] = []
        var tags: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let columns = line.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\r" })
            if columns.count < 2 {
                if !words.isEmpty { sentences.append(Self.sentence(words, tags, mapping)) }
                words = []
                tags = []
                continue
            }
            words.append(String(columns[0]))
            tags.append(String(columns[columns.count - 1]))
        }
        if !words.isEmpty { sentences.append(Self.sentence(words, tags, mapping)) }
    }

    private static func sentence(_ words: [String], _ tags: [String], _ mapping: (String) -> String?) -> Sentence {
        let text = words.joined(separator: " ")
        let list = TokenList(text)
        var starts: [Int] = []
        var offset = 0
        for word in words {
            starts.append(offset)
            offset += word.utf8.count + 1
        }
        // Corpus tags to types, a chunk a number.
        var types = [Int](repeating: -1, count: words.count)
        var chunks = [Int](repeating: -1, count: words.count)
        var chunk = 0
        for i in words.indices {
            guard tags[i] != "O", let dash = tags[i].firstIndex(of: "-"),
                let name = mapping(String(tags[i][tags[i].index(after: dash)...])),
                let type = SequenceLabels.types.firstIndex(where: { $0.rawValue == name })
            else { continue }
            if tags[i].hasPrefix("B") || i == 0 || types[i - 1] != type { chunk += 1 }
            types[i] = type
            chunks[i] = chunk
        }
        var owner = [Int](repeating: 0, count: list.tokens.count)
        var firstToken = [Int](repeating: -1, count: words.count)
        var word = 0
        for (i, token) in list.tokens.enumerated() {
            while word + 1 < words.count, starts[word + 1] <= Int(token.byteStart) { word += 1 }
            owner[i] = word
            if firstToken[word] < 0 || list.tokens[firstToken[word]].kind == .sign { firstToken[word] = i }
        }
        var labels = [UInt8](repeating: 0, count: list.tokens.count)
        var i = 0
        while i < labels.count {
            guard chunks[owner[i]] >= 0 else {
                i += 1
                continue
            }
            var end = i
            while end < labels.count, chunks[owner[end]] == chunks[owner[i]] { end += 1 }
            var (first, last) = (i, end - 1)
            while first < last, list.tokens[first].kind == .sign { first += 1 }
            while last > first, list.tokens[last].kind == .sign { last -= 1 }
            let type = types[owner[i]]
            for k in first...last {
                let position: SequenceLabels.Position =
                    first == last ? .single : k == first ? .begin : k == last ? .end : .inside
                labels[k] = SequenceLabels.label(position, type)
            }
            i = end
        }
        return Sentence(text: text, list: list, labels: labels, firstToken: firstToken, words: words, gold: tags)
    }

    /// The predicted tags by corpus token, in the corpus' own BIO.
    static func bio(_ sentence: Sentence, _ labels: [UInt8]) -> [String] {
        var tags: [String] = []
        var previous = -1
        var open = false
        for token in sentence.firstToken {
            guard token >= 0, let type = SequenceLabels.type(labels[token]) else {
                tags.append("O")
                open = false
                continue
            }
            let position = SequenceLabels.position(labels[token])
            let name = SequenceLabels.types[type] == .person ? "PERS" : SequenceLabels.types[type].rawValue
            let starts = position == .begin || position == .single || !open || previous != type
            tags.append((starts ? "B-" : "I-") + name)
            previous = type
            open = true
        }
        return tags
    }
}
