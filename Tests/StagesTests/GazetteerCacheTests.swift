import Dispatch
import Entities
import Foundation
import TestSupport
import Testing

@testable import Stages

@Suite struct GazetteerCacheTests {
    private struct NoList: Error {}

    /// Lists large enough to be kept, as old as a list that nobody is writing.
    private static func lists(_ folder: TemporaryFolder) throws -> [String] {
        let lines = (0..<20_000).map {
            #"{"id":"e\#($0)","type":"LOC","name":"طرابلس \#($0)","names":{"en":"Place \#($0)"}}"#
        }
        try folder.write(lines.joined(separator: "\n"), to: "a.jsonl")
        try folder.write(#"{"id":"x","type":"LOC","name":"سبها"}"#, to: "b.jsonl")
        return [folder.path + "/a.jsonl", folder.path + "/b.jsonl"]
    }

    private struct Counted {
        var gazetteer: Gazetteer
        var reads = 0
        var compiles = 0

        var ids: [String?] { EntityTagger(gazetteer: gazetteer).tag("في سبها و طرابلس 77 اليوم").map(\.id) }
    }

    private static func load(_ paths: [String], _ cache: GazetteerCache) throws -> Counted {
        var counted = Counted(gazetteer: Gazetteer())
        counted.gazetteer = try cache.gazetteer(
            paths,
            read: {
                counted.reads += 1
                return try paths.map { path in
                    guard let bytes = FileManager.default.contents(atPath: path) else { throw NoList() as any Error }
                    return (name: path, bytes: Array(bytes))
                }
            },
            compile: { sources in
                counted.compiles += 1
                return try Gazetteer(sources: sources)
            }
        )
        return counted
    }

    private static func files(_ folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    @Test("lists are compiled once, whatever their times are")
    func once() throws {
        let folder = try TemporaryFolder()
        let paths = try Self.lists(folder)
        let cache = GazetteerCache(folder: folder.path + "/some/cache")
        let first = try Self.load(paths, cache)
        #expect(first.compiles == 1)
        let second = try Self.load(paths, cache)
        #expect(second.compiles == 0)
        #expect(first.ids == second.ids)
        #expect(first.ids.prefix(2) == ["x", "e77"])
        #expect(second.gazetteer.count == 20_001)
        // Other content, other gazetteer.
        try folder.write(#"{"id":"y","type":"LOC","name":"سبها"}"#, to: "b.jsonl")
        let third = try Self.load(paths, cache)
        #expect(third.compiles == 1)
        #expect(third.ids.first == "y")
    }

    @Test("settled lists are not even read again")
    func settled() throws {
        let folder = try TemporaryFolder()
        let paths = try Self.lists(folder)
        let cache = GazetteerCache(folder: folder.path + "/cache")
        Thread.sleep(forTimeInterval: 3.1)
        #expect(try Self.load(paths, cache).compiles == 1)
        let again = try Self.load(paths, cache)
        #expect(again.reads == 0 && again.compiles == 0)
        #expect(again.ids.first == "x")
    }

    @Test("a damaged file is compiled anew", arguments: ["cut", "changed", "emptied", "other"])
    func damaged(how: String) throws {
        let folder = try TemporaryFolder()
        let paths = try Self.lists(folder)
        let cache = GazetteerCache(folder: folder.path + "/cache")
        _ = try Self.load(paths, cache)
        let name = try #require(Self.files(folder.path + "/cache").first)
        let file = URL(filePath: folder.path + "/cache/" + name)
        var bytes = try Data(contentsOf: file)
        switch how {
        case "cut": bytes = bytes.prefix(bytes.count - 7)
        case "changed": bytes[bytes.count / 2] ^= 1
        case "emptied": bytes = Data()
        default: bytes = Data("something else altogether, and longer than any header is".utf8)
        }
        try bytes.write(to: file)
        let mended = try Self.load(paths, cache)
        #expect(mended.compiles == 1)
        #expect(mended.ids.first == "x")
        #expect(try Self.load(paths, cache).compiles == 0)
    }

    @Test("a folder that cannot be written costs only time")
    func unwritable() throws {
        let folder = try TemporaryFolder()
        let paths = try Self.lists(folder)
        try folder.write("a file", to: "taken")
        let cache = GazetteerCache(folder: folder.path + "/taken")
        for _ in 0..<2 { #expect(try Self.load(paths, cache).ids.first == "x") }
    }

    @Test("small lists leave no file")
    func small() throws {
        let folder = try TemporaryFolder()
        let paths = try Self.lists(folder)
        let cache = GazetteerCache(folder: folder.path + "/cache")
        #expect(try Self.load([paths[1]], cache).compiles == 1)
        #expect(Self.files(folder.path + "/cache").isEmpty)
    }

    @Test("many at once agree and leave whole files")
    func concurrent() throws {
        let folder = try TemporaryFolder()
        let paths = try Self.lists(folder)
        let cache = GazetteerCache(folder: folder.path + "/cache")
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            #expect((try? Self.load(paths, cache).ids.first) == "x")
        }
        #expect(Self.files(folder.path + "/cache").allSatisfy { $0.hasSuffix(".gazetteer") })
        #expect(try Self.load(paths, cache).compiles == 0)
    }

    @Test(
        "the folder is the user's own",
        arguments: [
            (["XDG_CACHE_HOME": "/x", "HOME": "/h"], "/x/etl"),
            (["XDG_CACHE_HOME": "relative", "HOME": "/h"], "/h/.cache/etl"),
            (["HOME": "/h"], "/h/.cache/etl"),
        ] as [([String: String], String)]
    )
    func place(environment: [String: String], folder: String) {
        #expect(GazetteerCache { environment[$0] }?.folder == folder)
    }

    @Test("without any environment there is a folder or none, and no crash")
    func noEnvironment() {
        #expect(GazetteerCache { _ in nil }?.folder.hasSuffix("/.cache/etl") ?? true)
    }
}
