import Pipeline

/// The outcomes of a definition's tests, for people and for build servers.
struct TestReport {
    private let outcomes: [TestOutcome]
    private let definition: DefinitionText

    init(_ outcomes: [TestOutcome], definition: DefinitionText) {
        self.outcomes = outcomes
        self.definition = definition
    }

    private var failed: Int { outcomes.count { !$0.differences.isEmpty } }

    /// ```
    /// ok    share bars are taken out
    /// FAIL  short items are dropped   Pipelines/libya.json:24
    ///         verdict
    ///           - dropped as too_short
    ///           + kept
    /// 1 of 2 tests failed
    /// ```
    var text: String {
        var lines: [String] = []
        for outcome in outcomes {
            if outcome.differences.isEmpty {
                lines.append("ok    \(outcome.test.name)")
            } else {
                let line = definition.location(of: outcome.test.range).line.map { ":\($0)" } ?? ""
                lines.append("FAIL  \(outcome.test.name)   \(definition.name)\(line)")
                lines += Self.describe(outcome).map { "        " + $0 }
            }
        }
        let count = outcomes.count == 1 ? "1 test" : "\(outcomes.count) tests"
        lines.append(failed == 0 ? "\(count) passed" : "\(failed) of \(count) failed")
        return lines.joined(separator: "\n") + "\n"
    }

    /// What was expected and not found (-), what was found instead (+), and the lines that are the same.
    private static func describe(_ outcome: TestOutcome) -> [String] {
        var lines: [String] = []
        for difference in outcome.differences {
            lines.append(difference.subject)
            lines += changes(from: difference.expected, to: difference.found).map { "  " + $0 }
        }
        return lines
    }

    private static func changes(from old: [String], to new: [String]) -> [String] {
        // Myers' algorithm takes time by the square of the differences; what differs much is shown whole.
        guard old.count + new.count <= 400 else { return old.map { "- " + $0 } + new.map { "+ " + $0 } }
        let difference = new.difference(from: old)
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var lines: [String] = []
        var (i, j) = (0, 0)
        while i < old.count || j < new.count {
            if i < old.count, removed.contains(i) {
                lines.append("- " + old[i])
                i += 1
            } else if j < new.count, inserted.contains(j) {
                lines.append("+ " + new[j])
                j += 1
            } else {
                lines.append("  " + old[i])
                i += 1
                j += 1
            }
        }
        return lines
    }

    /// JUnit's XML as Jenkins, GitLab and GitHub's actions read it.
    var junit: String {
        let name = Self.escaped(definition.name)
        var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#]
        lines.append("<testsuites tests=\"\(outcomes.count)\" failures=\"\(failed)\">")
        lines.append("  <testsuite name=\"\(name)\" tests=\"\(outcomes.count)\" failures=\"\(failed)\">")
        for outcome in outcomes {
            let line = definition.location(of: outcome.test.range).line ?? 1
            let head =
                "    <testcase classname=\"\(name)\" name=\"\(Self.escaped(outcome.test.name))\" file=\"\(name)\" line=\"\(line)\""
            guard !outcome.differences.isEmpty else {
                lines.append(head + "/>")
                continue
            }
            let subjects = outcome.differences.map(\.subject).joined(separator: ", ")
            lines.append(head + ">")
            lines.append("      <failure message=\"differs in \(Self.escaped(subjects))\">")
            lines += Self.describe(outcome).map(Self.escaped)
            lines.append("</failure>")
            lines.append("    </testcase>")
        }
        lines += ["  </testsuite>", "</testsuites>"]
        return lines.joined(separator: "\n") + "\n"
    }

    /// XML 1.0, section 2.2: most control characters cannot even be written as references.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\t", "\n": result.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20 || scalar.value & 0xFFFE == 0xFFFE: result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
