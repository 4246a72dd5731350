#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A sum of shallow decision trees: the trained part of the scorer.
///
/// Read once from the tables in `BlockModelTables.swift`: a tree a line, in pre-order; `7<0.25` asks whether feature 7
/// is at most 0.25 (yes goes on with what follows, no with what follows that), a number alone is a leaf.
struct BlockModel: Sendable {
    static let first = BlockModel(BlockModelTables.first)
    static let second = BlockModel(BlockModelTables.second)

    private struct Node: BitwiseCopyable, Sendable {
        /// The feature, or -1 for a leaf.
        var feature: Int16
        /// Steps from here to the node for "no"; the one for "yes" is next.
        var skip: Int16
        /// The threshold, or the leaf's value.
        var value: Float
    }

    private let nodes: [Node]
    private let trees: [Int32]

    init(_ table: String) {
        var nodes: [Node] = []
        var trees: [Int32] = []
        for line in table.split(separator: "\n") {
            trees.append(Int32(truncatingIfNeeded: nodes.count))
            Self.read(line, into: &nodes)
        }
        self.nodes = nodes
        self.trees = trees
    }

    /// The probability that belongs to a sum.
    static func chance(_ sum: Float) -> Float { 1 / (1 + expf(-sum)) }

    /// The sum for a row of features: the logarithm of the odds.
    func sum(_ row: UnsafePointer<Float>) -> Float {
        var sum: Float = 0
        nodes.withUnsafeBufferPointer { nodes in
            for tree in trees {
                var index = Int(tree)
                while nodes[index].feature >= 0 {
                    let node = nodes[index]
                    index += row[Int(node.feature)] <= node.value ? 1 : Int(node.skip)
                }
                sum += nodes[index].value
            }
        }
        return sum
    }

    private static func read(_ line: Substring, into nodes: inout [Node]) {
        // Splits whose "no" branch has not begun yet.
        var waiting: [Int] = []
        for word in line.split(separator: " ") {
            if let sign = word.firstIndex(of: "<") {
                waiting.append(nodes.count)
                let feature = Int16(word[..<sign]) ?? 0, threshold = Float(word[word.index(after: sign)...]) ?? 0
                nodes.append(Node(feature: feature, skip: 0, value: threshold))
            } else {
                nodes.append(Node(feature: -1, skip: 0, value: Float(word) ?? 0))
                if let split = waiting.popLast() { nodes[split].skip = Int16(truncatingIfNeeded: nodes.count - split) }
            }
        }
    }
}
