import Entities
import Language

/// What a first model took each word of much unannotated text for: a name that stands there often enough, in clear
/// contexts often enough, is known when it stands in an unclear one.
struct WordPriors {
    private struct Counts {
        var outside: Int32 = 0
        /// One lane a type.
        var byType = SIMD4<Int32>.zero
    }

    private var counts: [UInt64: Counts] = [:]

    mutating func count(_ line: String, _ labels: [UInt8]) {
        let list = TokenList(line)
        list.keys.withUnsafeBufferPointer { keys in
            for (token, label) in zip(list.tokens, labels) where token.kind != .sign && token.kind != .number {
                let key = UnsafeBufferPointer(rebasing: keys[Int(token.keyStart)..<Int(token.keyEnd)])
                let word = TokenFeatures.voteKey(key, token)
                if let type = SequenceLabels.type(label) {
                    counts[word, default: Counts()].byType[type] += 1
                } else {
                    counts[word, default: Counts()].outside += 1
                }
            }
        }
    }

    /// The feature of a word by its ``TokenFeatures/voteKey(_:_:)``; nil for words that stood there only once.
    func feature(_ word: UInt64) -> UInt64? {
        guard let found = counts[word] else { return nil }
        let names = found.byType.wrappedSum()
        let total = names + found.outside
        guard total > 1 else { return nil }
        var best = 0
        for type in 1..<4 where found.byType[type] > found.byType[best] { best = type }
        let share = names * 10 >= total * 9 ? 4 : names * 2 >= total ? 3 : names * 6 >= total ? 2 : names > 0 ? 1 : 0
        let type = share == 0 ? 0 : best
        return TokenFeatures.hash(.prior, UInt64(type * 32 + share * 4 + (total >= 30 ? 2 : total >= 5 ? 1 : 0)))
    }

    /// The features of a line with those of its words' priors.
    func added(to line: [[UInt64]], _ keys: [UInt64]) -> [[UInt64]] {
        guard !counts.isEmpty else { return line }
        return line.indices.map { i in
            var position = line[i]
            for offset in TokenFeatures.Template.prior.offsets where keys.indices.contains(i + offset) {
                guard keys[i + offset] != 0, let feature = feature(keys[i + offset]) else { continue }
                position.append(SequenceFeatures.at(offset, feature))
            }
            return position
        }
    }
}
