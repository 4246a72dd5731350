/// Something wrong in a pipeline definition: where, what, and what to write instead.
public struct Problem: Sendable, Equatable {
    public let message: String
    public let range: Range<Int>
    public let hint: String?

    public init(_ message: String, at range: Range<Int>, hint: String? = nil) {
        self.message = message
        self.range = range
        self.hint = hint
    }

    public init(_ error: OptionError) {
        self.init(error.message, at: error.range, hint: error.hint)
    }

    /// ```
    /// Pipelines/libya.json:14:7: unknown option "minWord" in stage 3 (filter)
    ///    14 |       "minWord": 40
    ///       |       ^^^^^^^^^ did you mean "minWords"?
    /// ```
    public func render(in text: DefinitionText) -> String {
        let place = text.location(of: range)
        let number = place.line.map(String.init) ?? ""
        let gutter = String(repeating: " ", count: max(0, 5 - number.count)) + number + " | "
        let blank = String(repeating: " ", count: max(5, number.count)) + " | "
        let head = place.line.map { "\(place.name):\($0):\(place.column)" } ?? place.name
        // A long line is shown around the place. A tab stays a tab, and a mark that takes no room of its own (Arabic
        // vowel signs are such) gets none, so that the caret stands below its place.
        let scalars = Array(place.lineText.unicodeScalars)
        let from = scalars.count <= 110 ? 0 : max(0, place.column - 1 - 60)
        let shown = scalars[min(from, scalars.count)..<min(scalars.count, from + 110)]
        var line = ""
        line.unicodeScalars.append(contentsOf: shown)
        var indent = ""
        for scalar in scalars[min(from, scalars.count)..<min(scalars.count, place.column - 1)] {
            if !scalar.takesNoRoom { indent.unicodeScalars.append(scalar == "\t" ? "\t" : " ") }
        }
        let caret = indent + String(repeating: "^", count: min(place.length, 80))
        let rendered = "\(head): \(message)\n\(gutter)\(line)\n\(blank)\(caret)" + (hint.map { " \($0)" } ?? "")
        return redact(rendered, secrets: text.secrets)
    }
}

extension UnicodeScalar {
    fileprivate var takesNoRoom: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: true
        default: false
        }
    }
}

/// Every problem of a definition at once; the run is refused with exit code 78.
public struct DefinitionError: Error, Sendable {
    public let problems: [Problem]
    public let text: DefinitionText

    public init(problems: [Problem], text: DefinitionText) {
        self.problems = problems.sorted { $0.range.lowerBound < $1.range.lowerBound }
        self.text = text
    }

    /// The problems with their places, and a last line that says how many there are.
    public var report: String {
        let count = problems.count == 1 ? "1 problem" : "\(problems.count) problems"
        return (problems.map { $0.render(in: text) } + ["\(count); nothing was run"]).joined(separator: "\n")
    }
}
