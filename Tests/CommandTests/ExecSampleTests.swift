import Foundation
import TestSupport
import Testing

/// The programs under `Samples/exec`, run as their definition says.
@Suite struct ExecSampleTests {
    @Test func bothProgramsAnswer() throws {
        let folder = try TemporaryFolder()
        let run = try Program.run(
            ["run", "Samples/exec/pipeline.json", "--set", "output=\(folder.path)/out"],
            in: Program.repository
        )
        #expect(run.exitCode == 0, "\(run.errors)")
        let rows = folder.read("out/sentiment.csv").components(separatedBy: "\r\n")
        #expect(rows.count == 9)
        #expect(rows.contains { $0.hasPrefix("as-8712,") && $0.hasSuffix(",2") })
    }

    @Test func theShellProgramDropsAndCorrects() throws {
        let folder = try TemporaryFolder()
        try folder.copy(Program.repository + "/Samples/exec/tickers.sh", to: "tickers.sh")
        try folder.write(
            #"{"id":"1","title":"عاجل: وصول","text":"x"}"# + "\n"
                + #"{"id":"2","title":"خبر","text":"الحكومة الليبيه"}"#,
            to: "a.jsonl"
        )
        try folder.write(
            """
            {"output":"out","stages":[{"stage":"ingest","paths":["a.jsonl"]},
            {"stage":"exec","command":["./tickers.sh"],"fields":["title","text"]},
            {"stage":"export","file":"out.csv","columns":["id","text"]}]}
            """,
            to: "exec.json"
        )
        #expect(try Program.run(["run", "exec.json"], in: folder.path).exitCode == 0)
        #expect(folder.read("out/out.csv") == "id,text\r\n2,الحكومة الليبية\r\n")
        #expect(folder.read("out/current/dropped.jsonl").contains(#""reason":"ticker""#))
    }
}
