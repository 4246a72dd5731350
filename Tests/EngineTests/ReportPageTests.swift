import Testing

@testable import Engine

@Suite struct ReportPageTests {
    private let scratch = Scratch()
    private static let hostile = #"<script>alert(1)</script>\" onload=\"x"#

    private func report(_ more: String = #""keepRuns": 3"#) throws -> String {
        let stages = """
            {"stage":"numbers","articles":10,"unreadable":[3]},{"stage":"picky","drops":5,"fails":7,"message":"\(Self.hostile)"},
            {"stage":"lines","file":"a.txt"}
            """
        _ = try scratch.run(scratch.plan(stages, more, environment: ["KEY": "hunter2"]))
        return try #require(scratch.text("output/report.html"))
    }

    @Test func standsInTheRunAndIsLinked() throws {
        let page = try report()
        #expect(page.hasPrefix("<!doctype html>"))
        #expect(page.contains("<b>10</b>"))
        #expect(page.contains("first run"))
        #expect(FileSystem.linkTarget(scratch.output + "/report.html") == "current/report.html")
        let manifest = try scratch.json("output/current/manifest.json")
        #expect(manifest["outputs"]?.elements?.contains { $0["file"]?.string == "report.html" } == false)
    }

    @Test func saysWhyArticlesLeft() throws {
        let page = try report()
        #expect(page.contains("multiple_of_5"))
        #expect(page.contains("unreadable"))
        #expect(page.contains("1 multiple_of_5, 2 failed"))
    }

    @Test func comparesWithTheLastRun() throws {
        _ = try report()
        let second = try report()
        #expect(second.contains("as in the last run"))
        _ = try scratch.run(scratch.plan(#"{"stage":"numbers","articles":4},{"stage":"lines","file":"a.txt"}"#))
        let third = try #require(scratch.text("output/report.html"))
        #expect(third.contains("−6 since the last run"))
        #expect(third.contains("It is another one than in the last run."))
    }

    @Test func whatComesFromArticlesIsText() throws {
        let page = try report()
        #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(!page.contains("<script"))
        for attribute in [" onload=\"", " src=", " href=", "url(", "@import", "<link", "<iframe"] {
            #expect(!page.contains(attribute), "\(attribute)")
        }
    }

    @Test func showsNoSecret() throws {
        let page = try report(##""keepRuns": 3, "params": { "key": "${secret:KEY}", "plain": "hunter2" }"##)
        #expect(page.contains("${secret:KEY}"))
        #expect(!page.contains("hunter2"))
    }
}
