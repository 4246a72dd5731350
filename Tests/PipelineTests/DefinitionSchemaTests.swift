import JSON
import Testing

@testable import Pipeline

struct DefinitionSchemaTests {
    private func schema() throws -> JSONValue {
        try JSONValue(parsing: DefinitionSchema.json(stages: [TestStage.self]))
    }

    @Test("every part is a schema that draft 2020-12 knows")
    func structure() throws {
        try check(schema(), at: "#")
    }

    /// Follows the keywords that are used; anything else is a slip of the pen.
    private func check(_ schema: JSONValue, at place: String) throws {
        let members = try #require(schema.members, "\(place) is no object")
        for member in members {
            let place = "\(place)/\(member.key)"
            switch member.key {
            case "$schema", "title", "description", "pattern": #expect(member.value.string != nil, "\(place)")
            case "$ref": #expect(member.value.string == "#/$defs/condition", "\(place)")
            case "type":
                let names = member.value.elements?.map(\.string) ?? [member.value.string]
                for name in names {
                    #expect(["object", "array", "string", "integer", "number", "boolean"].contains(name), "\(place)")
                }
            case "properties", "$defs":
                for property in try #require(member.value.members, "\(place)") {
                    try check(property.value, at: "\(place)/\(property.key)")
                }
            case "items", "if", "then": try check(member.value, at: place)
            case "additionalProperties": if member.value.bool == nil { try check(member.value, at: place) }
            case "anyOf", "oneOf", "allOf":
                for (index, part) in try #require(member.value.elements, "\(place)").enumerated() {
                    try check(part, at: "\(place)/\(index)")
                }
            case "required": #expect(member.value.elements?.allSatisfy { $0.string != nil } == true, "\(place)")
            case "enum": #expect(member.value.elements?.isEmpty == false, "\(place)")
            case "minItems", "minimum", "maximum", "minProperties": #expect(member.value.integer != nil, "\(place)")
            case "const", "default": break
            default: Issue.record("unknown keyword \(place)")
            }
        }
    }

    @Test("a stage's options come with summary, default, bounds and the form of a parameter")
    func options() throws {
        let stage = try #require(schema()["properties"]?["stages"]?["items"]?["allOf"]?.elements?.first)
        #expect(stage["if"]?["properties"]?["stage"]?["const"]?.string == "test")
        let then = try #require(stage["then"])
        #expect(then["additionalProperties"]?.bool == false)
        #expect(then["required"]?.elements?.map(\.string) == ["stage", "files"])
        let names = then["properties"]?.members?.map(\.key)
        #expect(
            names == [
                "stage", "description", "minWords", "maxWords", "files", "languages", "mode", "strict", "where", "when",
                "onError",
            ]
        )
        let words = try #require(then["properties"]?["minWords"])
        #expect(words["description"]?.string == "Fewest words.")
        #expect(words["default"]?.integer == 0)
        #expect(words["anyOf"]?.elements?.first?["maximum"]?.integer == 1000)
        #expect(words["anyOf"]?.elements?.last?["pattern"]?.string == #"^\$\{[^}]+\}$"#)
        #expect(then["properties"]?["maxWords"]?["anyOf"]?.elements?.first?["maximum"] == nil)
    }

    @Test("the definition itself needs its output and its stages")
    func required() throws {
        let schema = try schema()
        #expect(schema["required"]?.elements?.map(\.string) == ["output", "stages"])
        #expect(schema["additionalProperties"]?.bool == false)
        #expect(schema["$defs"]?["condition"]?["properties"]?["any"]?["items"]?["$ref"]?.string == "#/$defs/condition")
    }
}
