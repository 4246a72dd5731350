/// Where a line stands: among its neighbours, in its run of lines that are no prose, on the page.
extension ScrapedTextFeatures {
    // MARK: 12–37: the lines around it

    private static let windows = [(-3, -1), (1, 3), (-12, -4), (4, 12)]

    mutating func fillSurroundings() {
        let measures: [(ScrapedTextLine, Bool) -> Float] = [
            { $1 ? 1 : 0 }, { line, _ in line.end == .stop ? 1 : 0 }, { line, _ in line.phrase == nil ? 0 : 1 },
            { line, _ in Float(min(line.width, 100)) }, { line, _ in line.isTiny ? 1 : 0 },
        ]
        for (number, measure) in measures.enumerated() {
            var sums: [Float] = [0]
            sums.reserveCapacity(order.count + 1)
            for index in order { sums.append((sums.last ?? 0) + measure(page.lines[index], isProse[index])) }
            for (side, window) in Self.windows.enumerated() {
                let size = Float(window.1 - window.0 + 1)
                for index in 0..<count {
                    let low = min(max(0, place[index] + window.0), order.count)
                    let high = min(max(0, place[index] + window.1 + 1), order.count)
                    set(index, 12 + number * 4 + side, (sums[high] - sums[low]) / size)
                }
            }
        }
        for index in 0..<count {
            for (side, other) in [place[index] - 1, place[index] + 1].enumerated() {
                let line = order.indices.contains(other) ? page.lines[order[other]] : nil
                set(index, 32 + side * 3, Float(min(line?.width ?? -1, 500)))
                set(index, 33 + side * 3, line.map { Self.number($0.end) } ?? -1)
                set(index, 34 + side * 3, line.map { Self.number($0.phrase) } ?? -1)
            }
        }
    }

    // MARK: 38–44, 64–69: how far prose is, and the run of other lines it stands in

    mutating func fillRuns() {
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, isProse[order[end]] == isProse[order[start]] { end += 1 }
            let run = order[start..<end].map { page.lines[$0] }
            let size = Float(run.count)
            let width = Float(run.reduce(0) { $0 + min($1.width, 500) }) / size
            let spread = run.reduce(Float(0)) { $0 + abs(Float(min($1.width, 500)) - width) } / size
            let before = start > 0 ? Self.number(page.lines[order[start - 1]].end) : -1
            let measures: [Float] = [
                min(size, 60), width, Float(run.count { $0.end == .stop }) / size,
                Float(min(run.count { $0.phrase != nil }, 20)),
                start == 0 ? 1 : end == order.count ? 2 : 0,
            ]
            let more: [Float] = [
                spread, before, Float(run.count { $0.digits > 0 }) / size, Float(run.count(where: \.isTiny)) / size,
                Float(run.count { $0.phrase?.isCertain == true }), Float(run.count { $0.phrase != nil }) / size,
            ]
            let first = start == 0 ? 0 : order[start - 1] + 1, last = end == order.count ? count : order[end]
            for index in first..<last where place[index] >= start && place[index] < end {
                set(index, 38, Float(min(place[index] - start, 40)))
                set(index, 39, Float(min(end - 1 - place[index], 40)))
                for (number, value) in measures.enumerated() { set(index, 40 + number, value) }
                for (number, value) in more.enumerated() { set(index, 64 + number, value) }
            }
            start = end
        }
    }

    // MARK: 45–52: where it stands on the page

    mutating func fillPlace() {
        let prose = (0..<count).map { isProse[$0] ? Float(min(page.lines[$0].width, 600)) : 0 }
        let total = max(1, prose.reduce(0, +))
        var above: Float = 0
        var tails: Float = 0
        for index in 0..<count {
            set(index, 45, above / total)
            above += prose[index]
            set(index, 46, 1 - above / total)
            set(index, 47, Float(min(max(index - page.body.lowerBound, -40), 40)))
            set(index, 48, Float(min(max(page.body.upperBound - 1 - index, -40), 40)))
            set(index, 49, Float(min(page.body.count, 100)))
            set(index, 50, Float(min(count, 500)))
            set(index, 51, Float(page.titleIndex.map { min(max(index - $0, -40), 40) } ?? -50))
            // Labels that end an article, since the body began.
            if index == page.body.lowerBound { tails = 0 }
            if let phrase = page.lines[index].phrase, phrase.reason.opensTail { tails += phrase.isCertain ? 1 : 0.25 }
            set(index, 52, min(tails, 30))
        }
    }

    // MARK: 61–63: how much prose in whole sentences lies near

    mutating func fillSentences() {
        let prose = (0..<count).map { index -> Float in
            let line = page.lines[index]
            return line.phrase == nil && line.end == .stop && line.width >= 60 ? Float(min(line.width, 400)) : 0
        }
        var sums: [Float] = [0]
        for index in 0..<count { sums.append(sums[index] + prose[index]) }
        for index in 0..<count {
            let low = max(0, index - 8), high = min(count, index + 9)
            set(index, 61, (sums[index] - sums[low]) / 8)
            set(index, 62, (sums[high] - sums[index + 1]) / 8)
            set(index, 63, (sums[min(count, index + 31)] - sums[max(0, index - 30)]) / 60)
        }
    }
}
