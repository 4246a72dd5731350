import Foundation
import Language
import Testing

@testable import Engine

@Suite struct RunDirectoryTests {
    private let scratch = Scratch()
    private let stages = #"{"stage":"numbers"},{"stage":"lines","file":"a.txt"},{"stage":"lines","file":"b.txt"}"#

    private func directory(_ started: Int64 = 0) throws -> RunDirectory {
        try RunDirectory(output: scratch.output, pipeline: "toy", started: Timestamp(seconds: started))
    }

    private func report(_ run: RunID) -> RunReport {
        RunReport(
            run: run,
            started: "",
            definitionHash: "",
            seconds: 0,
            read: 0,
            kept: 0,
            dropped: 0,
            quarantined: 0
        )
    }

    @Test func theOutputsAreLinksThroughCurrent() throws {
        let result = try scratch.run(scratch.plan(stages), started: 1_600_000_000)
        #expect(result.directory == scratch.output + "/runs/000001-20200913T122640Z")
        #expect(FileSystem.linkTarget(scratch.output + "/current") == "runs/000001-20200913T122640Z")
        #expect(FileSystem.linkTarget(scratch.output + "/a.txt") == "current/a.txt")
        #expect(
            scratch.names() == [
                ".lock", ".state", "a.txt", "b.txt", "current", "load.py", "report.html", "runs", "schema.json",
            ]
        )
    }

    @Test func theNumberGrowsThoughTheClockIsSetBack() throws {
        for started in [1_600_000_000, 1_500_000_000, 4_000_000_000, 0] as [Int64] {
            _ = try scratch.run(scratch.plan(stages), started: started)
        }
        #expect(
            scratch.names("output/runs") == [
                "000002-20170714T024000Z", "000003-20961002T070640Z", "000004-19700101T000000Z",
            ]
        )
        #expect(PublishedRuns(output: scratch.output).current?.number == 4)
    }

    @Test func whatAKilledRunLeftIsSwept() throws {
        _ = try scratch.run(scratch.plan(stages))
        // Killed at work, and killed with everything written but the switch.
        scratch.write("x", "output/runs/000002-20200913T122641Z/a.txt")
        scratch.write("{}", "output/runs/000003-20200913T122642Z/manifest.json")
        try Folder(scratch.output).makeLink(".current", to: "runs/000003-20200913T122642Z")
        let run = try directory()
        #expect(run.id.number == 4)
        #expect(scratch.names("output/runs") == ["000001-20200913T122640Z", "000004-19700101T000000Z"])
        #expect(!scratch.names().contains(".current"))
    }

    @Test func aMissingCurrentCostsNoRun() throws {
        for _ in 1...2 { _ = try scratch.run(scratch.plan(stages)) }
        try FileSystem.remove(scratch.output + "/current")
        _ = try directory()
        #expect(scratch.names("output/runs").count == 3)
    }

    @Test func whatOthersPutIntoRunsStays() throws {
        scratch.write("mine", "output/runs/notes.txt")
        scratch.write("mine", "output/runs/000001-copy/a.txt")
        for _ in 1...5 { _ = try scratch.run(scratch.plan(stages, #""keepRuns": 1"#)) }
        #expect(scratch.names("output/runs") == ["000001-copy", "000005-20200913T122640Z", "notes.txt"])
    }

    @Test func linksOfFilesThatAreExportedNoMoreGo() throws {
        _ = try scratch.run(scratch.plan(stages))
        _ = try scratch.run(scratch.plan(#"{"stage":"numbers"},{"stage":"lines","file":"b.txt"}"#))
        #expect(
            scratch.names() == [".lock", ".state", "b.txt", "current", "load.py", "report.html", "runs", "schema.json"]
        )
    }

    @Test(arguments: ["a.txt", "current"])
    func aForeignFileInTheWayIsFoundBeforeAnyWork(name: String) throws {
        scratch.write("mine", "output/" + name)
        let error = try scratch.failure(scratch.plan(stages))
        #expect(error?.code == .cannotCreate)
        #expect(error?.message == "\(scratch.output)/\(name) exists and is no link of a run")
        #expect(scratch.text("output/" + name) == "mine")
        #expect(scratch.names("output/runs").isEmpty)
    }

    @Test func aForeignLinkInTheWayStays() throws {
        scratch.write("mine", "elsewhere.txt")
        scratch.write("", "output/x")
        try Folder(scratch.output).makeLink("a.txt", to: "../elsewhere.txt")
        #expect(try scratch.failure(scratch.plan(stages))?.code == .cannotCreate)
        #expect(scratch.text("output/a.txt") == "mine")
    }

    @Test func aSecondRunAtOnceIsTurnedAway() throws {
        let first = try directory()
        let error = #expect(throws: RunError.self) { try directory() }
        #expect(error?.code == .locked)
        #expect(FileSystem.isFolder(first.path))
    }

    @Test func aFailedStartLeavesNoLockBehind() throws {
        _ = try scratch.run(scratch.plan(stages))
        scratch.write("x", "output/runs/000002-20200913T122641Z/deep/er/file")
        // A folder that cannot be swept.
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o500],
            ofItemAtPath: scratch.output + "/runs/000002-20200913T122641Z/deep/er"
        )
        if getuid() != 0 { #expect(throws: RunError.self) { try directory() } }
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o700],
            ofItemAtPath: scratch.output + "/runs/000002-20200913T122641Z/deep/er"
        )
        _ = try directory()
    }

    @Test func anOutputThatIsReplacedReceivesNothing() throws {
        let run = try directory()
        try FileManager.default.moveItem(atPath: scratch.output, toPath: scratch.path + "/moved")
        scratch.write("mine", "output/runs/\(run.id)/mine.txt")
        let error = #expect(throws: RunError.self) { try run.publish(files: ["a.txt"], report(run.id), learnt: []) }
        #expect(error?.code == .ioError)
        run.discard()
        #expect(scratch.names() == ["runs"])
        #expect(scratch.text("output/runs/\(run.id)/mine.txt") == "mine")
    }

    @Test func aRefusedRunReplacesTheOneBefore() throws {
        for text in ["one", "two"] {
            let run = try directory()
            try run.add(manifest: Array(text.utf8))
            #expect(try run.refuse() == scratch.output + "/refused")
            run.discard()
        }
        #expect(scratch.text("output/refused/manifest.json") == "two")
        #expect(scratch.names("output/runs").isEmpty)
    }

    @Test func aPublishedRunIsNeverDiscarded() throws {
        let run = try directory()
        try run.add(manifest: [])
        try run.publish(files: [], report(run.id), learnt: [])
        run.discard()
        #expect(scratch.names("output/current") == ["manifest.json"])
    }

    @Test func aRunThatCannotTidyIsPublishedAllTheSame() throws {
        _ = try scratch.run(scratch.plan(stages, #""keepRuns": 1"#))
        let old = try #require(scratch.names("output/runs").first)
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: "\(scratch.output)/runs/\(old)")
        let result = try scratch.run(scratch.plan(stages, #""keepRuns": 1"#))
        try? FileManager.default.setAttributes(
            [.posixPermissions: 0o700],
            ofItemAtPath: "\(scratch.output)/runs/\(old)"
        )
        #expect(result.isPublished)
        #expect(scratch.text("output/a.txt")?.isEmpty == false)
        if getuid() != 0 { #expect(result.warnings.count == 1) }
    }
}
