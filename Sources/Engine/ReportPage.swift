import Language
import Pipeline

/// `report.html` of a run: one file to look at, on a phone or a desk, without network and script.
///
/// It is for people and holds times, so it is no data output: two runs of the same input differ in it.
struct ReportPage {
    static let name = "report.html"

    let manifest: Manifest
    let figures: ReportFigures
    let last: RunReport?

    var plan: Plan { manifest.plan }
    var counts: RunCounts { manifest.counts }

    var bytes: [UInt8] {
        let page: HTML = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none';style-src 'unsafe-inline'">
            <title>\(plan.definition.name) · \(date)</title>
            <style>\(ReportStyle.css)</style></head>
            <body><main>
            \(header)
            \(tiles)
            \(section("What became of them", funnel))
            \(pair(section("Thrown away", reasons), section("Quarantine", quarantine)))
            \(timeline)
            \(pair(section("Outlets", outlets), "<div>\(section("Languages", languages))\(section("Files", files))</div>"))
            \(mentions)
            \(pair(section("Where the time went", stageTimes), section("Slowest articles", slowest)))
            \(section("Definition", definition))
            \(footer)
            </main></body></html>

            """
        return Array(page.text.utf8)
    }

    private func section(_ title: HTML, _ body: HTML) -> HTML {
        body.text.isEmpty ? "" : "<section><h2>\(title)</h2>\(body)</section>\n"
    }

    private func pair(_ left: HTML, _ right: HTML) -> HTML {
        left.text.isEmpty || right.text.isEmpty ? "\(left)\(right)" : "<div class=\"pair\">\(left)\(right)</div>"
    }

    // MARK: Head

    private var date: String { String(manifest.started.rfc3339.prefix(16)).replacing("T", with: " ") + " UTC" }

    private var header: HTML {
        let files = counts.inputs == 1 ? "file" : "files"
        return """
            <header><h1 dir="auto">\(plan.definition.name)</h1>
            <p class="soft">\(date) · \(duration(manifest.seconds)) · \(counts.inputs) \(files), \(size(counts.inputBytes)) read</p>
            </header>
            """
    }

    private var tiles: HTML {
        """
        <div class="tiles">
        \(tile("read", counts.read, last?.read))
        \(tile("kept", counts.kept, last?.kept, "first"))
        \(tile("dropped", counts.droppedTotal, last?.dropped))
        \(tile("failed", counts.quarantinedTotal, last?.quarantined, counts.quarantinedTotal > 0 ? "bad" : ""))
        </div>
        """
    }

    /// A figure, and what it was in the last run.
    private func tile(_ name: HTML, _ value: Int, _ before: Int?, _ kind: HTML = "") -> HTML {
        var change: HTML = "first run"
        if let before {
            let sign: HTML = value > before ? "+" : ""
            change = value == before ? "as in the last run" : "\(sign)\(value - before) since the last run"
        }
        return """
            <div class="tile \(kind)"><span class="name">\(name)</span><b>\(value)</b><span class="soft">\(change)</span></div>
            """
    }

    // MARK: What became of them

    private var funnel: HTML {
        let most = Double(max(1, counts.stages.map(\.entered).max() ?? 1))
        // What an export writes stands among the files.
        let stages = zip(plan.stages, counts.stages).filter { !($0.0.stage is any Sink) || $0.1.entered > $0.1.kept }
        let rows = stages.map { stage, counts -> HTML in
            let gone = counts.entered - counts.kept
            let reasons = Self.listed(counts.dropped).map { "\(HTML.grouped($0.count)) \($0.name)" }
            let failed = counts.failed > 0 ? ["\(HTML.grouped(counts.failed)) failed"] : []
            let bar = ReportChart.bar(Double(counts.kept) / most, Double(gone) / most)
            return """
                <tr><td class="nowrap">\(stage.name)</td><td class="share">\(bar)</td><td class="number">\(counts.kept)</td>\
                <td class="wide soft">\((reasons + failed).joined(separator: ", "))</td></tr>
                """
        }
        return """
            <table class="funnel"><thead><tr><th>stage</th><th></th><th class="number">passed</th><th>left here</th></tr></thead>\
            <tbody>\(HTML.joined(rows))</tbody></table>
            """
    }

    private var reasons: HTML {
        let rows = Self.listed(counts.dropped).map { reason, count -> HTML in
            let kinds =
                reason == "duplicate" ? Self.listed(figures.duplicateKinds).map { "\($0.name) \($0.count)" } : []
            let examples = (figures.examples[reason] ?? []).map { example -> HTML in
                "<li><span dir=\"auto\">\(example.title ?? "no title")</span><code>\(redacted(example.place))</code></li>"
            }
            let note: HTML = kinds.isEmpty ? "" : "<p class=\"soft\">\(kinds.joined(separator: ", "))</p>"
            return """
                <details class="reason"><summary>\(reason) <span class="number">\(count) · \(share(count))</span></summary>\
                \(note)<ul>\(HTML.joined(examples))</ul></details>
                """
        }
        return rows.isEmpty ? "<p class=\"empty\">Nothing.</p>" : HTML.joined(rows)
    }

    private var quarantine: HTML {
        guard counts.quarantinedTotal > 0 else { return "<p class=\"empty\">Nothing.</p>" }
        let rows = Self.listed(counts.quarantined).map { code, count -> HTML in
            "<tr><td class=\"wide\">\(code)</td><td class=\"number\">\(count)</td></tr>"
        }
        let failures = figures.failures.map { failure -> HTML in
            """
            <li><span dir="auto">\(redacted(failure.message))</span>\
            <code>\(plan.stages[failure.stage].name) · \(redacted(failure.place))</code></li>
            """
        }
        let shown: HTML =
            counts.quarantinedTotal > figures.failures.count
            ? "The first \(figures.failures.count)" : "All \(figures.failures.count)"
        return """
            <table>\(HTML.joined(rows))</table>
            <details><summary>\(shown)</summary><ul>\(HTML.joined(failures))</ul></details>
            """
    }

    // MARK: Tail

    private var stageTimes: HTML {
        let total = counts.stages.reduce(0) { $0 + Double($1.nanoseconds) }
        let rows = zip(plan.stages, counts.stages).sorted { $1.1.nanoseconds < $0.1.nanoseconds }.prefix(8).map {
            stage,
            counts -> HTML in
            let seconds = Double(counts.nanoseconds) / 1e9
            return """
                <tr><td class="nowrap">\(stage.name) <span class="soft">\(String(stage.number))</span></td>\
                <td class="wide">\(ReportChart.bar(total > 0 ? Double(counts.nanoseconds) / total : 0))</td>\
                <td class="number">\(duration(seconds))</td></tr>
                """
        }
        return "<table>\(HTML.joined(rows))</table><p class=\"soft\">Added up over \(manifest.jobs) workers.</p>"
    }

    private var slowest: HTML {
        let rows = figures.slowest.prefix(5).map { slow -> HTML in
            """
            <li><span dir="auto">\(slow.title ?? "no title")</span><code>\(duration(Double(slow.nanoseconds) / 1e9)) in \
            \(plan.stages[slow.stage].name) · \(redacted(slow.place))</code></li>
            """
        }
        return rows.isEmpty
            ? "<p class=\"empty\">None took longer than two milliseconds in a stage.</p>"
            : "<ul>\(HTML.joined(rows))</ul>"
    }

    private var files: HTML {
        let rows = manifest.outputs.filter { $0.rows > 0 }.map { file -> HTML in
            """
            <tr><td class="wide">\(file.file)</td><td class="number">\(file.rows) rows</td>\
            <td class="number">\(size(file.bytes))</td></tr>
            """
        }
        return "<table>\(HTML.joined(rows))</table>"
    }

    private var definition: HTML {
        let text = redacted(String(decoding: plan.definition.text.bytes, as: UTF8.self))
        let isOther = last.map { $0.definitionHash != plan.definition.hash.hex } ?? false
        let note: HTML = isOther ? "<p class=\"soft\">It is another one than in the last run.</p>" : ""
        return """
            \(note)<details><summary>\(redacted(plan.definition.text.name))</summary><pre>\(text)</pre></details>
            """
    }

    private var footer: HTML {
        """
        <footer>etl \(etlVersion) · run \(manifest.run) · definition \(String(plan.definition.hash.hex.prefix(12)))</footer>
        """
    }
}

extension ReportPage {
    /// Counts by name, the largest first.
    static func listed(_ counts: [String: Int]) -> [(name: String, count: Int)] {
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }

    func redacted(_ text: String) -> String { redact(text, secrets: plan.definition.secrets) }

    /// Of all articles that were read.
    func share(_ count: Int) -> String {
        let percent = Double(count) * 100 / Double(max(1, counts.read))
        return percent < 0.1 ? "< 0.1 %" : HTML.decimal(percent, digits: 1) + " %"
    }

    func duration(_ seconds: Double) -> String {
        if seconds < 1 { return HTML.decimal(seconds * 1000, digits: seconds < 0.01 ? 1 : 0) + " ms" }
        if seconds < 120 { return HTML.decimal(seconds, digits: 1) + " s" }
        return "\(HTML.grouped(Int(seconds) / 60)) min \(Int(seconds) % 60) s"
    }

    func size(_ bytes: Int) -> String {
        if bytes < 100_000 { return HTML.decimal(Double(bytes) / 1000, digits: 1) + " kB" }
        return HTML.decimal(Double(bytes) / 1e6, digits: 1) + " MB"
    }
}
