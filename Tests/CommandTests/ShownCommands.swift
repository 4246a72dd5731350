import Foundation

/// The commands that a page of Markdown shows, with what it shows as their output.
struct ShownCommands {
    struct Shown: Sendable {
        let line: String
        /// nil where the page shows none.
        let output: [String]?
    }

    let commands: [Shown]

    /// - Commands of ```console blocks stand behind `$`; what follows is their output.
    /// - `etl …` in running text is a command too.
    init(_ page: String) {
        var commands: [Shown] = []
        var block: String?
        for line in page.components(separatedBy: "\n") {
            if line.hasPrefix("```") {
                block = block == nil ? String(line.dropFirst(3)) : nil
            } else if block == "console" {
                if line.hasPrefix("$ ") {
                    commands.append(Shown(line: String(line.dropFirst(2)), output: []))
                } else if let last = commands.popLast() {
                    commands.append(Shown(line: last.line, output: (last.output ?? []) + [line]))
                }
            } else if block == nil {
                commands += line.matches(of: /`etl ([^`]+)`/).map { match in
                    // A name alone speaks of the command; it is there when there is help on it.
                    Shown(line: match.1.contains(" ") ? "etl \(match.1)" : "etl help \(match.1)", output: nil)
                }
            }
        }
        self.commands = commands
    }

    /// Whether what was printed is what is shown; a line `…` stands for any lines, and a number of seconds for any other.
    static func agree(_ shown: [String], _ printed: String) -> Bool {
        let printed = plain(printed).split(separator: "\n").map(String.init)
        let parts = shown.map(plain).filter { !$0.isEmpty }.split(separator: "…", omittingEmptySubsequences: false)
        var position = 0
        for (index, part) in parts.enumerated() {
            let isLast = index == parts.count - 1
            var start = isLast && index > 0 ? max(position, printed.count - part.count) : position
            // Only behind a `…` may lines lie between.
            let end = index == 0 ? start : printed.count - part.count
            while start <= end, !printed.dropFirst(start).starts(with: part) { start += 1 }
            guard start <= end, printed.dropFirst(start).starts(with: part) else { return false }
            position = start + part.count
        }
        return position == printed.count || shown.last == "…"
    }

    private static func plain(_ text: String) -> String {
        text.replacing("\r\n", with: "\n").replacing(/[0-9]+(\.[0-9]+)? s\b/, with: "N s")
    }
}
