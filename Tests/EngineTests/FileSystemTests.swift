import Foundation
import Testing

@testable import Engine

@Suite struct FileSystemTests {
    private let scratch = Scratch()

    @Test(arguments: [
        (ENOSPC, RunError.ExitCode.ioError), (EDQUOT, .ioError), (EIO, .ioError), (EMFILE, .ioError),
        (EROFS, .cannotCreate),
        (ENOTDIR, .cannotCreate), (ENOENT, .cannotCreate), (ELOOP, .cannotCreate), (EACCES, .permission),
    ])
    func everyErrorHasItsExitCode(code: Int32, exit: RunError.ExitCode) {
        let error = FileSystem.failure(code, "write 12 bytes to", "/a/b")
        #expect(error.code == exit)
        #expect(error.message == "cannot write 12 bytes to /a/b: \(String(cString: strerror(code)))")
    }

    @Test func whatMayNotBeCreatedIsNotCreated() {
        #expect(FileSystem.failure(EACCES, "create", "/a", creating: true).code == .cannotCreate)
    }

    @Test func foldersAreMadeWithThoseAbove() throws {
        try FileSystem.makeFolders(scratch.path + "/a/b/c")
        try FileSystem.makeFolders(scratch.path + "/a/b/c")
        #expect(FileSystem.isFolder(scratch.path + "/a/b/c"))
        scratch.write("x", "file")
        let error = #expect(throws: RunError.self) { try FileSystem.makeFolders(scratch.path + "/file/below") }
        #expect(error?.code == .cannotCreate)
    }

    @Test func aTreeGoesWithoutFollowingLinks() throws {
        scratch.write("mine", "keep/mine.txt")
        scratch.write("x", "tree/a/b.txt")
        try Folder(scratch.path + "/tree").makeLink("link", to: "../keep")
        try FileSystem.removeTree(scratch.path + "/tree")
        #expect(!FileSystem.exists(scratch.path + "/tree"))
        #expect(scratch.text("keep/mine.txt") == "mine")
        try FileSystem.removeTree(scratch.path + "/tree")
    }

    @Test func aNewFileIsNew() throws {
        scratch.write("mine", "a.txt")
        #expect(throws: RunError.self) { _ = try Folder(scratch.path).create("a.txt") }
        #expect(scratch.text("a.txt") == "mine")
    }

    @Test func namesComeInByteOrder() throws {
        for name in ["b", "a", "Z", "é", "ا"] { scratch.write("", name) }
        #expect(try FileSystem.names(in: scratch.path) == ["Z", "a", "b", "é", "ا"])
        #expect(try FileSystem.names(in: scratch.path + "/missing").isEmpty)
        #expect(throws: RunError.self) { try FileSystem.names(in: scratch.path + "/a") }
    }
}
