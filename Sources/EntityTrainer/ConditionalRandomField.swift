import Entities
import Foundation

/// A linear-chain conditional random field, trained by AdaGrad one line at a time and averaged over the last rounds.
///
/// Every draw comes from one seeded generator and the order of work is fixed, so the same data gives the same model.
final class ConditionalRandomField {
    struct Options {
        var rounds = 16
        var averagedRounds = 8
        var rate: Float = 0.1
        var decay: Float = 0
        /// How often the identity of a word is hidden, so that its parts and neighbours have to speak.
        var wordDropout: Float = 0.3
        /// How much "outside" has to be beaten by where a name stands: recall for precision (softmax-margin).
        var missCost: Float = 2
        var bias: Float = 0
        var minCount = 1
        var seed: UInt64 = 1
    }

    struct Line {
        /// Feature ids of all positions, and where each position's begin.
        var features: [Int32]
        var starts: [Int32]
        var labels: [UInt8]
    }

    static let labels = SequenceLabels.count
    static let width = 20  // labels rounded up so that a row is five vectors of four

    private(set) var ids: [UInt64: Int32] = [:]
    private(set) var weights: [Float] = []
    private(set) var transitions: [Float] = []
    private var isIdentity: [Bool] = []
    private var isVote: [Bool] = []
    private let options: Options
    private var random: UInt64

    init(_ options: Options) {
        self.options = options
        random = options.seed &* 0x9E37_79B9_7F4A_7C15 | 1
    }

    private func uniform() -> Float {
        random ^= random << 13
        random ^= random >> 7
        random ^= random << 17
        return Float(random >> 40) / Float(1 << 24)
    }

    /// - Parameter hidden: features that name the word itself and may be hidden while training.
    func train(_ lines: [[[UInt64]]], _ labels: [[UInt8]], hidden: Set<UInt64>) {
        var counts: [UInt64: Int32] = [:]
        for line in lines { for position in line { for hash in position { counts[hash, default: 0] += 1 } } }
        // Ids in the order of appearance, never in that of the hash table.
        var encoded: [Line] = []
        let votes = Set(DocumentVotes.all)
        for (index, line) in lines.enumerated() {
            var features: [Int32] = []
            var starts: [Int32] = [0]
            for position in line {
                for hash in position where counts[hash, default: 0] >= options.minCount {
                    if let id = ids[hash] {
                        features.append(id)
                    } else {
                        let id = Int32(ids.count)
                        ids[hash] = id
                        isIdentity.append(hidden.contains(hash))
                        isVote.append(votes.contains(hash))
                        features.append(id)
                    }
                }
                starts.append(Int32(features.count))
            }
            encoded.append(Line(features: features, starts: starts, labels: labels[index]))
        }
        optimise(encoded)
    }

    private func optimise(_ lines: [Line]) {
        let width = Self.width
        let n = Self.labels
        weights = [Float](repeating: 0, count: ids.count * width)
        transitions = [Float](repeating: 0, count: (n + 1) * n)
        var squares = [Float](repeating: 1, count: weights.count)
        var transitionSquares = [Float](repeating: 1, count: transitions.count)
        var sum = [Float](repeating: 0, count: weights.count)
        var transitionSum = [Float](repeating: 0, count: transitions.count)
        var order = Array(lines.indices)
        var kept: [Int32] = []
        var keptStarts: [Int32] = []
        for round in 0..<options.rounds {
            for i in stride(from: order.count - 1, to: 0, by: -1) {
                order.swapAt(i, Int(uniform() * Float(i + 1)))
            }
            var loss = 0.0
            for index in order {
                let line = lines[index]
                guard !line.labels.isEmpty else { continue }
                kept.removeAll(keepingCapacity: true)
                keptStarts.removeAll(keepingCapacity: true)
                keptStarts.append(0)
                let hidesVotes = uniform() < 0.4
                for i in line.labels.indices {
                    let hides = uniform() < options.wordDropout
                    for k in Int(line.starts[i])..<Int(line.starts[i + 1]) {
                        let id = line.features[k]
                        if hides && isIdentity[Int(id)] || hidesVotes && isVote[Int(id)] { continue }
                        kept.append(id)
                    }
                    keptStarts.append(Int32(kept.count))
                }
                loss += step(line, kept, keptStarts, &squares, &transitionSquares)
            }
            if round >= options.rounds - options.averagedRounds {
                for i in weights.indices { sum[i] += weights[i] }
                for i in transitions.indices { transitionSum[i] += transitions[i] }
            }
            if ProcessInfo.processInfo.environment["VERBOSE"] != nil {
                FileHandle.standardError.write(Data("round \(round): loss \(loss)\n".utf8))
            }
        }
        let scale = 1 / Float(options.averagedRounds)
        weights = sum.map { $0 * scale }
        transitions = transitionSum.map { $0 * scale }
    }

    /// One line: expectations by forward and backward sums, then a step along the gradient.
    private func step(
        _ line: Line,
        _ features: [Int32],
        _ starts: [Int32],
        _ squares: inout [Float],
        _ transitionSquares: inout [Float]
    ) -> Double {
        let n = Self.labels
        let width = Self.width
        let length = line.labels.count
        var emissions = [Float](repeating: 0, count: length * width)
        var shift = [Float](repeating: 0, count: length)
        var loss = 0.0
        var gold: Float = 0
        weights.withUnsafeBytes { weights in
            emissions.withUnsafeMutableBytes { emissions in
                for i in 0..<length {
                    var row = Row()
                    for k in Int(starts[i])..<Int(starts[i + 1]) { row.add(weights, Int(features[k])) }
                    row.store(to: emissions, i)
                }
            }
        }
        for i in 0..<length {
            if line.labels[i] != 0 { emissions[i * width] += options.missCost }
            gold += emissions[i * width + Int(line.labels[i])]
            shift[i] = emissions[(i * width)..<(i * width + n)].max() ?? 0
            for j in 0..<n { emissions[i * width + j] = exp(emissions[i * width + j] - shift[i]) }
        }
        // Row n of the transitions starts a line.
        var moves = [Float](repeating: 0, count: (n + 1) * n)
        for a in 0...n {
            for b in 0..<n where SequenceLabels.mayFollow(a == n ? 0 : UInt8(a), UInt8(b)) {
                moves[a * n + b] = exp(transitions[a * n + b])
            }
        }
        func mayEnd(_ label: Int) -> Bool { SequenceLabels.mayFollow(UInt8(label), 0) }

        var alpha = [Float](repeating: 0, count: length * n)
        var beta = [Float](repeating: 0, count: length * n)
        var scales = [Float](repeating: 0, count: length)
        for i in 0..<length {
            var total: Float = 0
            for b in 0..<n {
                var value: Float = 0
                if i == 0 {
                    value = moves[n * n + b]
                } else {
                    for a in 0..<n { value += alpha[(i - 1) * n + a] * moves[a * n + b] }
                }
                value *= emissions[i * width + b]
                alpha[i * n + b] = value
                total += value
            }
            scales[i] = max(total, 1e-30)
            for b in 0..<n { alpha[i * n + b] /= scales[i] }
        }
        var final: Float = 0
        for b in 0..<n where mayEnd(b) {
            beta[(length - 1) * n + b] = 1
            final += alpha[(length - 1) * n + b]
        }
        for i in stride(from: length - 2, through: 0, by: -1) {
            for a in 0..<n {
                var value: Float = 0
                for b in 0..<n { value += moves[a * n + b] * emissions[(i + 1) * width + b] * beta[(i + 1) * n + b] }
                beta[i * n + a] = value / scales[i + 1]
            }
        }
        final = max(final, 1e-30)
        for i in 0..<length {
            loss += Double(log(scales[i]) + shift[i])
            gold +=
                i == 0
                ? transitions[n * n + Int(line.labels[0])]
                : transitions[Int(line.labels[i - 1]) * n + Int(line.labels[i])]
        }
        loss += Double(log(final) - gold)

        let rate = options.rate
        let decay = options.decay
        // Pair expectations into the transitions.
        for i in 0..<length {
            for b in 0..<n {
                let into = emissions[i * width + b] * beta[i * n + b] / (scales[i] * final)
                if into == 0 { continue }
                if i == 0 {
                    update(&transitions, &transitionSquares, n * n + b, moves[n * n + b] * into, rate)
                } else {
                    for a in 0..<n where moves[a * n + b] > 0 {
                        let p = alpha[(i - 1) * n + a] * moves[a * n + b] * into
                        if p > 1e-5 { update(&transitions, &transitionSquares, a * n + b, p, rate) }
                    }
                }
            }
            let from = i == 0 ? n : Int(line.labels[i - 1])
            update(&transitions, &transitionSquares, from * n + Int(line.labels[i]), -1, rate)
        }
        var gradient = Row()
        weights.withUnsafeMutableBytes { weights in
            squares.withUnsafeMutableBytes { squares in
                for i in 0..<length {
                    var largest: Float = 0
                    for b in 0..<n {
                        gradient[b] = alpha[i * n + b] * beta[i * n + b] / final - (Int(line.labels[i]) == b ? 1 : 0)
                        largest = max(largest, abs(gradient[b]))
                    }
                    if largest < 1e-3 { continue }
                    for k in Int(starts[i])..<Int(starts[i + 1]) {
                        gradient.descend(weights, squares, Int(features[k]), rate, decay * 0.1)
                    }
                }
            }
        }
        return loss
    }

    private func update(
        _ values: inout [Float],
        _ squares: inout [Float],
        _ index: Int,
        _ gradient: Float,
        _ rate: Float
    ) {
        squares[index] += gradient * gradient
        values[index] -= rate * gradient / squares[index].squareRoot()
    }

    /// The values of all labels as five vectors of four, so that a step costs a few instructions.
    private struct Row {
        private var lanes: (SIMD4<Float>, SIMD4<Float>, SIMD4<Float>, SIMD4<Float>, SIMD4<Float>) = (
            .zero, .zero, .zero, .zero, .zero
        )
        private static let stride = ConditionalRandomField.width * MemoryLayout<Float>.stride

        subscript(label: Int) -> Float {
            get {
                withUnsafeBytes(of: lanes) { $0.loadUnaligned(fromByteOffset: 4 * label, as: Float.self) }
            }
            set {
                withUnsafeMutableBytes(of: &lanes) {
                    $0.storeBytes(of: newValue, toByteOffset: 4 * label, as: Float.self)
                }
            }
        }

        @inline(__always)
        private static func load(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> SIMD4<Float> {
            bytes.loadUnaligned(fromByteOffset: offset, as: SIMD4<Float>.self)
        }

        @inline(__always)
        mutating func add(_ rows: UnsafeRawBufferPointer, _ index: Int) {
            let offset = index * Self.stride
            lanes.0 += Self.load(rows, offset)
            lanes.1 += Self.load(rows, offset + 16)
            lanes.2 += Self.load(rows, offset + 32)
            lanes.3 += Self.load(rows, offset + 48)
            lanes.4 += Self.load(rows, offset + 64)
        }

        func store(to rows: UnsafeMutableRawBufferPointer, _ index: Int) {
            let offset = index * Self.stride
            rows.storeBytes(of: lanes.0, toByteOffset: offset, as: SIMD4<Float>.self)
            rows.storeBytes(of: lanes.1, toByteOffset: offset + 16, as: SIMD4<Float>.self)
            rows.storeBytes(of: lanes.2, toByteOffset: offset + 32, as: SIMD4<Float>.self)
            rows.storeBytes(of: lanes.3, toByteOffset: offset + 48, as: SIMD4<Float>.self)
            rows.storeBytes(of: lanes.4, toByteOffset: offset + 64, as: SIMD4<Float>.self)
        }

        /// One step of AdaGrad along this gradient.
        @inline(__always)
        func descend(
            _ weights: UnsafeMutableRawBufferPointer,
            _ squares: UnsafeMutableRawBufferPointer,
            _ index: Int,
            _ rate: Float,
            _ decay: Float
        ) {
            func step(_ gradient: SIMD4<Float>, _ offset: Int) {
                let weight = Self.load(UnsafeRawBufferPointer(weights), offset)
                let slope = gradient + decay * weight
                let square = Self.load(UnsafeRawBufferPointer(squares), offset) + slope * slope
                squares.storeBytes(of: square, toByteOffset: offset, as: SIMD4<Float>.self)
                weights.storeBytes(
                    of: weight - rate * slope / square.squareRoot(),
                    toByteOffset: offset,
                    as: SIMD4<Float>.self
                )
            }
            let offset = index * Self.stride
            step(lanes.0, offset)
            step(lanes.1, offset + 16)
            step(lanes.2, offset + 32)
            step(lanes.3, offset + 48)
            step(lanes.4, offset + 64)
        }
    }

    func emissions(_ positions: [[UInt64]]) -> [[Float]] {
        let n = Self.labels
        return positions.map { hashes in
            var scores = [Float](repeating: 0, count: n)
            for hash in hashes {
                guard let id = ids[hash] else { continue }
                let row = Int(id) * Self.width
                for j in 0..<n { scores[j] += weights[row + j] }
            }
            scores[0] -= options.bias
            return scores
        }
    }

    func decode(_ positions: [[UInt64]]) -> [UInt8] {
        let n = Self.labels
        let scores = emissions(positions)
        guard !scores.isEmpty else { return [] }
        var best = [[Float]](repeating: [Float](repeating: -.infinity, count: n), count: scores.count)
        var from = [[Int]](repeating: [Int](repeating: 0, count: n), count: scores.count)
        for i in scores.indices {
            for b in 0..<n {
                if i == 0 {
                    if SequenceLabels.mayFollow(0, UInt8(b)) { best[0][b] = scores[0][b] + transitions[n * n + b] }
                    continue
                }
                for a in 0..<n where SequenceLabels.mayFollow(UInt8(a), UInt8(b)) {
                    let score = best[i - 1][a] + transitions[a * n + b] + scores[i][b]
                    if score > best[i][b] {
                        best[i][b] = score
                        from[i][b] = a
                    }
                }
            }
        }
        let last = scores.count - 1
        var label = 0
        for b in 1..<n where SequenceLabels.mayFollow(UInt8(b), 0) && best[last][b] > best[last][label] { label = b }
        var path = [UInt8](repeating: 0, count: scores.count)
        for i in stride(from: last, through: 0, by: -1) {
            path[i] = UInt8(label)
            label = from[i][label]
        }
        return path
    }
}
