import Foundation
import Testing

@testable import Formats

struct FileListingTests {
    private func list(
        _ folder: TestFolder,
        _ patterns: [String],
        fits: (String) -> Bool = { Format.named(by: $0) != nil }
    ) -> FileListing {
        FileListing(patterns: patterns, resolve: { $0.hasPrefix("/") ? $0 : folder.path + "/" + $0 }, fitsFolder: fits)
    }

    private func tree() throws -> TestFolder {
        let folder = try TestFolder()
        for name in [
            "b.txt", "a.txt", "B.txt", "sub/c.txt", "sub/deep/d.html", "sub/note.pdf", ".hidden.txt", ".git/e.txt",
            "[1].txt",
        ] {
            try folder.add(name, [])
        }
        return folder
    }

    @Test(
        "paths, folders and patterns lead to files in byte order",
        arguments: [
            (["b.txt", "a.txt"], ["a.txt", "b.txt"]),
            (["*.txt"], ["B.txt", "[1].txt", "a.txt", "b.txt"]),
            (["**/*.txt"], ["B.txt", "[1].txt", "a.txt", "b.txt", "sub/c.txt"]),
            (["*/*.txt"], ["sub/c.txt"]),
            (["sub"], ["sub/c.txt", "sub/deep/d.html"]),
            (["sub/"], ["sub/c.txt", "sub/deep/d.html"]),
            (["sub/**"], ["sub/c.txt", "sub/deep/d.html", "sub/note.pdf"]),
            (["sub/*"], ["sub/c.txt", "sub/note.pdf"]),
            (["{sub/deep,none}/*"], ["sub/deep/d.html"]),
            (["./sub/*.txt"], ["./sub/c.txt"]),
            (["[1].txt"], ["[1].txt"]),
        ]
    )
    func found(patterns: [String], expected: [String]) throws {
        let folder = try tree()
        let listing = list(folder, patterns)
        #expect(listing.files.map(\.path) == expected)
        #expect(listing.unmatched.isEmpty)
    }

    @Test("a file is listed once, by the first path that leads to it")
    func once() throws {
        let folder = try tree()
        let listing = list(
            folder,
            ["a.txt", "./a.txt", "*.txt", "sub/../a.txt", folder.path + "/a.txt", "sub", "sub/**/*.html"]
        )
        #expect(listing.files.map(\.path) == ["B.txt", "[1].txt", "a.txt", "b.txt", "sub/c.txt", "sub/deep/d.html"])
        #expect(listing.unmatched.isEmpty)
    }

    @Test("what leads to nothing is named by its index")
    func unmatched() throws {
        let listing = list(try tree(), ["a.txt", "none.txt", "none/*.txt", "*.csv", "-"])
        #expect(listing.unmatched == [1, 2, 3])
        #expect(listing.skipped.isEmpty)
    }

    @Test("row 20: loops of links, pipes and devices are passed over and counted")
    func special() throws {
        let folder = try tree()
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/sub/loop", withDestinationPath: "..")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/sub/out.txt",
            withDestinationPath: "/etc/passwd"
        )
        #expect(mkfifo(folder.path + "/sub/pipe.txt", 0o600) == 0)
        let listing = list(folder, ["sub/**", "/dev/null"])
        #expect(listing.files.map(\.path) == ["sub/c.txt", "sub/deep/d.html", "sub/note.pdf"])
        #expect(listing.skipped == ["link": 2, "special": 2])
    }

    @Test("a link that is named is followed")
    func namedLink() throws {
        let folder = try tree()
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/link", withDestinationPath: "sub")
        #expect(list(folder, ["link"]).files.map(\.path) == ["link/c.txt", "link/deep/d.html"])
        #expect(list(folder, ["link/*.txt", "sub/*.txt"]).files.map(\.path) == ["link/c.txt"])
    }

    @Test("row 22: odd names are processed, shown escaped, in byte order")
    func oddNames() throws {
        let folder = try TestFolder()
        let long = String(repeating: "x", count: 251) + ".txt"
        for name in ["new\nline.txt", "-n.txt", "e\u{301}.txt", "\u{E9}.txt", long, "خبر.txt"] {
            try folder.add(name, Array("x".utf8))
        }
        let invalid = DiskPath(bytes: Array((folder.path + "/").utf8) + [0xE9, 0x2E, 0x74, 0x78, 0x74])
        let descriptor = invalid.withCString { open($0, O_WRONLY | O_CREAT, 0o600) }
        close(descriptor)
        let files = list(folder, ["*.txt"]).files
        #expect(
            files.map { Array($0.path.utf8) }
                == ["-n.txt", "\\xE9.txt", "e\u{301}.txt", "new\nline.txt", long, "\u{E9}.txt", "خبر.txt"].map {
                    Array($0.utf8)
                }
        )
        let inputs = files.map { InputFile(path: $0.path, file: $0.file, format: nil, size: $0.size) }
        #expect(outcomes(inputs).count == 7)
        #expect(ingest(inputs).failures.isEmpty)
    }

    @Test("row 20: a pipe in a file's place cannot hang the run, a folder is unreadable")
    func replaced() throws {
        let folder = try tree()
        #expect(mkfifo(folder.path + "/pipe.jsonl", 0o600) == 0)
        let pipe = InputFile(path: "pipe.jsonl", file: folder.path + "/pipe.jsonl", format: nil, size: 0)
        #expect(outcomes([pipe]).isEmpty)
        let named = InputFile(path: "sub.txt", file: folder.path + "/sub", format: nil, size: 0)
        #expect(outcomes([named]) == ["unreadable @0"])
        #expect(ingest([named]).finished.isEmpty)
        let missing = InputFile(path: "none.txt", file: folder.path + "/none.txt", format: nil, size: 0)
        #expect(
            ingest([missing]).failures.map(\.failure.error.message) == ["cannot be read: No such file or directory"]
        )
        let null = InputFile(path: "a.txt", file: folder.path + "/a.txt\u{0}.html", format: .text, size: 0)
        #expect(outcomes([null]) == ["unreadable @0"])
    }
}
