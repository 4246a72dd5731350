import JSON
import Pipeline

/// A definition that was checked and built: every stage constructed, every path resolved, no input read.
public struct Plan: Sendable {
    public let definition: Definition
    public let sources: [any Source]
    public private(set) var stages: [PlannedStage]

    public struct PlannedStage: Sendable {
        /// From 1, as the definition counts.
        public let number: Int
        public fileprivate(set) var stage: any Stage
        public let when: Condition?
        public let onError: ErrorPolicy

        public var name: String { type(of: stage).reference.name }
    }

    /// Checks a definition whole and builds its stages.
    ///
    /// - Parameters:
    ///   - directory: the folder of the definition's file; relative paths start there.
    ///   - stages: the stages a definition may name.
    /// - Throws: ``DefinitionError`` with every problem at once.
    public init(
        _ text: DefinitionText,
        directory: String,
        inputs: DefinitionInputs = .init(),
        stages types: [any Stage.Type]
    ) throws(DefinitionError) {
        var (definition, problems) = try Definition.read(text, directory: directory, inputs: inputs)
        var built: [PlannedStage] = []
        for stage in definition.stages {
            if let planned = Self.build(stage, definition, types, &problems) { built.append(planned) }
        }
        Self.checkOrder(definition, types, &problems)
        Self.checkFiles(built, definition, &problems)
        guard problems.isEmpty else { throw DefinitionError(problems: problems, text: definition.text) }
        self.definition = definition
        sources = built.compactMap { $0.stage as? any Source }
        stages = built
    }

    /// The files that the exports write, in the order of the chain.
    public var files: [String] {
        stages.compactMap { ($0.stage as? any Sink)?.file }
    }

    /// What leads to the exports, in the order of the chain: a file, or the folder of many.
    private var exportLinks: [String] {
        var links: [String] = []
        for stage in stages {
            guard let sink = stage.stage as? any Sink else { continue }
            let link = (sink as? any GrowingSink)?.partitions?.folder ?? sink.file
            if !links.contains(link) { links.append(link) }
        }
        return links
    }

    /// Whether a source passes over what earlier runs have read.
    var readsOnlyNew: Bool { sources.contains { ($0 as? any RememberingSource)?.remembers == true } }

    /// The names that lead from the output folder into the newest run.
    public var links: [String] { exportLinks + RunDirectory.companions }

    /// The same plan with another stage of the same kind in a place.
    func replacing(stage index: Int, by stage: any Stage) -> Plan {
        var plan = self
        plan.stages[index].stage = stage
        return plan
    }

    private static func build(
        _ stage: StageDefinition,
        _ definition: Definition,
        _ types: [any Stage.Type],
        _ problems: inout [Problem]
    ) -> PlannedStage? {
        guard let type = types.first(where: { $0.reference.name == stage.name }) else {
            let names = types.map { $0.reference.name }
            let hint = suggestion(for: stage.name, among: names)
            problems.append(
                Problem(
                    "unknown stage \"\(stage.name)\"",
                    at: stage.nameRange,
                    hint: (hint.map { $0 + "  " } ?? "") + "stages: " + names.joined(separator: ", ")
                )
            )
            return nil
        }
        let isSource = type is any Source.Type
        let reference = type.reference
        let known = reference.options + (isSource ? [] : StageReference.common)
        let reader = OptionReader(known, alsoKnown: ["description"], place: "stage \(stage.number) (\(stage.name))")
        var options = reader.read(members: stage.members, at: stage.range, directory: definition.directory, &problems)
        options.limits = definition.limits
        options.output = definition.output
        options.secrets = definition.secrets
        guard options.isUsable else { return nil }
        do throws(StageProblem) {
            return PlannedStage(
                number: stage.number,
                stage: try type.init(options),
                when: isSource ? nil : options[CommonOptions.when],
                onError: isSource ? .quarantine : options[CommonOptions.onError]
            )
        } catch {
            let range = error.option.flatMap { options.range(of: $0, element: error.element) } ?? stage.nameRange
            problems.append(
                Problem("stage \(stage.number) (\(stage.name)): \(error.message)", at: range, hint: error.hint)
            )
            return nil
        }
    }

    private static func checkOrder(_ definition: Definition, _ types: [any Stage.Type], _ problems: inout [Problem]) {
        func type(_ stage: StageDefinition) -> (any Stage.Type)? { types.first { $0.reference.name == stage.name } }
        guard let first = definition.stages.first else { return }
        if let type = type(first), !(type is any Source.Type) {
            let sources = types.filter { $0 is any Source.Type }.map { "\"\($0.reference.name)\"" }
            problems.append(
                Problem(
                    "the first stage has to be \(sources.joined(separator: " or ")), found \"\(first.name)\"",
                    at: first.nameRange
                )
            )
        }
        let behind = definition.stages.drop { type($0) is any Source.Type }
        for stage in behind.dropFirst() where type(stage) is any Source.Type && type(first) is any Source.Type {
            problems.append(
                Problem(
                    "stage \(stage.number) (\(stage.name)) stands behind other stages; sources come first",
                    at: stage.nameRange
                )
            )
        }
        let kinds = definition.stages.map { type($0) }
        if !kinds.contains(where: { $0 is any Sink.Type }), !kinds.contains(where: { $0 == nil }),
            let last = definition.stages.last
        {
            problems.append(
                Problem(
                    "no stage exports anything",
                    at: last.nameRange,
                    hint: "add { \"stage\": \"export\", \"file\": \"articles.jsonl\" }"
                )
            )
        }
    }

    private static func checkFiles(_ stages: [PlannedStage], _ definition: Definition, _ problems: inout [Problem]) {
        var owners: [String: Int] = [:]
        for planned in stages {
            guard let sink = planned.stage as? any Sink,
                let stage = definition.stages.first(where: { $0.number == planned.number })
            else { continue }
            let partitions = (sink as? any GrowingSink)?.partitions
            let range = stage.members.first { $0.key == "file" }?.value.range ?? stage.nameRange
            if !isPlainName(partitions?.folder ?? sink.file) {
                problems.append(
                    Problem(
                        "stage \(planned.number) (\(planned.name)): \"\(sink.file)\" is no plain file name",
                        at: range,
                        hint: "it is written into the run's own folder"
                    )
                )
            }
            // Two exports may share a folder when their files cannot be the same.
            let name = partitions.map { "\($0.folder)/…\($0.suffix)" } ?? sink.file
            if let owner = owners[name] ?? owners[partitions?.folder ?? name] {
                problems.append(Problem("\"\(name)\" is written by stage \(owner) already", at: range))
            } else if RunDirectory.reserved.contains(sink.file) {
                problems.append(
                    Problem("\"\(sink.file)\" is a file of the run itself", at: range, hint: "choose another name")
                )
            }
            owners[name] = planned.number
        }
    }

    /// A name that stays inside the run's folder and clear of the engine's own names.
    private static func isPlainName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 200 && !name.hasPrefix(".") && !name.utf8.contains(0)
            && !name.utf8.contains(UInt8(ascii: "/"))
            && !["current", "runs", "refused"].contains(name)
    }
}
