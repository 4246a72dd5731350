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
        /// Asked by a split.
        var feature: UInt16
        /// Steps from here to the node for "no"; the one for "yes" is next. A leaf is left by no step.
        var skip: UInt16
        /// A leaf's threshold is below every number.
        var threshold: Float
    }

    private var nodes: [Node] = []
    /// The value of each node that is a leaf.
    private var values: [Float] = []
    private var trees: [Int32] = []

    init(_ table: String) {
        for line in table.split(separator: "\n") { read(line) }
    }

    /// The probability that belongs to a sum.
    static func chance(_ sum: Float) -> Float { 1 / (1 + expf(-sum)) }

    /// The sums for four rows of features: the logarithms of the odds.
    ///
    /// Four rows go down a tree side by side: a step of one waits for its own last step alone.
    ///
    /// - Parameter skipsSure: whether a row that is chrome beyond doubt after a part of the trees is asked no more; its sum
    ///   is ``sureSum`` then.
    func sums(_ rows: [UnsafePointer<Float>], skipsSure: Bool) -> SIMD4<Float> {
        var sums = SIMD4<Float>.zero
        var isSure = SIMDMask<SIMD4<Float.SIMDMaskScalar>>(repeating: false)
        let (first, second, third, fourth) = (rows[0], rows[1], rows[2], rows[3])
        nodes.withUnsafeBufferPointer { nodes in
            for (count, tree) in trees.enumerated() {
                if skipsSure, count & 15 == 0, count >= 48 {
                    isSure .|= sums .< max(-3.95, -1 - 0.036 * Float(count))
                    if all(isSure) { break }
                }
                let root = Int(tree)
                var (a, b, c, d) = (root, root, root, root)
                while true {
                    let (stepA, stepB) = (Self.step(nodes[a], first), Self.step(nodes[b], second))
                    let (stepC, stepD) = (Self.step(nodes[c], third), Self.step(nodes[d], fourth))
                    if stepA | stepB | stepC | stepD == 0 { break }
                    a &+= stepA
                    b &+= stepB
                    c &+= stepC
                    d &+= stepD
                }
                sums += SIMD4(values[a], values[b], values[c], values[d])
            }
        }
        return sums.replacing(with: Self.sureSum, where: isSure)
    }

    /// A chance of 0.015. Of 30,000 blocks 0.3 % of those that are taken for sure have one above 0.02 by all trees.
    private static let sureSum: Float = -4.2

    @inline(__always)
    private static func step(_ node: Node, _ row: UnsafePointer<Float>) -> Int {
        // Arithmetic in place of a branch, which no processor could foresee.
        let isNo = Int(unsafeBitCast(!(row[Int(node.feature)] <= node.threshold), to: UInt8.self))
        return 1 &+ isNo &* (Int(node.skip) &- 1)
    }

    private mutating func read(_ line: Substring) {
        trees.append(Int32(truncatingIfNeeded: nodes.count))
        // Splits whose "no" branch has not begun yet.
        var waiting: [Int] = []
        for word in line.split(separator: " ") {
            if let sign = word.firstIndex(of: "<") {
                waiting.append(nodes.count)
                let feature = UInt16(word[..<sign]) ?? 0, threshold = Float(word[word.index(after: sign)...]) ?? 0
                nodes.append(Node(feature: feature, skip: 0, threshold: threshold))
                values.append(0)
            } else {
                nodes.append(Node(feature: 0, skip: 0, threshold: -.infinity))
                values.append(Float(word) ?? 0)
                if let split = waiting.popLast() { nodes[split].skip = UInt16(truncatingIfNeeded: nodes.count - split) }
            }
        }
    }
}
