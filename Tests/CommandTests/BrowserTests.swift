import Foundation
import TestSupport
import Testing

/// `report.html` in a real browser, where Chromium is installed.
@Suite struct BrowserTests {
    static let chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    /// What the browser says while it shows the page: its log, with every request and every line of the console.
    private func show(_ page: String, _ arguments: [String], in folder: TemporaryFolder) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.chromium ?? "")
        process.arguments =
            [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions",
                "--disable-background-networking", "--user-data-dir=\(folder.path)/profile", "--enable-logging=stderr",
            ] + arguments + ["file://" + page]
        let log = folder.path + "/log"
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        let output = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
        process.standardOutput = output
        process.standardError = output
        try process.run()
        process.waitUntilExit()
        return folder.read("log")
    }

    private func report(in folder: TemporaryFolder) throws -> String {
        let hostile = #"<script>console.log('PWNED');new Image().src='http://127.0.0.1:9/x'</script>"#
        let title = hostile.replacingOccurrences(of: "\"", with: "\\\"")
        let lines = [
            #"{"id":"1","title":"\#(title)","outlet":"\#(title)","text":"كلمات قليلة"}"#,
            #"{"id":"2","title":"العنوان","outlet":"<img src=http://127.0.0.1:9/y onerror=alert(1)>","text":"زار عقيلة صالح مدينة طرابلس","published":"2024-03-12"}"#,
            #"{"id":"3","text":"\#(title)"#,
        ]
        try folder.write(lines.joined(separator: "\n") + "\n", to: "in.jsonl")
        try folder.write(
            """
            { "name": "\(title)", "output": "out", "stages": [
              { "stage": "ingest", "paths": ["in.jsonl"] }, { "stage": "filter", "minWords": 3 }, { "stage": "tag" },
              { "stage": "export", "file": "a.jsonl" } ] }
            """,
            to: "run.json"
        )
        let result = try Program.run(["run", folder.path + "/run.json"])
        #expect(result.exitCode == 0, "\(result.errors)")
        return folder.path + "/out/report.html"
    }

    @Test("no script runs, nothing is asked for, nothing stands in the console", .enabled(if: chromium != nil))
    func keepsToItself() throws {
        let folder = try TemporaryFolder()
        let page = try report(in: folder)
        let log = try show(page, ["--dump-dom", "--log-net-log=\(folder.path)/net.json"], in: folder)
        #expect(log.contains("&lt;script&gt;console.log("))
        #expect(log.contains("عقيلة صالح"))
        #expect(!log.contains("CONSOLE"), "\(log)")
        let requests = folder.read("net.json")
        #expect(!requests.isEmpty)
        #expect(!requests.contains("127.0.0.1:9"))
    }

    @Test("nothing is wider than the window", .enabled(if: chromium != nil), arguments: [320, 390, 1280])
    func fits(_ width: Int) throws {
        let folder = try TemporaryFolder()
        let page = try report(in: folder)
        // The page itself runs no script; a copy without its policy measures itself.
        let text = folder.read("out/report.html").replacingOccurrences(of: "default-src 'none'", with: "default-src *")
            .replacingOccurrences(
                of: "style-src 'unsafe-inline'",
                with: "script-src 'unsafe-inline';style-src 'unsafe-inline'"
            )
        let measure = """
            <script>for(const d of document.querySelectorAll('details'))d.open=true;
            document.title='wide by '+Math.max(0,document.documentElement.scrollWidth-\(width))</script></body>
            """
        try folder.write(text.replacingOccurrences(of: "</body>", with: measure), to: "measured.html")
        #expect(page.hasSuffix("report.html"))
        let frame = """
            <!doctype html><iframe id="f" src="measured.html" style="border:0;width:\(width)px;height:900px"></iframe>
            <script>onload=()=>{document.title='at '+document.getElementById('f').contentDocument.title}</script>
            """
        try folder.write(frame, to: "frame.html")
        let log = try show(
            folder.path + "/frame.html",
            ["--dump-dom", "--allow-file-access-from-files", "--window-size=1400,1000"],
            in: folder
        )
        #expect(log.contains("<title>at wide by 0</title>"), "\(log.prefix(2000))")
    }
}
