import ArgumentParser
import Engine
import JSON
import Pipeline

struct GraphCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph",
        abstract: "Draw a definition's chain as a Mermaid flowchart.",
        discussion: "GitHub, GitLab and Jupyter show the text as a drawing inside a ```mermaid block."
    )

    @OptionGroup var arguments: DefinitionArguments

    func run() throws {
        try reportingFailures {
            let plan = try arguments.plan()
            Terminal.print(redact(PlanGraph(plan).mermaid, secrets: plan.definition.secrets), terminator: "")
        }
    }
}

/// A plan as a drawing: a box a stage with the options that were given, a drum for each file.
struct PlanGraph {
    private let plan: Plan

    init(_ plan: Plan) {
        self.plan = plan
    }

    var mermaid: String {
        var lines = ["flowchart TD"]
        var open: [Int] = []
        for stage in plan.stages {
            let node = "s\(stage.number)"
            lines.append("    \(node)\(box(stage))")
            if stage.stage is any Source {
                open.append(stage.number)
                continue
            }
            lines += open.map { "    s\($0) --> \(node)" }
            open = [stage.number]
            if let sink = stage.stage as? any Sink {
                lines.append("    \(node) --> f\(stage.number)[(\"\(Self.escaped(sink.file))\")]")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func box(_ stage: Plan.PlannedStage) -> String {
        let label = ([Self.escaped("\(stage.number) \(stage.name)")] + options(of: stage)).joined(separator: "<br/>")
        return switch stage.stage {
        case is any Source: "[/\"\(label)\"/]"
        // Decided in order.
        case is any OrderedStage: "[[\"\(label)\"]]"
        default: "[\"\(label)\"]"
        }
    }

    private func options(of stage: Plan.PlannedStage) -> [String] {
        let members = plan.definition.stages.first { $0.number == stage.number }?.members ?? []
        return members.filter { $0.key != "file" && $0.key != "description" }.map { member in
            let text = "\(member.key): \(Self.short(member.value))"
            return Self.escaped(text.count > 60 ? text.prefix(59) + "…" : text)
        }
    }

    private static func short(_ value: JSONValue) -> String {
        if let string = value.string { return string }
        if let elements = value.elements { return elements.map(short).joined(separator: ", ") }
        var writer = JSONWriter()
        writer.value(value)
        return writer.text
    }

    /// Mermaid's own form of character references.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "#", "<", ">", "&", ";", "`": result += "#\(scalar.value);"
            case "\n", "\r": result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
