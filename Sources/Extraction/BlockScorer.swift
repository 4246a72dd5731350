import Markup

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Gives every block the probability that it belongs to the article, in two rounds.
///
/// The first round looks at a block and its surroundings; the second also at what the first said of the neighbours, the
/// blocks in the same element and those of the same classes. So a short line between two paragraphs of the article, and
/// a paragraph in the middle of a list of teasers, are judged by their company.
struct BlockScorer {
    private(set) var chances = GrowingBuffer<Float>(capacity: 1024)
    private var first = GrowingBuffer<Float>(capacity: 1024)
    private var sums = GroupSums()
    private var running = GrowingBuffer<Float>(capacity: 1024)
    private var below = GrowingBuffer<Float>(capacity: 1 << 14)
    private var sections = GrowingBuffer<Int32>(capacity: 1024)

    /// Blocks the first round is sure to be chrome are not looked at again.
    static let leastChance: Float = 0.02

    func deallocate() {
        chances.deallocate()
        first.deallocate()
        running.deallocate()
        below.deallocate()
        sections.deallocate()
        sums.deallocate()
    }

    mutating func run(_ nodes: PageNodes, _ buffer: BlockBuffer, _ features: BlockFeatures, first given: [Float]? = nil)
    {
        let rows = features.rows
        first.removeAll()
        chances.removeAll()
        if let given {
            for chance in given { first.append(chance) }
        } else {
            for _ in 0..<rows { first.append(0) }
            forEachSum(BlockModel.first, features, 0..<rows, skipsSure: true) { first[$0] = BlockModel.chance($1) }
        }
        appendCompany(nodes, buffer, features)
        for index in 0..<rows { chances.append(first[index]) }
        let open = (0..<rows).filter { first[$0] >= Self.leastChance }
        forEachSum(BlockModel.second, features, open, skipsSure: false) { chances[$0] = mean(first[$0], $1) }
    }

    /// Calls `body` with the model's sum for each of the rows.
    private func forEachSum(
        _ model: BlockModel,
        _ features: BlockFeatures,
        _ rows: some RandomAccessCollection<Int>,
        skipsSure: Bool,
        _ body: (Int, Float) -> Void
    ) {
        var four: [UnsafePointer<Float>] = []
        var indices: [Int] = []
        for (count, index) in rows.enumerated() {
            indices.append(index)
            four.append(features.row(index))
            guard four.count == 4 || count == rows.count - 1 else { continue }
            while four.count < 4 { four.append(features.row(index)) }
            let sums = model.sums(four, skipsSure: skipsSure)
            for (lane, index) in indices.enumerated() { body(index, sums[lane]) }
            four.removeAll(keepingCapacity: true)
            indices.removeAll(keepingCapacity: true)
        }
    }

    /// The second round counts twice, as it knows more: on pages of sites not trained on, neither alone does as well. The
    /// models are trained on blocks of which the sure ones are left out, and find a little too much.
    private func mean(_ first: Float, _ second: Float) -> Float {
        let first = min(max(first, 0.0001), 0.9999)
        return BlockModel.chance((logf(first / (1 - first)) + 2 * second) / 3 - Self.excess)
    }

    private static let excess: Float = 0.2

    private static func weight(_ block: Block) -> Float { Float(block.words + block.ideographs) + 1 }

    // MARK: The company of a block

    private mutating func appendCompany(_ nodes: PageNodes, _ buffer: BlockBuffer, _ features: BlockFeatures) {
        let rows = features.rows
        addSums(nodes, buffer, rows)
        addBelow(nodes, buffer, rows)
        findSections(buffer, rows)
        let totals = kept(buffer, rows)
        var before: Float = 0
        var lastKept = -1
        var nextKept = next(after: -1, rows)
        for index in 0..<rows {
            let block = buffer.blocks[index]
            let chance = first[index]
            let weight = Self.weight(block)
            if nextKept < index { nextKept = next(after: index - 1, rows) }
            if chance > 0.5 { before += weight }
            var column = BlockFeatures.columns
            func add(_ value: Float) {
                features.set(index, column, value)
                column += 1
            }
            add(chance)
            for step in [-3, -2, -1, 1, 2, 3] {
                let other = index + step
                add(other >= 0 && other < rows ? first[other] : -1)
            }
            for key in groups(block, nodes) { add(sums.mean(key, without: chance, weight)) }
            add(before / max(totals, 1))
            add(logf(1 + totals))
            add(Float(lastKept < 0 ? 40 : min(index - lastKept, 40)))
            add(Float(nextKept >= rows ? 40 : min(nextKept - index, 40)))
            for reach in [4, 10] { add(mean(index, reach, rows)) }
            for words in [150, 600, 2400] as [Float] { add(mean(around: Int(block.element), words, nodes)) }
            let section = self.section(index, buffer, rows)
            add(section.heading)
            add(section.mean)
            add(logf(1 + section.weight))
            if chance > 0.5 { lastKept = index }
        }
    }

    private func groups(_ block: Block, _ nodes: PageNodes) -> [UInt64] {
        let parent = nodes.parent(Int(block.element))
        return [UInt64(block.element) << 2 | 1, UInt64(parent + 1) << 2 | 2, block.path | 3]
    }

    private mutating func addSums(_ nodes: PageNodes, _ buffer: BlockBuffer, _ rows: Int) {
        sums.removeAll(for: rows * 3)
        running.removeAll()
        running.append(0)
        running.append(0)
        for index in 0..<rows {
            let block = buffer.blocks[index]
            let weight = Self.weight(block)
            for key in groups(block, nodes) { sums.add(key, first[index], weight) }
            running.append(running[2 * index] + weight * first[index])
            running.append(running[2 * index + 1] + weight)
        }
    }

    /// The mean chance below the nearest element with so many words.
    private func mean(around element: Int, _ words: Float, _ nodes: PageNodes) -> Float {
        var element = element
        while nodes.parent(element) >= 0, below[2 * element + 1] < words { element = nodes.parent(element) }
        return below[2 * element] / max(below[2 * element + 1], 1)
    }

    /// The chance of the heading before the block, and the mean and words of what stands between it and the next.
    private func section(_ index: Int, _ buffer: BlockBuffer, _ rows: Int) -> (
        heading: Float, mean: Float, weight: Float
    ) {
        let from = Int(sections[2 * index]), to = Int(sections[2 * index + 1])
        let weight = running[2 * to + 1] - running[2 * from + 1]
        let mean = (running[2 * to] - running[2 * from]) / max(weight, 1)
        return (from > 0 ? first[from - 1] : -1, mean, weight)
    }

    /// For each block where its section begins, behind a heading, and ends, at the next.
    private mutating func findSections(_ buffer: BlockBuffer, _ rows: Int) {
        sections.removeAll()
        var from = 0
        for index in 0..<rows {
            // A heading is judged by what it stands over.
            if buffer.blocks[index].around.contains(.heading) { from = index + 1 }
            sections.append(Int32(truncatingIfNeeded: from))
            sections.append(Int32(truncatingIfNeeded: rows))
        }
        var to = rows
        for index in stride(from: rows - 1, through: 0, by: -1) {
            sections[2 * index + 1] = Int32(truncatingIfNeeded: max(to, Int(sections[2 * index])))
            if buffer.blocks[index].around.contains(.heading) { to = index }
        }
    }

    private mutating func addBelow(_ nodes: PageNodes, _ buffer: BlockBuffer, _ rows: Int) {
        below.removeAll()
        for _ in 0..<2 * nodes.count { below.append(0) }
        for index in 0..<rows {
            let element = Int(buffer.blocks[index].element)
            let weight = Self.weight(buffer.blocks[index])
            below[2 * element] += weight * first[index]
            below[2 * element + 1] += weight
        }
        for element in stride(from: nodes.count - 1, through: 0, by: -1) {
            let parent = nodes.parent(element)
            guard parent >= 0 else { continue }
            below[2 * parent] += below[2 * element]
            below[2 * parent + 1] += below[2 * element + 1]
        }
    }

    private func kept(_ buffer: BlockBuffer, _ rows: Int) -> Float {
        var total: Float = 0
        for index in 0..<rows where first[index] > 0.5 { total += Self.weight(buffer.blocks[index]) }
        return total
    }

    private func next(after index: Int, _ rows: Int) -> Int {
        var next = index + 1
        while next < rows, first[next] <= 0.5 { next += 1 }
        return next
    }

    /// The mean chance of a window, by words.
    private func mean(_ index: Int, _ reach: Int, _ rows: Int) -> Float {
        let from = max(0, index - reach), to = min(rows, index + reach + 1)
        return (running[2 * to] - running[2 * from]) / max(running[2 * to + 1] - running[2 * from + 1], 1)
    }
}

/// Weighted sums of chances by group.
struct GroupSums {
    private struct Entry: BitwiseCopyable {
        var key: UInt64 = 0
        var chances: Float = 0
        var weight: Float = 0
    }

    private var entries = GrowingBuffer<Entry>(capacity: 4096)
    private var mask = 0

    func deallocate() { entries.deallocate() }

    mutating func removeAll(for count: Int) {
        var capacity = 64
        while capacity < count * 2 { capacity *= 2 }
        mask = capacity - 1
        entries.removeAll(keeping: 1 << 17)
        entries.reserve(capacity)
        for _ in 0..<capacity { entries.append(Entry()) }
    }

    func add(_ key: UInt64, _ chance: Float, _ weight: Float) {
        let slot = self.slot(key)
        entries.base[slot].key = key
        entries.base[slot].chances += chance * weight
        entries.base[slot].weight += weight
    }

    /// -1 where the group has no other member.
    func mean(_ key: UInt64, without chance: Float, _ weight: Float) -> Float {
        let entry = entries[slot(key)]
        let rest = entry.weight - weight
        return rest > 0.5 ? max(0, entry.chances - chance * weight) / rest : -1
    }

    private func slot(_ key: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: key &* 0x9E37_79B9_7F4A_7C15 >> 32) & mask
        while entries[slot].key != 0, entries[slot].key != key { slot = (slot + 1) & mask }
        return slot
    }
}
