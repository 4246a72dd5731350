import Dispatch
import Foundation
import Testing

@testable import Engine

@Suite struct OpenFilesTests {
    private let scratch: Scratch
    private let paths: [String]

    init() throws {
        let scratch = Scratch()
        self.scratch = scratch
        paths = try (0..<6).map { number in
            let path = scratch.path + "/\(number)"
            try Data([UInt8(number)]).write(to: URL(fileURLWithPath: path))
            return path
        }
    }

    private static func byte(_ path: String, _ files: OpenFiles) throws -> UInt8? {
        try files.with(path) { descriptor throws(RunError) in
            var byte: UInt8 = 255
            let count = try withUnsafeMutableBytes(of: &byte) { buffer throws(RunError) in
                try FileSystem.fill(buffer, from: descriptor, at: 0, path)
            }
            return count == 1 ? byte : nil
        }
    }

    @Test func noMoreAreOpenThanMayBe() throws {
        let files = OpenFiles(limit: 2)
        for number in [0, 1, 2, 0, 3, 3, 1, 5, 4, 0] {
            #expect(try Self.byte(paths[number], files) == UInt8(number))
            #expect(files.count <= 2)
        }
    }

    @Test func whatIsReadStaysOpen() throws {
        let files = OpenFiles(limit: 1)
        try files.with(paths[0]) { first throws(RunError) in
            for number in 1..<6 { #expect((try? Self.byte(paths[number], files)) == UInt8(number)) }
            #expect(FileSystem.size(first) == 1)
        }
        #expect(try Self.byte(paths[5], files) == 5)
        #expect(files.count <= 2)
    }

    @Test func readersOnAllCoresGetTheirBytes() {
        let (files, paths) = (OpenFiles(limit: 3), paths)
        DispatchQueue.concurrentPerform(iterations: 600) { turn in
            #expect((try? Self.byte(paths[turn % 6], files)) == UInt8(turn % 6))
        }
        #expect(files.count <= 6)
    }

    @Test func aMissingFileIsTheStatesFault() {
        #expect(throws: RunError.self) { try Self.byte(scratch.path + "/none", OpenFiles()) }
    }
}
