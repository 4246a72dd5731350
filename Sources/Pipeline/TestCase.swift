import JSON

/// A case of a definition's `tests`: what is put into the chain and what has to come of it.
public struct TestCase: Sendable {
    public let name: String
    /// Bytes of the definition.
    public let range: Range<Int>
    public let input: TestInput
    /// What the chain has seen before.
    public let after: [TestInput]
    /// Number of the last stage that the article goes through; nil for all.
    public let through: Int?
    public let expectation: Expectation
    public let expected: ExpectedFields?
    public let condition: Condition?

    public enum Expectation: Sendable, Equatable {
        case keep
        case drop(reason: String)
        case fail(code: String)
    }

    static let name = StageOption<String>(required: "name", "What the case shows, in one line.")
    static let input = StageOption<TestInput>(
        required: "input",
        "What goes into the first stage behind the sources: a text, a record or a file's first article."
    )
    static let after = StageOption<[TestInput]>("after", [], "What went through the chain before, as for `dedupe`.")
    static let through = StageOption<String?>(
        "through",
        nil,
        "The last stage that is tried, by name or number; the whole chain when left out."
    )
    static let expect = StageOption<ExpectedFields?>(
        "expect",
        nil,
        "Fields of the row that comes out. Of an object inside, only the members named here are compared."
    )
    static let condition = StageOption<Condition?>("where", nil, "A condition that the article has to meet in the end.")
    static let drop = StageOption<String?>("drop", nil, "The article has to be dropped, with this reason.")
    static let fail = StageOption<String?>("fail", nil, "The article has to fail, with this code.")

    static let options: [AnyStageOption] = [
        name.erased, input.erased, after.erased, through.erased, expect.erased, condition.erased, drop.erased,
        fail.erased,
    ]

    /// Reads the list of cases and notes what is wrong with it.
    static func read(_ list: JSONValue?, stages: [StageDefinition], directory: String, _ problems: inout [Problem])
        -> [TestCase]
    {
        guard let list else { return [] }
        guard let elements = list.elements else {
            problems.append(Problem("expected a list of tests, found \(list.kind)", at: list.range))
            return []
        }
        var cases: [TestCase] = []
        for (index, element) in elements.enumerated() {
            let place = element["name"]?.string.map { "test \(index + 1) (\($0))" } ?? "test \(index + 1)"
            let values = OptionReader(options, place: place).read(element, directory: directory, &problems)
            guard element.members != nil, values.isUsable else { continue }
            let through = number(of: values[through], stages, at: values.range(of: "through"), &problems)
            checkEndings(values, element, place, &problems)
            cases.append(TestCase(values, element.range, through: through))
        }
        return cases
    }

    private init(_ values: StageOptions, _ range: Range<Int>, through: Int?) {
        name = values[Self.name]
        self.range = range
        input = values[Self.input]
        after = values[Self.after]
        self.through = through
        expected = values[Self.expect]
        condition = values[Self.condition]
        if let reason = values[Self.drop] {
            expectation = .drop(reason: reason)
        } else if let code = values[Self.fail] {
            expectation = .fail(code: code)
        } else {
            expectation = .keep
        }
    }

    /// An article that leaves the chain has no row.
    private static func checkEndings(
        _ values: StageOptions,
        _ element: JSONValue,
        _ place: String,
        _ problems: inout [Problem]
    ) {
        let given = ["drop", "fail", "expect", "where"].filter(values.isGiven)
        guard let ending = given.first, ending == "drop" || ending == "fail", let other = given.dropFirst().first,
            let range = element.members?.first(where: { $0.key == other })?.keyRange
        else { return }
        problems.append(Problem("\(place): \"\(other)\" and \"\(ending)\" exclude one another", at: range))
    }

    private static func number(
        of stage: String?,
        _ stages: [StageDefinition],
        at range: Range<Int>?,
        _ problems: inout [Problem]
    ) -> Int? {
        guard let stage else { return nil }
        if let found = stages.first(where: { $0.name == stage || String($0.number) == stage }) { return found.number }
        let names = stages.map(\.name)
        problems.append(
            Problem(
                "the definition has no stage \"\(stage)\"",
                at: range ?? 0..<1,
                hint: suggestion(for: stage, among: names) ?? "stages: " + names.joined(separator: ", ")
            )
        )
        return nil
    }
}
