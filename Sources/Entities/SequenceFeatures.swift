import Language

/// The features of every position of a line: those of the words around it, of pairs of them, and of names found.
package struct SequenceFeatures {
    /// Pairs of neighbours that are looked at together: the template and the two offsets.
    package static let pairs: [(template: TokenFeatures.Template, first: Int, second: Int)] = [
        (.word, -1, 0), (.word, 0, 1), (.cluster1, -1, 0), (.cluster1, 0, 1), (.cluster1, -1, 1), (.word, -1, 1),
        (.cluster1, -2, -1), (.cluster1, 1, 2),
    ]

    /// Stands for the word next to a line's edge.
    package static let outside: UInt64 = 0xED6E

    package static func edge(_ offset: Int) -> UInt64 { TokenHash.join(0xED6E, UInt64(offset + 8)) }

    package static func at(_ offset: Int, _ hash: UInt64) -> UInt64 { at(offset, opened: TokenHash.open(hash)) }

    static func at(_ offset: Int, opened: UInt64) -> UInt64 { TokenHash.close(opened, UInt64(offset + 8)) }

    package static func pair(_ index: Int, _ a: UInt64, _ b: UInt64) -> UInt64 {
        TokenHash.close(opened(index, a), b)
    }

    /// The part of ``pair(_:_:_:)`` that its first word alone decides.
    static func opened(_ index: Int, _ a: UInt64) -> UInt64 {
        TokenHash.open(TokenHash.join(a, UInt64(index + 32)))
    }

    /// - Parameters:
    ///   - own: the features of each word of the line.
    ///   - extras: features of a position that depend on more than single words.
    package static func hashes(at i: Int, own: [TokenFeatures], extras: [UInt64]) -> [UInt64] {
        var found: [UInt64] = []
        for offset in -2...2 {
            let j = i + offset
            guard own.indices.contains(j) else {
                found.append(edge(offset))
                continue
            }
            for feature in own[j].hashes where feature.template.offsets.contains(offset) {
                found.append(at(offset, feature.hash))
            }
        }
        for (index, p) in pairs.enumerated() {
            guard let a = value(p.template, i + p.first, own), let b = value(p.template, i + p.second, own) else {
                continue
            }
            found.append(pair(index, a, b))
        }
        return found + extras
    }

    private static func value(_ template: TokenFeatures.Template, _ index: Int, _ own: [TokenFeatures]) -> UInt64? {
        guard own.indices.contains(index) else { return index == -1 || index == own.count ? outside : nil }
        return own[index].hashes.first { $0.template == template }?.hash
    }
}
