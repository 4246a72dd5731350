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
            "      stage             in     kept  dropped  failed",
        ]
        for (stage, counts) in zip(manifest.plan.stages, counts.stages) {
            let reasons = counts.dropped.sorted { $0.key < $1.key }.map { "\($0.key) \(grouped($0.value))" }.joined(
                separator: ", "
            )
            let dropped = counts.dropped.values.reduce(0, +)
            let row = [
                pad(String(stage.number), 4), " ", stage.name.padding(12), pad(grouped(counts.entered), 8),
                pad(grouped(counts.kept), 9),
            ]
            lines.append(
                (row + [
                    pad(grouped(dropped), 9), pad(grouped(counts.failed), 8), reasons.isEmpty ? "" : "   " + reasons,
                ]).joined()
            )
        }
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
