import Entities
import Foundation
import Language

/// Word clusters by the exchange algorithm: words move between classes as long as the class bigram model of the text
/// gains (S. Martin, J. Liermann, H. Ney, "Algorithms for bigram and trigram word clustering", 1998).
struct ExchangeClustering {
    private var sequence: [Int32] = []
    private(set) var words: [UInt64] = []
    private var counts: [Int] = []

    static let leastCount = 3

    /// - Parameter texts: running text; a line's edges are a word of their own.
    init(_ texts: [String]) {
        var raw: [UInt64: Int] = [:]
        var lists: [TokenList] = []
        for text in texts {
            let list = TokenList(text)
            for token in list.tokens { raw[Self.form(token), default: 0] += 1 }
            lists.append(list)
        }
        let kept = raw.filter { $0.value >= Self.leastCount }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        words = kept.map(\.key)
        counts = kept.map(\.value)
        var ids: [UInt64: Int32] = [:]
        for (i, word) in words.enumerated() { ids[word] = Int32(i) }
        for list in lists {
            sequence.append(-1)
            for token in list.tokens {
                if token.startsLine { sequence.append(-1) }
                sequence.append(ids[Self.form(token)] ?? -2)
            }
        }
        sequence.append(-1)
    }

    static func form(_ token: Token) -> UInt64 {
        token.kind == .number ? TokenHash.join(0x23, UInt64(min(token.keyCount, 6))) : token.hash
    }

    /// Three clusterings at once.
    func clusters() -> WordClusters {
        let coarse = run(classes: 64, rounds: 12)
        let middle = run(classes: 256, rounds: 12)
        let fine = run(classes: 1000, rounds: 8)
        return WordClusters(words.indices.map { (words[$0], coarse[$0], middle[$0], fine[$0]) })
    }

    /// The class of each word; classes `classes` and `classes + 1` are a line's edge and rare words.
    func run(classes: Int, rounds: Int) -> [Int] {
        let total = classes + 2
        let n = words.count
        var classOf = (0..<n).map { $0 % classes }
        // Neighbours by word, in compressed rows.
        func id(_ word: Int32) -> Int { word == -1 ? n : word == -2 ? n + 1 : Int(word) }
        var right = [[Int32: Int32]](repeating: [:], count: n)
        var left = [[Int32: Int32]](repeating: [:], count: n)
        for i in 1..<sequence.count {
            let (a, b) = (id(sequence[i - 1]), id(sequence[i]))
            if a < n { right[a][Int32(b), default: 0] += 1 }
            if b < n { left[b][Int32(a), default: 0] += 1 }
        }
        let rightRows = right.map { $0.sorted { $0.key < $1.key } }
        let leftRows = left.map { $0.sorted { $0.key < $1.key } }
        right = []
        left = []
        classOf += [classes, classes + 1]
        var bigrams = [Int32](repeating: 0, count: total * total)
        var unigrams = [Int32](repeating: 0, count: total)
        for i in 1..<sequence.count {
            let (a, b) = (classOf[id(sequence[i - 1])], classOf[id(sequence[i])])
            bigrams[a * total + b] += 1
            unigrams[a] += 1
        }
        let xlogx: [Double] = (0...(sequence.count + 1)).map { $0 == 0 ? 0 : Double($0) * log(Double($0)) }

        var leftCounts = [Int32](repeating: 0, count: total)
        var rightCounts = [Int32](repeating: 0, count: total)
        for _ in 0..<rounds {
            var moves = 0
            for word in 0..<n {
                let from = classOf[word]
                var leftClasses: [Int] = []
                var rightClasses: [Int] = []
                var own: Int32 = 0
                for (other, count) in rightRows[word] {
                    if Int(other) == word {
                        own += count
                        continue
                    }
                    let c = classOf[Int(other)]
                    if rightCounts[c] == 0 { rightClasses.append(c) }
                    rightCounts[c] += count
                }
                for (other, count) in leftRows[word] where Int(other) != word {
                    let c = classOf[Int(other)]
                    if leftCounts[c] == 0 { leftClasses.append(c) }
                    leftCounts[c] += count
                }
                let weight = Int32(counts[word])
                func shift(_ c: Int, _ sign: Int32) {
                    for k in rightClasses { bigrams[c * total + k] += sign * rightCounts[k] }
                    for k in leftClasses { bigrams[k * total + c] += sign * leftCounts[k] }
                    bigrams[c * total + c] += sign * own
                    unigrams[c] += sign * weight
                }
                shift(from, -1)
                var best = from
                var bestGain = -Double.infinity
                bigrams.withUnsafeBufferPointer { bigrams in
                    for c in 0..<classes {
                        var gain = 0.0
                        for k in rightClasses where k != c {
                            let old = Int(bigrams[c * total + k])
                            gain += xlogx[old + Int(rightCounts[k])] - xlogx[old]
                        }
                        for k in leftClasses where k != c {
                            let old = Int(bigrams[k * total + c])
                            gain += xlogx[old + Int(leftCounts[k])] - xlogx[old]
                        }
                        let old = Int(bigrams[c * total + c])
                        gain += xlogx[old + Int(rightCounts[c] + leftCounts[c] + own)] - xlogx[old]
                        let size = Int(unigrams[c])
                        gain -= 2 * (xlogx[size + Int(weight)] - xlogx[size])
                        if gain > bestGain {
                            bestGain = gain
                            best = c
                        }
                    }
                }
                shift(best, 1)
                if best != from { moves += 1 }
                classOf[word] = best
                for c in rightClasses { rightCounts[c] = 0 }
                for c in leftClasses { leftCounts[c] = 0 }
            }
            if moves < n / 200 { break }
        }
        return Array(classOf[..<n])
    }
}
