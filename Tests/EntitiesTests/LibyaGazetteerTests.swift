import Foundation
import Testing

@testable import Entities

@Suite("The Libya gazetteer")
struct LibyaGazetteerTests {
    static func gazetteer() throws -> Gazetteer { try Gazetteer(sources: [source("libya.jsonl")]) }

    /// Those of the sample pipeline.
    static func gazetteers() throws -> Gazetteer {
        try Gazetteer(sources: [source("libya.jsonl"), source("world.jsonl")])
    }

    private static func source(_ name: String) throws -> (name: String, bytes: [UInt8]) {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return (name, Array(try Data(contentsOf: root.appending(path: "Pipelines/gazetteers/\(name)"))))
    }

    @Test("compiles without a problem")
    func compiles() throws {
        #expect(try Self.gazetteer().count >= 980)
        #expect(try Self.gazetteers().count >= 1700)
    }

    @Test(
        "knows the people, places and organisations of the news",
        arguments: [
            ("دعا الرئيس الفرنسي إيمانويل ماكرون لحكومة الوفاق", ["Q3052772", "org:gna"]),
            ("مدينتا “الزنتان” و”المزدة” الليبيتين", ["loc:zintan", "loc:mizda"]),
            ("سقوط قاعدة “الوطية، وسيطرة القوات الحكومية في ليبيا", ["loc:al-watiya-airbase", "Q1016"]),
            ("حدد خط “سرت-الجفرة” كخط أحمر", ["loc:sirte", "loc:jufra"]),
            ("نقلته وكالة أنباء\"الشرق الأوسط\".", ["org:mena"]),
            ("بيان “المجلس الأعلى لأعيان وحكماء “الزنتان” في", ["org:zintan-elders-council"]),
            ("وأكدت الخارجية الأمريكية، لحكومة الوفاق", ["org:us-state-department", "org:gna"]),
        ] as [(String, [String])]
    )
    func knows(text: String, ids: [String]) throws {
        #expect(EntityTagger(gazetteer: try Self.gazetteer()).tag(text).map(\.id) == ids)
    }
}
