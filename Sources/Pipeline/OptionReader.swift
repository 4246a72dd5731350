import JSON

/// Checks the members of an object against declared options: unknown keys, types, bounds, what is missing.
public struct OptionReader: Sendable {
    private let options: [AnyStageOption]
    private let alsoKnown: [String]
    /// For messages: `stage 3 (filter)`.
    private let place: String

    public init(_ options: [AnyStageOption], alsoKnown: [String] = [], place: String) {
        self.options = options
        self.alsoKnown = alsoKnown
        self.place = place
    }

    /// Reads an object; a missing one is read as `{}`.
    public func read(_ object: JSONValue?, directory: String, _ problems: inout [Problem]) -> StageOptions {
        guard let object else { return read(members: [], at: 0..<1, directory: directory, &problems) }
        guard let members = object.members else {
            problems.append(Problem("expected an object for \(place), found \(object.kind)", at: object.range))
            return read(members: [], at: object.range, directory: directory, &problems)
        }
        return read(members: members, at: object.range, directory: directory, &problems)
    }

    public func read(
        members: [JSONValue.Member],
        at range: Range<Int>,
        directory: String,
        _ problems: inout [Problem]
    ) -> StageOptions {
        var isUsable = true
        var values: [String: any Sendable] = [:]
        var given: [String: JSONValue] = [:]
        for member in members {
            given[member.key] = member.value
            guard let option = options.first(where: { $0.name == member.key }) else {
                if !alsoKnown.contains(member.key) { problems.append(unknown(member)) }
                continue
            }
            do {
                values[option.name] = try option.decode(member.value)
            } catch {
                isUsable = false
                problems.append(
                    Problem("\"\(option.name)\" in \(place): \(error.message)", at: error.range, hint: error.hint)
                )
            }
        }
        for option in options where option.isRequired && given[option.name] == nil {
            isUsable = false
            problems.append(
                Problem(
                    "\(place) needs \"\(option.name)\"",
                    at: range.lowerBound..<range.lowerBound + 1,
                    hint: option.summary
                )
            )
        }
        return StageOptions(values: values, given: given, directory: directory, isUsable: isUsable)
    }

    private func unknown(_ member: JSONValue.Member) -> Problem {
        let names = (options.map(\.name) + alsoKnown).sorted()
        let known = "options here: " + names.joined(separator: ", ")
        let hint = suggestion(for: member.key, among: names).map { "\($0)  \(known)" } ?? known
        return Problem("unknown option \"\(member.key)\" in \(place)", at: member.keyRange, hint: hint)
    }
}
