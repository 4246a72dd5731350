/// What the news of the run look like: when, by whom, in which languages, about whom.
extension ReportPage {
    private var axis: ReportAxis? { ReportAxis(figures.days) }
    private static let outletsShown = 15
    private static let outletsMore = 200
    private static let languagesShown = 8
    private static let namesShown = 8

    var timeline: HTML {
        guard let axis else { return "" }
        let (values, outside) = axis.values(of: figures.days)
        let most = values.max() ?? 0
        var notes: [String] = []
        if outside > 0 { notes.append("\(HTML.grouped(outside)) before or after") }
        if figures.days.undated > 0 { notes.append("\(HTML.grouped(figures.days.undated)) without a date") }
        let note: HTML = notes.isEmpty ? "" : "<p class=\"soft\">Not shown: \(notes.joined(separator: ", ")).</p>"
        return """
            <section><h2>Articles a \(axis.unit.rawValue)</h2><p class="soft">at most \(most)</p>
            \(ReportChart.columns(values, axis.label))
            <div class="axis">\(HTML.joined(labels(axis).map { "<span>\($0)</span>" }))</div>\(note)</section>
            """
    }

    /// The first, the last, and what stands between them.
    private func labels(_ axis: ReportAxis) -> [String] {
        let last = axis.columns - 1
        return (last < 4 ? Array(0...last) : [0, last / 2, last]).map(axis.label)
    }

    var outlets: HTML {
        let sorted = figures.outlets.sorted {
            ($1.value.kept, $0.key ?? "") < ($0.value.kept, $1.key ?? "")
        }
        guard !sorted.isEmpty else { return "" }
        let axis = axis
        let rows = sorted.prefix(Self.outletsMore).map { name, outlet -> HTML in
            let course = axis.map { ReportChart.spark($0.values(of: outlet.days).columns) } ?? ""
            let all = outlet.kept + outlet.repeats + outlet.dropped
            let repeats = all == 0 ? 0 : Double(outlet.repeats) * 100 / Double(all)
            let label: HTML = name.map { "<bdi>\($0)</bdi>" } ?? "<span class=\"soft\">unknown</span>"
            return """
                <tr><td class="name">\(label)</td><td class="course">\(course)</td><td class="number">\(outlet.kept)</td>\
                <td class="number">\(HTML.decimal(repeats, digits: repeats > 0 && repeats < 10 ? 1 : 0)) %</td>\
                <td class="number optional">\(outlet.kept == 0 ? 0 : outlet.words / outlet.kept)</td></tr>
                """
        }
        let head: HTML = """
            <thead><tr><th>outlet</th><th></th><th class="number">kept</th><th class="number">repeats</th>\
            <th class="number optional">words</th></tr></thead>
            """
        let more = rows.dropFirst(Self.outletsShown)
        let rest: HTML =
            more.isEmpty
            ? "" : "<details><summary>\(more.count) more</summary><table>\(head)\(HTML.joined(more))</table></details>"
        return "<table>\(head)<tbody>\(HTML.joined(rows.prefix(Self.outletsShown)))</tbody></table>\(rest)"
    }

    var languages: HTML {
        let listed = Self.listed(figures.languages)
        guard counts.kept > 0, !listed.isEmpty else { return "" }
        let rows = listed.prefix(Self.languagesShown).map { language, count -> HTML in
            let fraction = Double(count) / Double(counts.kept)
            return """
                <tr><td class="nowrap">\(language.isEmpty ? "unknown" : Self.languageNames[language] ?? language)</td>\
                <td class="wide">\(ReportChart.bar(fraction))</td><td class="number">\(count)</td></tr>
                """
        }
        return "<table>\(HTML.joined(rows))</table>"
    }

    private static let languageNames = [
        "ar": "Arabic", "en": "English", "fr": "French", "it": "Italian", "tr": "Turkish", "de": "German",
        "es": "Spanish", "ru": "Russian", "fa": "Persian", "ur": "Urdu", "ku": "Kurdish", "ckb": "Kurdish (Sorani)",
    ]

    var mentions: HTML {
        let titles: [(type: String, title: HTML)] = [
            ("PER", "Persons"), ("ORG", "Organisations"), ("LOC", "Places"), ("EVENT", "Events"),
        ]
        let axis = axis
        let lists = titles.compactMap { type, title -> HTML? in
            let names = figures.mentions.top(Self.namesShown, of: type)
            guard !names.isEmpty else { return nil }
            let rows = names.map { name -> HTML in
                let course = axis.map { ReportChart.spark($0.values(of: name.days).columns) } ?? ""
                return """
                    <tr><td class="wide"><bdi>\(name.name)</bdi></td><td class="course">\(course)</td>\
                    <td class="number">\(name.articles)</td></tr>
                    """
            }
            return "<div><h3>\(title)</h3><table>\(HTML.joined(rows))</table></div>"
        }
        guard !lists.isEmpty else { return "" }
        return """
            <section><h2>Mentioned most</h2><p class="soft">Articles that mention them, and when.</p>\
            <div class="names">\(HTML.joined(lists))</div></section>
            """
    }
}
