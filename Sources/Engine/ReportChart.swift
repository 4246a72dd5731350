/// Drawings of a report, as SVG without a script. They stretch to the width there is; text stands beside them, not in
/// them, so that it is never stretched or cut.
enum ReportChart {
    /// Columns over time, each with what it says when it is pointed at.
    static func columns(_ values: [Int], _ label: (Int) -> String) -> HTML {
        let top = Double(max(1, values.max() ?? 1))
        var bars: HTML = ""
        for (index, value) in values.enumerated() where value > 0 {
            // A single article among thousands still shows.
            let height = max(0.8, Double(value) / top * 100)
            let x = Double(index) + 0.1
            bars += """
                <rect x="\(at: x)" y="\(at: 100 - height)" width=".8" height="\(at: height)">\
                <title>\(label(index)): \(value)</title></rect>
                """
        }
        return """
            <svg class="columns" viewBox="0 0 \(at: Double(max(1, values.count))) 100" preserveAspectRatio="none" \
            aria-hidden="true">\(bars)</svg>
            """
    }

    /// The course of a figure over time, small enough for a line of a table.
    static func spark(_ values: [Int]) -> HTML {
        let top = Double(max(1, values.max() ?? 1))
        var path: HTML = "M0 20"
        for (index, value) in values.enumerated() {
            let y = 20 - Double(value) / top * 19
            path += "V\(at: y)H\(at: Double(index + 1))"
        }
        return """
            <svg class="spark" viewBox="0 0 \(at: Double(max(1, values.count))) 20" preserveAspectRatio="none" \
            aria-hidden="true"><path d="\(path)V20Z"/></svg>
            """
    }

    /// A bar of which one part stays and another leaves, as shares of the width.
    static func bar(_ kept: Double, _ gone: Double = 0) -> HTML {
        """
        <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">\
        <rect class="kept" width="\(at: kept * 100)" height="10"/>\
        <rect class="gone" x="\(at: kept * 100)" width="\(at: gone * 100)" height="10"/></svg>
        """
    }
}
