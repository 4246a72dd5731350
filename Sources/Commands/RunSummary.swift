import Engine

/// What a finished run did, for people.
struct RunSummary {
    private let result: Run.Result

    init(_ result: Run.Result) {
        self.result = result
    }

    var text: String {
        let manifest = result.manifest
        let counts = manifest.counts
        guard result.isPublished else {
            let unchanged = manifest.skipped["unchanged"].map { "nothing new in \(grouped($0)) inputs" }
            return "\(manifest.plan.definition.name): \(unchanged ?? "nothing to read"); the last outputs stay\n"
        }
        var lines = [
            "\(manifest.plan.definition.name): \(grouped(counts.read)) articles read, \(grouped(counts.kept)) kept, "
                + "\(grouped(counts.droppedTotal)) dropped, \(grouped(counts.quarantinedTotal)) quarantined in \(manifest.seconds.rounded3) s",
            "",
        ]
        lines += table(manifest.plan.stages.map(\.name), counts.stages)
        if !counts.removed.isEmpty {
            let reasons = counts.removed.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
                "\($0.key) \(grouped($0.value))"
            }
            lines += ["", "removed as boilerplate: " + reasons.joined(separator: ", ")]
        }
        if !manifest.skipped.isEmpty {
            let kinds = manifest.skipped.sorted { $0.key < $1.key }.map { "\($0.key) \(grouped($0.value))" }
            lines += ["", "passed over: " + kinds.joined(separator: ", ")]
        }
        lines += ["", "\(result.directory)/"]
        for file in manifest.outputs where file.rows > 0 {
            let isLinked = manifest.plan.files.contains(file.file)
            lines.append(
                "  \(file.file.padding(18)) \(pad(grouped(file.rows), 8)) rows"
                    + (isLinked ? "   \(result.output)/\(file.file)" : "")
            )
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A line of headings and one a stage; columns are as wide as their largest number wants.
    private func table(_ names: [String], _ stages: [StageCounts]) -> [String] {
        let headings = ["in", "kept", "dropped", "failed"]
        let rows = stages.map { stage in
            [stage.entered, stage.kept, stage.dropped.values.reduce(0, +), stage.failed].map(grouped)
        }
        let widths = zip(headings.indices, [8, 9, 9, 8]).map { column, least in
            max(least, 2 + (rows.map { $0[column].count }.max() ?? 0))
        }
        func line(_ start: String, _ cells: [String], _ end: String = "") -> String {
            start + zip(cells, widths).map(pad).joined() + end
        }
        var lines = [line("      stage".padding(17), headings)]
        for (index, (name, row)) in zip(names, rows).enumerated() {
            let reasons = stages[index].dropped.sorted { $0.key < $1.key }.map { "\($0.key) \(grouped($0.value))" }
            lines.append(
                line(
                    pad(String(index + 1), 4) + " " + name.padding(12),
                    row,
                    reasons.isEmpty ? "" : "   " + reasons.joined(separator: ", ")
                )
            )
        }
        return lines
    }

    private func pad(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}

extension String {
    fileprivate func padding(_ width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}

extension Double {
    fileprivate var rounded3: Double { (self * 1000).rounded() / 1000 }
}
