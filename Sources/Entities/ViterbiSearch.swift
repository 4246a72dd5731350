/// The moves between labels that well-formed names allow, with their weights.
///
/// A label that begins a name or stands outside may follow any that ends one or stands outside: nine times nine. The
/// others only go on with the name that is open: from begin or inside to inside or end, type by type.
struct LabelMoves: Sendable {
    /// From each of `closed` (a row) to each of `opening` (a column).
    let across: [Float]
    /// A line's start to each of `opening`.
    let first: [Float]
    /// By type: begin to inside, begin to end, inside to inside, inside to end.
    let within: [Float]

    /// Outside, then end and single of each type.
    static let closed: [UInt8] =
        [0]
        + SequenceLabels.types.indices.flatMap {
            [SequenceLabels.label(.end, $0), SequenceLabels.label(.single, $0)]
        }
    /// Outside, then begin and single of each type.
    static let opening: [UInt8] =
        [0]
        + SequenceLabels.types.indices.flatMap {
            [SequenceLabels.label(.begin, $0), SequenceLabels.label(.single, $0)]
        }

    init(_ model: EntityModel) {
        across = Self.closed.flatMap { from in Self.opening.map { model.transition(Int(from), Int($0)) } }
        first = Self.opening.map { model.transition(SequenceLabels.count, Int($0)) }
        within = SequenceLabels.types.indices.flatMap { type in
            [SequenceLabels.Position.begin, .inside].flatMap { from in
                [SequenceLabels.Position.inside, .end].map {
                    model.transition(Int(SequenceLabels.label(from, type)), Int(SequenceLabels.label($0, type)))
                }
            }
        }
    }
}

/// The best path of labels through a sentence.
struct ViterbiSearch {
    private static let width = SequenceLabels.count
    /// A label whose score is below e⁻⁹ of that of "outside" is not tried.
    private static let hopeless = Int16(-9 * EntityModel.featureScale)
    private let moves: LabelMoves
    private var origins: [UInt8] = []

    init(moves: LabelMoves) { self.moves = moves }

    mutating func run(_ sentence: Range<Int>, _ scores: [SIMD16<Int16>], _ labels: inout [UInt8]) {
        let width = Self.width
        if self.origins.count < sentence.count * width {
            self.origins = [UInt8](repeating: 0, count: max(sentence.count, 128) * width)
        }
        let closed = LabelMoves.closed
        let opening = LabelMoves.opening
        // Out of self while it is written, in place of a copy.
        var origins: [UInt8] = []
        swap(&origins, &self.origins)
        defer { swap(&origins, &self.origins) }
        let end = withUnsafeTemporaryAllocation(of: Float.self, capacity: 4 * width) { buffer -> UInt8 in
            guard let base = buffer.baseAddress else { return 0 }
            return moves.across.withUnsafeBufferPointer { across in
                moves.within.withUnsafeBufferPointer { within in
                    closed.withUnsafeBufferPointer { closed in
                        opening.withUnsafeBufferPointer { opening in
                            origins.withUnsafeMutableBufferPointer { origins in
                                across.baseAddress.map {
                                    fill(sentence, scores, base, $0, within, closed, opening, origins)
                                } ?? 0
                            }
                        }
                    }
                }
            }
        }
        var label = end
        for i in sentence.reversed() {
            labels[i] = label
            label = origins[(i - sentence.lowerBound) * width + Int(label)]
        }
    }

    /// Fills the origins of every label at every position and returns the last label of the best path.
    private func fill(
        _ sentence: Range<Int>,
        _ scores: [SIMD16<Int16>],
        _ buffer: UnsafeMutablePointer<Float>,
        _ across: UnsafePointer<Float>,
        _ within: UnsafeBufferPointer<Float>,
        _ closed: UnsafeBufferPointer<UInt8>,
        _ opening: UnsafeBufferPointer<UInt8>,
        _ origins: UnsafeMutableBufferPointer<UInt8>
    ) -> UInt8 {
        let width = Self.width
        var previous = buffer
        var current = buffer + width
        // The emissions with that of "outside", which is 0, before them.
        let emission = buffer + 2 * width
        emission[0] = 0
        for i in sentence {
            UnsafeMutableRawPointer(emission + 1).storeBytes(
                of: SIMD16<Float>(scores[i]) * (1 / EntityModel.featureScale),
                as: SIMD16<Float>.self
            )
            let origin =
                (origins.baseAddress ?? UnsafeMutablePointer(bitPattern: 1).unsafelyUnwrapped)
                + (i - sentence.lowerBound) * width
            if i > sentence.lowerBound, scores[i].max() < Self.hopeless {
                // Most words: no name can begin, go on or end here.
                var best = previous[0] + across[0]
                origin[0] = 0
                for a in 1..<closed.count where previous[Int(closed[a])] + across[9 * a] > best {
                    best = previous[Int(closed[a])] + across[9 * a]
                    origin[0] = closed[a]
                }
                for b in 1..<width { current[b] = -1e9 }
                current[0] = best
            } else if i == sentence.lowerBound {
                for b in 0..<width { current[b] = -1e9 }
                for (k, b) in opening.enumerated() { current[Int(b)] = moves.first[k] + emission[Int(b)] }
            } else {
                // All eight labels that begin a name at once, and "outside" beside them.
                var best = SIMD8<Float>(repeating: -1e9)
                var from = SIMD8<Int32>.zero
                var bestOutside = -Float.greatestFiniteMagnitude
                var fromOutside: UInt8 = 0
                for a in 0..<closed.count {
                    let before = previous[Int(closed[a])]
                    let row = across + 9 * a
                    let value = UnsafeRawPointer(row + 1).loadUnaligned(as: SIMD8<Float>.self) + before
                    let isBetter = value .> best
                    best.replace(with: value, where: isBetter)
                    from.replace(with: Int32(closed[a]), where: isBetter)
                    if before + row[0] > bestOutside {
                        bestOutside = before + row[0]
                        fromOutside = closed[a]
                    }
                }
                current[0] = bestOutside
                origin[0] = fromOutside
                for k in 1..<opening.count {
                    let b = Int(opening[k])
                    current[b] = best[k - 1] + emission[b]
                    origin[b] = UInt8(truncatingIfNeeded: from[k - 1])
                }
                // Labels lie type by type: begin, inside, end, single.
                for type in 0..<4 {
                    let begin = 1 + 4 * type
                    let (b, c) = (previous[begin], previous[begin + 1])
                    for k in 0..<2 {
                        let fromBegin = b + within[4 * type + k]
                        let fromInside = c + within[4 * type + 2 + k]
                        let label = begin + 1 + k
                        current[label] = max(fromBegin, fromInside) + emission[label]
                        origin[label] = UInt8(fromBegin >= fromInside ? begin : begin + 1)
                    }
                }
            }
            swap(&previous, &current)
        }
        var last: UInt8 = 0
        for b in closed where previous[Int(b)] > previous[Int(last)] { last = b }
        return last
    }
}
