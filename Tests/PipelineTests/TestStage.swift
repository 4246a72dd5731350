import JSON

@testable import Pipeline

/// A stage with an option of every type, to check declarations with.
struct TestStage: Transform {
    static let words = StageOption("minWords", 0, in: 0...1000, "Fewest words.")
    static let most = StageOption<Int?>("maxWords", nil, in: 1...Int.max, "Most words.")
    static let files = StageOption<[String]>(required: "files", "Files to read.")
    static let languages = StageOption<[String]?>("languages", nil, "Languages.")
    static let mode = StageOption<Mode>("mode", .drop, "What is done.")
    static let strict = StageOption("strict", false, "Whether it matters.")
    static let condition = StageOption<Condition?>("where", nil, "Which articles.")

    enum Mode: String, ChoiceOption { case drop, mark }

    static let reference = StageReference(
        name: "test",
        summary: "Does nothing.",
        discussion: "Nothing to know.",
        options: [
            words.erased, most.erased, files.erased, languages.erased, mode.erased, strict.erased, condition.erased,
        ],
        examples: [
            StageExample(
                "Three words",
                options: #"{ "files": ["a|b"], "minWords": 3 }"#,
                [(#"{"text":"a|b"}"#, .kept("{}")), ("{}", .dropped(reason: "short")), ("[]", .failed(code: "bad"))]
            )
        ]
    )

    init(_ options: StageOptions) {}
    func apply(_ article: inout Article) -> Verdict { .keep }

    /// Reads options from JSON text, as the second line of a definition would hold them.
    static func read(_ text: String) throws -> (options: StageOptions, report: String) {
        let definition = DefinitionText(name: "p.json", bytes: Array(text.utf8))
        var problems: [Problem] = []
        let reader = OptionReader(reference.options, place: "stage 1 (test)")
        let options = reader.read(try JSONValue(parsing: text), directory: "/d", &problems)
        return (options, DefinitionError(problems: problems, text: definition).report)
    }
}

/// Everything wrong with a definition, as a person sees it; empty when nothing is.
func report(
    _ text: String,
    params: [(String, String)] = [],
    sets: [(String, String)] = [],
    environment: [String: String] = [:]
) -> String {
    let inputs = DefinitionInputs(
        params: params.map { (name: $0.0, value: $0.1) },
        sets: sets.map { (path: $0.0, value: $0.1) },
        environment: environment
    )
    do throws(DefinitionError) {
        let (definition, problems) = try Definition.read(
            DefinitionText(name: "p.json", bytes: Array(text.utf8)),
            directory: "/d",
            inputs: inputs
        )
        return problems.isEmpty ? "" : DefinitionError(problems: problems, text: definition.text).report
    } catch {
        return error.report
    }
}

func read(
    _ text: String,
    params: [(String, String)] = [],
    sets: [(String, String)] = [],
    environment: [String: String] = [:]
) throws -> Definition {
    let inputs = DefinitionInputs(
        params: params.map { (name: $0.0, value: $0.1) },
        sets: sets.map { (path: $0.0, value: $0.1) },
        environment: environment
    )
    let (definition, problems) = try Definition.read(
        DefinitionText(name: "p.json", bytes: Array(text.utf8)),
        directory: "/d",
        inputs: inputs
    )
    guard problems.isEmpty else { throw DefinitionError(problems: problems, text: definition.text) }
    return definition
}
