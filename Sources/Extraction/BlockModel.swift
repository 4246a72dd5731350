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
        var table = table
        table.withUTF8 { read($0) }
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

    /// Bytes, as a program that reads few pages would spend more on splitting strings than on the pages.
    private mutating func read(_ table: UnsafeBufferPointer<UInt8>) {
        // Splits whose "no" branch has not begun yet.
        var waiting: [Int] = []
        var isLineStart = true
        var i = 0
        while i < table.count {
            guard table[i] > 0x20 else {
                isLineStart = isLineStart || table[i] == 0x0A
                i += 1
                continue
            }
            if isLineStart { trees.append(Int32(truncatingIfNeeded: nodes.count)) }
            isLineStart = false
            let number = Self.number(table, &i)
            if i < table.count, table[i] == UInt8(ascii: "<") {
                i += 1
                waiting.append(nodes.count)
                nodes.append(
                    Node(feature: UInt16(exactly: number) ?? 0, skip: 0, threshold: Float(Self.number(table, &i)))
                )
                values.append(0)
            } else {
                nodes.append(Node(feature: 0, skip: 0, threshold: -.infinity))
                values.append(Float(number))
                if let split = waiting.popLast() { nodes[split].skip = UInt16(truncatingIfNeeded: nodes.count - split) }
            }
        }
    }

    /// `-0.0527`, `1e-35`: few digits, so that one multiplication or division by a power of ten gives the nearest number.
    private static func number(_ table: UnsafeBufferPointer<UInt8>, _ i: inout Int) -> Double {
        func sign() -> Double {
            guard i < table.count, table[i] == UInt8(ascii: "-") || table[i] == UInt8(ascii: "+") else { return 1 }
            i += 1
            return table[i - 1] == UInt8(ascii: "-") ? -1 : 1
        }
        func digits() -> (value: Double, count: Int) {
            var value = 0.0, count = 0
            while i < table.count, table[i] &- 0x30 < 10 {
                value = value * 10 + Double(table[i] &- 0x30)
                (i, count) = (i + 1, count + 1)
            }
            return (value, count)
        }
        let minus = sign()
        var (value, exponent) = (digits().value, 0)
        if i < table.count, table[i] == UInt8(ascii: ".") {
            i += 1
            let fraction = digits()
            for _ in 0..<fraction.count { value *= 10 }
            (value, exponent) = (value + fraction.value, -fraction.count)
        }
        if i < table.count, table[i] | 0x20 == UInt8(ascii: "e") {
            i += 1
            let direction = sign()
            exponent += Int(direction * digits().value)
        }
        var power = 1.0
        for _ in 0..<min(abs(exponent), 300) { power *= 10 }
        return minus * (exponent < 0 ? value / power : value * power)
    }
}
