import Hashing
import JSON

/// A pipeline definition as it was read: its own keys checked, strings substituted, stages still unchecked.
///
/// `Plan` checks the stages and builds them.
public struct Definition: Sendable {
    public var text: DefinitionText
    public var name: String
    /// The folder that receives the runs, as the file system wants it.
    public var output: String
    public var stages: [StageDefinition]
    public var guards: Guards
    public var limits: Limits
    public var notify: Notify
    /// What `etl test` tries.
    public var tests: [TestCase]
    /// Published runs that stay.
    public var keepRuns: Int
    /// Whether a run that finds no input is a success.
    public var allowEmpty: Bool
    /// The folder of the definition's file.
    public var directory: String
    /// SHA-256 of the definition after substitution, secrets left out: equal plans have equal hashes.
    public var hash: Digest256
    /// Values that no message, log or file may show.
    public var secrets: [String]

    public struct Guards: Sendable {
        /// nil when the definition leaves it to the sources.
        public var minArticles: Int?
        public var maxErrors: Allowance?
        public var maxFailedInputs: Allowance?
        public var maxDropped: Allowance?
        public var maxShrink: Allowance?
    }

    public struct Limits: Sendable {
        public var maxRecordBytes: Int
        public var maxInputBytes: Int?
        public var articleTimeout: TimeSpan

        public static let standard = Limits(
            maxRecordBytes: 67_108_864,
            maxInputBytes: nil,
            articleTimeout: TimeSpan(seconds: 60)
        )
    }

    static let nameOption = StageOption<String?>(
        "name",
        nil,
        "What the pipeline is called in messages and manifests; the file's name when left out."
    )
    static let output = StageOption<String>(
        required: "output",
        "The folder that receives the runs and the links to the newest outputs."
    )
    static let keepRuns = StageOption("keepRuns", 7, in: 1...10_000, "How many published runs stay.")
    static let allowEmpty = StageOption(
        "allowEmpty",
        false,
        "A run that finds no input is a success instead of exit code 66."
    )
    static let minArticles = StageOption<Int?>(
        "minArticles",
        nil,
        in: 0...Int.max,
        "Fewer kept articles than this hold the publish back (exit code 65); 1 when left out, 0 with `\"only\": \"new\"`."
    )
    static let maxErrors = StageOption<Allowance?>(
        "maxErrors",
        nil,
        "More quarantined articles than this count or share hold the publish back (exit code 65)."
    )
    static let maxFailedInputs = StageOption<Allowance?>(
        "maxFailedInputs",
        nil,
        "More inputs than this count or share that could not be read to their end hold the publish back (exit code 65)."
    )
    static let maxDropped = StageOption<Allowance?>(
        "maxDropped",
        nil,
        "More dropped articles than this count or share hold the publish back (exit code 65)."
    )
    static let maxShrink = StageOption<Allowance?>(
        "maxShrink",
        nil,
        "A set that is smaller than the last published one by more than this count or share is held back (exit code 65)."
    )
    static let maxRecordBytes = StageOption(
        "maxRecordBytes",
        Limits.standard.maxRecordBytes,
        in: 1024...Int.max,
        "A longer line, row or file is quarantined."
    )
    static let maxInputBytes = StageOption<Int?>(
        "maxInputBytes",
        nil,
        in: 1...Int.max,
        "An input that is larger on disk is quarantined whole, unread."
    )
    static let articleTimeout = StageOption(
        "articleTimeout",
        Limits.standard.articleTimeout,
        "An article that a stage works on for longer is quarantined."
    )

    public static let options: [AnyStageOption] = [
        nameOption.erased, output.erased, keepRuns.erased, allowEmpty.erased,
    ]
    public static let guardOptions: [AnyStageOption] = [
        minArticles.erased, maxErrors.erased, maxFailedInputs.erased, maxDropped.erased, maxShrink.erased,
    ]
    public static let limitOptions: [AnyStageOption] = [
        maxRecordBytes.erased, maxInputBytes.erased, articleTimeout.erased,
    ]
}

/// One object of the `stages` list.
public struct StageDefinition: Sendable {
    public var name: String
    public var nameRange: Range<Int>
    /// From 1, as people count.
    public var number: Int
    public var members: [JSONValue.Member]
    public var range: Range<Int>
}

/// What is put into a definition from outside.
public struct DefinitionInputs: Sendable {
    /// `--param name=value`
    public var params: [(name: String, value: String)]
    /// `--set stages.3.minWords=20`
    public var sets: [(path: String, value: String)]
    public var environment: [String: String]

    public init(
        params: [(name: String, value: String)] = [],
        sets: [(path: String, value: String)] = [],
        environment: [String: String] = [:]
    ) {
        self.params = params
        self.sets = sets
        self.environment = environment
    }
}

extension Definition {
    /// Reads a definition and collects what is wrong with it.
    ///
    /// - Returns: the definition (defaults where something is wrong) and every problem found.
    /// - Throws: ``DefinitionError`` when the text is no JSON object, so that nothing else can be said.
    public static func read(
        _ text: DefinitionText,
        directory: String,
        inputs: DefinitionInputs = .init()
    ) throws(DefinitionError) -> (definition: Definition, problems: [Problem]) {
        var text = text
        var problems: [Problem] = []
        var root: JSONValue
        do {
            root = try JSONValue(parsing: text.bytes)
        } catch {
            throw DefinitionError(problems: [Problem(error.message, at: error.offset..<error.offset + 1)], text: text)
        }
        guard root.members != nil else {
            throw DefinitionError(
                problems: [Problem("expected an object, found \(root.kind)", at: root.range)],
                text: text
            )
        }
        for set in inputs.sets { apply(set, to: &root, &text, &problems) }
        var substitution = Substitution(environment: inputs.environment, text: text)
        substitution.readParams(root["params"], overrides: inputs.params, &text, &problems)
        root = substitution.apply(toRoot: root, &problems)
        text.secrets = substitution.secrets

        let top = OptionReader(
            options,
            alsoKnown: ["$schema", "description", "params", "stages", "guards", "limits", "notify", "tests"],
            place: "the definition"
        )
        let values = top.read(root, directory: directory, &problems)
        let guards = OptionReader(guardOptions, place: "guards").read(root["guards"], directory: directory, &problems)
        let limits = OptionReader(limitOptions, place: "limits").read(root["limits"], directory: directory, &problems)
        let output = values.isUsable ? values[Self.output] : ""
        if values.isUsable, output.isEmpty, let range = values.range(of: "output") {
            problems.append(Problem("\"output\" is empty", at: range, hint: "name a folder"))
        }
        let stages = readStages(root, &problems)
        let definition = Definition(
            text: text,
            name: values[nameOption] ?? defaultName(text.name),
            output: values.resolve(output),
            stages: stages,
            guards: Guards(
                minArticles: guards[minArticles],
                maxErrors: guards[maxErrors],
                maxFailedInputs: guards[maxFailedInputs],
                maxDropped: guards[maxDropped],
                maxShrink: guards[maxShrink]
            ),
            limits: Limits(
                maxRecordBytes: limits[maxRecordBytes],
                maxInputBytes: limits[maxInputBytes],
                articleTimeout: limits[articleTimeout]
            ),
            notify: Notify.read(root["notify"], directory: directory, &problems),
            tests: TestCase.read(root["tests"], stages: stages, directory: directory, &problems),
            keepRuns: values[keepRuns],
            allowEmpty: values[allowEmpty],
            directory: directory,
            hash: hash(of: root, secrets: substitution.secrets),
            secrets: substitution.secrets
        )
        if holdsSecret(output, secrets: substitution.secrets) {
            problems.append(Problem("a secret cannot be part of \"output\"", at: root["output"]?.range ?? 0..<1))
        }
        return (definition, problems)
    }

    private static func defaultName(_ path: String) -> String {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        return file.hasSuffix(".json") ? String(file.dropLast(5)) : file
    }

    /// The tests are left out: they change nothing that a run does.
    private static func hash(of root: JSONValue, secrets: [String]) -> Digest256 {
        var writer = JSONWriter()
        let members = (root.members ?? []).filter { $0.key != "tests" }
        writer.value(JSONValue(.object(members)).redacted(secrets: secrets))
        return SHA256.hash(writer.bytes)
    }

    private static func readStages(_ root: JSONValue, _ problems: inout [Problem]) -> [StageDefinition] {
        guard let list = root["stages"] else {
            problems.append(
                Problem("the definition has no \"stages\"", at: root.range.lowerBound..<root.range.lowerBound + 1)
            )
            return []
        }
        guard let elements = list.elements, !elements.isEmpty else {
            problems.append(
                Problem(
                    "expected a list of stages, found \(list.elements == nil ? list.kind : "an empty list")",
                    at: list.range
                )
            )
            return []
        }
        var stages: [StageDefinition] = []
        for (index, element) in elements.enumerated() {
            guard let members = element.members else {
                problems.append(
                    Problem(
                        "expected a stage such as { \"stage\": \"clean\" }, found \(element.kind)",
                        at: element.range
                    )
                )
                continue
            }
            guard let name = members.first(where: { $0.key == "stage" }) else {
                let place = element.range.lowerBound..<element.range.lowerBound + 1
                problems.append(Problem("stage \(index + 1) has no \"stage\" key that names it", at: place))
                continue
            }
            guard let string = name.value.string else {
                problems.append(
                    Problem(
                        "expected the name of stage \(index + 1) as a string, found \(name.value.kind)",
                        at: name.value.range
                    )
                )
                continue
            }
            stages.append(
                StageDefinition(
                    name: string,
                    nameRange: name.value.range,
                    number: index + 1,
                    members: members.filter { $0.key != "stage" },
                    range: element.range
                )
            )
        }
        return stages
    }

    /// Puts a value from the command line to its place in the tree.
    private static func apply(
        _ set: (path: String, value: String),
        to root: inout JSONValue,
        _ text: inout DefinitionText,
        _ problems: inout [Problem]
    ) {
        let label = "--set \(set.path)=\(set.value)"
        let start = text.add("\(set.path)=\(set.value)", label: label)
        let valueStart = start + set.path.utf8.count + 1
        let range = valueStart..<valueStart + set.value.utf8.count
        // What is no JSON is a string: a path or a word needs no quotes on the command line.
        var value = (try? JSONValue(parsing: set.value)) ?? JSONValue(.string(set.value))
        value = value.placed(at: range)
        let path = set.path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if let message = root.set(path[...], value, keyRange: start..<valueStart - 1) {
            problems.append(Problem(message, at: start..<valueStart - 1))
        }
    }
}
