import JSON

/// The JSON Schema (draft 2020-12) of a pipeline definition, made from the declarations of the options.
///
/// Editors that read the definition's `$schema` complete and check from it.
public enum DefinitionSchema {
    public static func json(stages: [any Stage.Type]) -> [UInt8] {
        var writer = JSONWriter(pretty: true)
        writer.object { w in
            w.key("$schema")
            w.value("https://json-schema.org/draft/2020-12/schema")
            w.key("title")
            w.value("etl pipeline definition")
            w.key("type")
            w.value("object")
            w.key("required")
            w.value(["output", "stages"])
            w.key("additionalProperties")
            w.value(false)
            w.key("properties")
            w.object { w in
                w.member("$schema", #"{"type":"string"}"#)
                w.member("description", #"{"type":"string"}"#)
                w.member(
                    "params",
                    #"{"type":"object","additionalProperties":{"type":["string","number","boolean"]}}"#,
                    "Values for `${name}` in the strings of the definition; `--param name=value` changes them."
                )
                for option in Definition.options { w.option(option) }
                w.section("guards", Definition.guardOptions, "What holds a publish back.")
                w.section("limits", Definition.limitOptions, "What a single input may cost.")
                w.section(
                    "notify",
                    Definition.Notify.options,
                    "URLs to call; a call that fails costs a warning and a few seconds, never the run."
                )
                w.key("tests")
                w.object { w in
                    w.key("description")
                    w.value("Cases that `etl test` tries.")
                    w.key("type")
                    w.value("array")
                    w.key("items")
                    w.members(TestCase.options)
                }
                w.key("stages")
                w.object { w in
                    w.key("type")
                    w.value("array")
                    w.key("minItems")
                    w.value(1)
                    w.key("items")
                    append(stages, to: &w)
                }
            }
            w.key("$defs")
            w.object { w in w.member("condition", Condition.definitionSchema) }
        }
        writer.newline()
        return writer.bytes
    }

    private static func append(_ stages: [any Stage.Type], to writer: inout JSONWriter) {
        writer.object { w in
            w.key("type")
            w.value("object")
            w.key("required")
            w.value(["stage"])
            w.key("properties")
            w.object { w in
                w.key("stage")
                w.object { w in
                    w.key("enum")
                    w.value(stages.map { $0.reference.name })
                }
            }
            w.key("allOf")
            w.array { w in
                for stage in stages { append(stage, to: &w) }
            }
        }
    }

    private static func append(_ stage: any Stage.Type, to writer: inout JSONWriter) {
        let reference = stage.reference
        let options = reference.options + (stage is any Source.Type ? [] : StageReference.common)
        writer.object { w in
            w.member("if", #"{"properties":{"stage":{"const":"\#(reference.name)"}}}"#)
            w.key("then")
            w.object { w in
                w.key("description")
                w.value(reference.summary)
                w.key("additionalProperties")
                w.value(false)
                w.key("required")
                w.value(["stage"] + options.filter(\.isRequired).map(\.name))
                w.key("properties")
                w.object { w in
                    w.member("stage", #"{"const":"\#(reference.name)"}"#)
                    w.member("description", #"{"type":"string"}"#)
                    for option in options { w.option(option) }
                }
            }
        }
    }
}

extension JSONWriter {
    /// A member whose value is JSON text, laid out like the rest.
    fileprivate mutating func member(_ name: String, _ json: String, _ description: String? = nil) {
        key(name)
        guard let value = try? JSONValue(parsing: json) else { return null() }
        guard let description, let members = value.members else { return self.value(value) }
        object { w in
            w.key("description")
            w.value(description)
            for member in members {
                w.key(member.key)
                w.value(member.value)
            }
        }
    }

    fileprivate mutating func section(_ name: String, _ options: [AnyStageOption], _ description: String) {
        key(name)
        members(options, description)
    }

    /// The schema of an object with these members and no others.
    fileprivate mutating func members(_ options: [AnyStageOption], _ description: String? = nil) {
        object { w in
            if let description {
                w.key("description")
                w.value(description)
            }
            w.key("type")
            w.value("object")
            let required = options.filter(\.isRequired).map(\.name)
            if !required.isEmpty {
                w.key("required")
                w.value(required)
            }
            w.key("additionalProperties")
            w.value(false)
            w.key("properties")
            w.object { w in
                for option in options { w.option(option) }
            }
        }
    }

    fileprivate mutating func option(_ option: AnyStageOption) {
        key(option.name)
        object { w in
            w.key("description")
            w.value(option.summary)
            if let fallback = option.fallback, fallback != "null", let value = try? JSONValue(parsing: fallback) {
                w.key("default")
                w.value(value)
            }
            // Any option may be written as one parameter, `"${name}"`.
            let isString = option.schema == String.schema
            let schema =
                isString
                ? option.schema : ##"{"anyOf":[\##(option.schema),{"type":"string","pattern":"^\\$\\{[^}]+\\}$"}]}"##
            for member in (try? JSONValue(parsing: schema))?.members ?? [] {
                w.key(member.key)
                w.value(member.value)
            }
        }
    }
}
