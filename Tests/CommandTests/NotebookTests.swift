import Foundation
import JSON
import TestSupport
import Testing

/// The committed notebook; `make notebook` executes it.
@Suite struct NotebookTests {
    private static let folder = Program.repository + "/Samples/notebooks"

    @Test func wasExecutedWholeAndWithoutAnError() throws {
        let bytes = FileManager.default.contents(atPath: Self.folder + "/libya.ipynb") ?? Data()
        #expect(bytes.count < 1_000_000)
        let cells = try #require(try JSONValue(parsing: Array(bytes))["cells"]?.elements)
        let code = cells.filter { $0["cell_type"]?.string == "code" }
        #expect(code.map { $0["execution_count"]?.integer } == Array(1...code.count))
        let outputs = code.flatMap { $0["outputs"]?.elements ?? [] }
        #expect(outputs.count { $0["output_type"]?.string == "error" } == 0)
        #expect(outputs.count { $0["data"]?["image/png"] != nil } == 5)
    }

    @Test func itsPackagesArePinned() {
        let lines = String(
            decoding: FileManager.default.contents(atPath: Self.folder + "/requirements.txt") ?? Data(),
            as: UTF8.self
        ).split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(!lines.isEmpty)
        #expect(lines.allSatisfy { $0.contains("==") })
    }
}
