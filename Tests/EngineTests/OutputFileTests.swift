import Hashing
import Testing

@testable import Engine

@Suite struct OutputFileTests {
    private let scratch = Scratch()

    @Test(arguments: [1, 1000, OutputFile.bufferBytes - 1, OutputFile.bufferBytes, 3 * OutputFile.bufferBytes + 5])
    func whatIsWrittenIsWhatIsHashed(size: Int) throws {
        let file = try OutputFile(name: "a", in: Folder(scratch.path))
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
        try file.write(Array(bytes.prefix(size / 2)), rows: 1)
        try file.write(Array(bytes.dropFirst(size / 2)), rows: 2)
        let summary = try file.finish()
        #expect(FileSystem.contents(scratch.path + "/a") == bytes)
        #expect(summary.sha256 == SHA256.hash(bytes))
        #expect(summary.bytes == size)
        #expect(summary.rows == 3)
    }

    @Test func anEmptyFileIsAFile() throws {
        let summary = try OutputFile(name: "a", in: Folder(scratch.path)).finish()
        #expect(summary.bytes == 0)
        #expect(FileSystem.contents(scratch.path + "/a") == [])
    }
}
