/// The moves between labels that well-formed names allow, with their weights.
///
/// A label that begins a name or stands outside may follow any that ends one or stands outside: nine times nine. The
/// others only go on with the name that is open: from begin or inside to inside or end, type by type.
struct LabelMoves: Sendable {
    /// From each of `closed` to outside.
    let toOutside: [Int32]
    /// From each of `closed` to begin of each type, then to single of each.
    let toOpening: [SIMD8<Int32>]
    /// A line's start to each of the same.
    let firstOutside: Int32
    let firstOpening: SIMD8<Int32>
    /// By type.
    let beginToInside: SIMD4<Int32>
    let beginToEnd: SIMD4<Int32>
    let insideToInside: SIMD4<Int32>
    let insideToEnd: SIMD4<Int32>

    /// Outside, then end of each type, then single of each.
    static let closed: [UInt8] =
        [SequenceLabels.outside]
        + [SequenceLabels.Position.end, .single].flatMap { position in
            SequenceLabels.types.indices.map { SequenceLabels.label(position, $0) }
        }

    /// Scores are whole numbers, so that a sum is the same in whatever order it is made; those of four hundred words in a
    /// row, the longest sentence there is, still fit.
    static let scale: Float = 16384

    init(_ model: EntityModel) {
        func move(_ from: UInt8, _ to: UInt8) -> Int32 {
            Int32((model.transition(Int(from), Int(to)) * Self.scale).rounded())
        }
        func opening(_ from: UInt8) -> SIMD8<Int32> {
            var row = SIMD8<Int32>.zero
            for type in SequenceLabels.types.indices {
                row[type] = move(from, SequenceLabels.label(.begin, type))
                row[4 + type] = move(from, SequenceLabels.label(.single, type))
            }
            return row
        }
        func within(_ from: SequenceLabels.Position, _ to: SequenceLabels.Position) -> SIMD4<Int32> {
            var row = SIMD4<Int32>.zero
            for type in SequenceLabels.types.indices {
                row[type] = move(SequenceLabels.label(from, type), SequenceLabels.label(to, type))
            }
            return row
        }
        toOutside = Self.closed.map { move($0, SequenceLabels.outside) }
        toOpening = Self.closed.map(opening)
        firstOutside = move(UInt8(SequenceLabels.count), SequenceLabels.outside)
        firstOpening = opening(UInt8(SequenceLabels.count))
        beginToInside = within(.begin, .inside)
        beginToEnd = within(.begin, .end)
        insideToInside = within(.inside, .inside)
        insideToEnd = within(.inside, .end)
    }
}

/// The best path of labels through a sentence.
///
/// At most words no name can begin, go on or end. The path is outside there, so the sentence falls into short stretches
/// between such words, each of which is searched by itself.
struct ViterbiSearch {
    /// A label whose score is below e⁻⁹ of that of "outside" is not tried.
    private static let hopeless = SIMD16<Int16>(repeating: Int16(-9 * EntityModel.featureScale))
    private static let emissionScale = Int32(LabelMoves.scale / EntityModel.featureScale)
    /// Below every score there is, and far from overflow when scores are added to it.
    private static let impossible: Int32 = -1 << 29

    private let moves: LabelMoves
    private var origins: [Origin] = []

    /// Where the best path to each label at a word came from.
    private struct Origin {
        /// Index in `LabelMoves.closed`.
        var outside = 0
        /// The same for begin of each type, then single of each.
        var opening = SIMD8<Int32>.zero
        var insideFromInside = SIMDMask<SIMD4<Int32>>()
        var endFromInside = SIMDMask<SIMD4<Int32>>()
    }

    /// The best scores of the paths that end in each label, by type.
    private struct State {
        var outside: Int32 = 0
        var begin = SIMD4<Int32>(repeating: impossible)
        var inside = SIMD4<Int32>(repeating: impossible)
        var end = SIMD4<Int32>(repeating: impossible)
        var single = SIMD4<Int32>(repeating: impossible)

        @inline(__always)
        func closed(_ index: Int) -> Int32 { index == 0 ? outside : index < 5 ? end[index - 1] : single[index - 5] }
    }

    init(moves: LabelMoves) { self.moves = moves }

    mutating func run(_ sentence: Range<Int>, _ scores: [SIMD16<Int16>], _ labels: inout [UInt8]) {
        scores.withUnsafeBufferPointer { scores in
            labels.withUnsafeMutableBufferPointer { labels in
                var i = sentence.lowerBound
                while i < sentence.upperBound {
                    if i > sentence.lowerBound, isHopeless(scores[i]) {
                        labels[i] = SequenceLabels.outside
                        i += 1
                    } else {
                        i = search(from: i, sentence, scores, labels)
                    }
                }
            }
        }
    }

    @inline(__always)
    private func isHopeless(_ scores: SIMD16<Int16>) -> Bool { !any(scores .>= Self.hopeless) }

    /// Labels the words from `start`, before which the path is outside, to the next hopeless one; returns the index of that.
    private mutating func search(
        from start: Int,
        _ sentence: Range<Int>,
        _ scores: UnsafeBufferPointer<SIMD16<Int16>>,
        _ labels: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        origins.removeAll(keepingCapacity: true)
        var state = State()
        var i = start
        repeat {
            let isFirst = i == sentence.lowerBound
            origins.append(step(&state, emissions(scores[i]), isFirst: isFirst))
            i += 1
        } while i < sentence.upperBound && !isHopeless(scores[i])

        var last = 0
        let isEnd = i == sentence.upperBound
        var best = state.outside &+ (isEnd ? 0 : moves.toOutside[0])
        for a in 1..<9 {
            let value = state.closed(a) &+ (isEnd ? 0 : moves.toOutside[a])
            if value > best { (best, last) = (value, a) }
        }
        trace(LabelMoves.closed[last], start..<i, labels)
        return i
    }

    private func trace(_ last: UInt8, _ words: Range<Int>, _ labels: UnsafeMutableBufferPointer<UInt8>) {
        var label = last
        for i in words.reversed() {
            labels[i] = label
            let origin = origins[i - words.lowerBound]
            guard let type = SequenceLabels.type(label), let position = SequenceLabels.position(label) else {
                label = LabelMoves.closed[origin.outside]
                continue
            }
            switch position {
            case .begin: label = LabelMoves.closed[Int(origin.opening[type])]
            case .single: label = LabelMoves.closed[Int(origin.opening[4 + type])]
            case .inside: label = SequenceLabels.label(origin.insideFromInside[type] ? .inside : .begin, type)
            case .end: label = SequenceLabels.label(origin.endFromInside[type] ? .inside : .begin, type)
            }
        }
    }

    private struct Emissions {
        var opening: SIMD8<Int32>
        var inside: SIMD4<Int32>
        var end: SIMD4<Int32>
    }

    /// Labels lie type by type: begin, inside, end, single.
    @inline(__always)
    private func emissions(_ scores: SIMD16<Int16>) -> Emissions {
        let (even, odd) = (scores.evenHalf, scores.oddHalf)
        @inline(__always)
        func wide(_ lanes: SIMD4<Int16>) -> SIMD4<Int32> { SIMD4(truncatingIfNeeded: lanes) &* Self.emissionScale }
        return Emissions(
            opening: SIMD8(lowHalf: wide(even.evenHalf), highHalf: wide(odd.oddHalf)),
            inside: wide(odd.evenHalf),
            end: wide(even.oddHalf)
        )
    }

    @inline(__always)
    private func step(_ state: inout State, _ emissions: Emissions, isFirst: Bool) -> Origin {
        var origin = Origin()
        if isFirst {
            let opening = moves.firstOpening &+ emissions.opening
            state = State(outside: moves.firstOutside, begin: opening.lowHalf, single: opening.highHalf)
            return origin
        }
        var outside = state.outside &+ moves.toOutside[0]
        var opening = moves.toOpening[0] &+ state.outside
        for a in 1..<9 {
            let before = state.closed(a)
            // A name that could not be open could not be closed either.
            if before < Self.impossible / 2 { continue }
            let values = moves.toOpening[a] &+ before
            let isBetter = values .> opening
            opening.replace(with: values, where: isBetter)
            origin.opening.replace(with: Int32(a), where: isBetter)
            if before &+ moves.toOutside[a] > outside {
                outside = before &+ moves.toOutside[a]
                origin.outside = a
            }
        }
        opening &+= emissions.opening
        let (beginInside, insideInside) = (state.begin &+ moves.beginToInside, state.inside &+ moves.insideToInside)
        let (beginEnd, insideEnd) = (state.begin &+ moves.beginToEnd, state.inside &+ moves.insideToEnd)
        origin.insideFromInside = insideInside .> beginInside
        origin.endFromInside = insideEnd .> beginEnd
        state = State(
            outside: outside,
            begin: opening.lowHalf,
            inside: beginInside.replacing(with: insideInside, where: origin.insideFromInside) &+ emissions.inside,
            end: beginEnd.replacing(with: insideEnd, where: origin.endFromInside) &+ emissions.end,
            single: opening.highHalf
        )
        return origin
    }
}
