import Foundation
import Testing

/// FAULTS 5: what the user of the program may not read or write ends the run with its code, or costs that one file.
///
/// Nothing is forbidden to root: there the program runs as another user, who owns the pipeline's folder.
@Suite(.enabled(if: OrdinaryUser.canRun)) struct PermissionTests {
    private let days: TwoDays
    private var pipeline: Pipeline { days.yesterday }

    init() throws {
        days = try TwoDays()
        try OrdinaryUser.give(pipeline.path)
    }

    private func run(_ command: String = "run") throws -> Program.Ending {
        var program = pipeline.etl(command)
        program.starter = OrdinaryUser.starter
        return try program.run()
    }

    private func forbid(_ name: String, _ mode: Int = 0) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: pipeline.path + "/" + name)
    }

    /// A folder that the test could not take away afterwards.
    private func allow(_ name: String) { try? forbid(name, 0o755) }

    @Test func anOrdinaryUserIsAllThatIsNeeded() throws {
        #expect(try run().code == 0)
        #expect(pipeline.published() == days.new)
    }

    @Test(arguments: [
        ("small.json", 0, 77, "small.json cannot be read: Permission denied"),
        ("data", 0, 77, "/data may not be read"),
        ("output", 0o555, 73, "cannot "),
        ("output/.lock", 0, 73, "/output/.lock: Permission denied"),
        ("output/runs", 0o555, 73, "/output/runs/"),
        ("output/.state", 0o555, 73, "/output/.state/"),
        ("output/.state/state.sqlite", 0, 73, "/output/.state/state.sqlite"),
        ("output/.state/state.sqlite", 0o444, 73, "who runs etl has to own "),
    ])
    func whatIsForbiddenEndsTheRun(name: String, mode: Int, code: Int32, message: String) throws {
        try forbid(name, mode)
        let ending = try run()
        allow(name)
        // SQLite gives its log the permissions of the database.
        for log in ["-wal", "-shm"] { allow("output/.state/state.sqlite" + log) }
        #expect(ending.code == code, "\(ending.errors)")
        #expect(ending.errors.contains(message), "\(ending.errors)")
        #expect(pipeline.published() == days.old)
        #expect(pipeline.names("output/runs").count == 1)
        #expect(try run().code == 0)
        #expect(pipeline.published() == days.new)
    }

    @Test func anInputThatMayNotBeReadIsLostAlone() throws {
        try forbid("data/b.csv")
        #expect(try run().code == 0)
        #expect(pipeline.text("output/current/quarantine.jsonl")?.contains("cannot be read: Permission denied") == true)
        #expect(pipeline.text("output/articles.jsonl")?.contains("data/b.csv") == false)
        #expect(pipeline.text("output/articles.jsonl")?.contains("data/a.jsonl") == true)
    }

    @Test func aFolderBelowThatMayNotBeReadIsTold() throws {
        try FileManager.default.createDirectory(
            atPath: pipeline.path + "/data/below",
            withIntermediateDirectories: true
        )
        try forbid("data/below")
        try OrdinaryUser.give(pipeline.path)
        #expect(try run().code == 0)
        allow("data/below")
        #expect(pipeline.text("output/current/quarantine.jsonl")?.contains("the folder cannot be read") == true)
    }

    @Test func anOldRunThatMayNotBeRemovedStays() throws {
        #expect(try run().code == 0)
        let oldest = try #require(pipeline.names("output/runs").first)
        try forbid("output/runs/" + oldest, 0o555)
        let ending = try run()
        allow("output/runs/" + oldest)
        #expect(ending.code == 0)
        #expect(ending.errors.contains("was published, but what is old stays"))
        #expect(pipeline.names("output/runs").count == 3)
        #expect(try run().code == 0)
        #expect(pipeline.names("output/runs").count == 2)
    }

    @Test func metricsThatMayNotBeWrittenHarmNoRun() throws {
        var program = pipeline.etl("run", "--metrics", pipeline.path + "/data/below/etl.prom")
        program.starter = OrdinaryUser.starter
        let ending = try program.run()
        #expect(ending.code == 0)
        #expect(ending.errors.contains("cannot write the metrics to"))
        #expect(ending.errors.contains("No such file or directory"))
    }
}

/// A user who is not root.
private enum OrdinaryUser {
    private static let isRoot = getuid() == 0
    private static let nobody = 65_534

    /// What starts a program as such a user.
    static let starter =
        isRoot
        ? ["/usr/bin/setpriv", "--reuid=\(nobody)", "--regid=\(nobody)", "--clear-groups"] : []

    /// Whether such a user can start the program that was built here.
    static let canRun: Bool = {
        guard isRoot else { return true }
        guard FileManager.default.isExecutableFile(atPath: starter[0]) else { return false }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: starter[0])
        process.arguments = starter.dropFirst() + [Program.path, "--version"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    /// Makes the user the owner of a folder and all in it.
    static func give(_ path: String) throws {
        guard isRoot else { return }
        for name in [""] + (FileManager.default.subpaths(atPath: path) ?? []) {
            lchown(path + "/" + name, uid_t(nobody), gid_t(nobody))
        }
    }
}
