import Engine
import Pipeline

/// One article's way through the chain: after each stage, the fields that it changed.
struct PreviewText {
    private let entry: Preview.Entry
    private let only: Int?

    init(_ entry: Preview.Entry, only: Int?) {
        self.entry = entry
        self.only = only
    }

    var text: String {
        if let failure = entry.failure {
            return
                "── \(failure.path), byte \(failure.offset)\n   quarantined: \(failure.error.code): \(failure.error.message)\n"
        }
        guard var before = entry.article else { return "" }
        var lines = [
            "── \(before.provenance.path)" + (before.provenance.offset > 0 ? ", byte \(before.provenance.offset)" : "")
        ]
        if only == nil {
            lines += fields(before).filter { !$0.value.isEmpty }.map { "   \($0.name): \(clip($0.value))" }
        }
        for step in entry.steps {
            defer { before = step.article }
            if let only, step.stage.number != only { continue }
            lines.append("  \(step.stage.number) \(step.stage.name): \(describe(step))")
            lines += changes(from: before, to: step.article).map { "     " + $0 }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func describe(_ step: Preview.Step) -> String {
        switch step.outcome {
        case .kept: "kept"
        case .passedBy: "passed by (its condition does not hold)"
        case .dropped(let reason): "dropped as \(reason)"
        case .failed(let error): "\(ending(step.stage.onError)): \(error.code): \(error.message)"
        }
    }

    private func ending(_ policy: ErrorPolicy) -> String {
        switch policy {
        case .quarantine: "quarantined"
        case .drop: "dropped as error"
        case .fail: "the run would stop here"
        }
    }

    private func changes(from before: Article, to after: Article) -> [String] {
        var lines: [String] = []
        for (old, new) in zip(fields(before), fields(after)) where old.value != new.value && old.name != "text" {
            lines.append("\(new.name): \(clip(new.value))")
        }
        if after.removed.count > before.removed.count {
            lines += after.removed.dropFirst(before.removed.count).map { "- \(clip($0.text))   (\($0.reason))" }
        }
        if before.text != after.text {
            lines += after.text.split(separator: "\n").map { "| \(clip(String($0)))" }
        }
        lines += after.entities.dropFirst(before.entities.count).map { entity in
            "[\(entity.start)..<\(entity.end)] \(entity.type) \(entity.clitic.map { $0 + "+" } ?? "")\(entity.text)\(entity.id.map { " → " + $0 } ?? "")"
        }
        return lines
    }

    private func fields(_ article: Article) -> [(name: String, value: String)] {
        [
            ("id", article.id ?? ""), ("url", article.url ?? ""), ("outlet", article.outlet ?? ""),
            ("title", article.title ?? ""),
            ("authors", article.authors.joined(separator: "; ")), ("published", article.published?.rfc3339 ?? ""),
            ("language", article.language ?? ""), ("section", article.section ?? ""),
            ("keywords", article.keywords.joined(separator: "; ")), ("duplicate_of", article.duplicate?.of ?? ""),
            ("word_count", article.wordCount.map(String.init) ?? ""), ("text", article.text),
        ]
    }

    private func clip(_ text: String) -> String {
        let line = text.split(separator: "\n").joined(separator: " ⏎ ")
        return line.count > 160 ? String(line.prefix(159)) + "…" : line
    }
}
