import Hashing
import JSON
import Pipeline
import Testing

@testable import Engine

@Suite struct SchemaFileTests {
    private static let schema = TableSchema([
        .init("id", .text, "The id."), .init("at", .time, optional: true, "When."), .init("count", .count, ""),
        .init("marks", .list(.structure([.init("n", .number, "")])), optional: true, ""),
        .init("rest", .object, ""),
    ])

    private static let files = [
        DescribedFile(
            name: "a\"b.jsonl",
            tables: [ExportTable(schema), ExportTable(TableSchema([.init("x", .text, "")]), name: "inner")]
        ),
        DescribedFile(name: "silent.txt", tables: []),
    ]

    @Test func saysWhatARowIs() throws {
        let json = try JSONValue(parsing: SchemaFile(files: Self.files).bytes)
        #expect(json["$defs"]?.members?.map(\.key) == ["a\"b.jsonl", "a\"b.jsonl/inner"])
        let row = json["$defs"]?["a\"b.jsonl"]
        #expect(row?["required"]?.elements?.compactMap(\.string) == ["id", "at", "count", "marks", "rest"])
        let properties = row?["properties"]
        #expect(properties?["id"]?["type"]?.string == "string")
        #expect(properties?["id"]?["description"]?.string == "The id.")
        #expect(properties?["at"]?["type"]?.elements?.compactMap(\.string) == ["string", "null"])
        #expect(properties?["at"]?["format"]?.string == "date-time")
        #expect(properties?["count"]?["type"]?.string == "integer")
        #expect(properties?["rest"]?["type"]?.string == "object")
        let marks = properties?["marks"]?["anyOf"]?.elements ?? []
        #expect(marks.map { $0["type"]?.string } == ["array", "null"])
        #expect(marks.first?["items"]?["properties"]?["n"]?["type"]?.string == "integer")
    }

    @Test func loaderNamesTheSameTables() {
        let text = String(decoding: LoaderFile(files: Self.files).bytes, as: UTF8.self)
        #expect(
            text.contains(
                #"""
                TABLES = {
                    "a\"b.jsonl": {
                        "id": TEXT,
                        "at": TIME,
                        "count": COUNT,
                        "marks": [{"n": NUMBER}],
                        "rest": OBJECT,
                    },
                    ("a\"b.jsonl", "inner"): {
                        "x": TEXT,
                    },
                }

                """#
            )
        )
        #expect(!text.contains("silent"))
    }
}
