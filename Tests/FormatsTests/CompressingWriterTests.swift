import CZlib
import Foundation
import Pipeline
import Testing

@testable import Formats

@Suite struct CompressingWriterTests {
    static let rows = (0..<40_000).map { #"{"id":"\#($0)","text":"خبر رقم \#($0 * 7919 % 10_007)"}"# + "\n" }.joined()

    /// The file that the writer makes of `bytes`, cut into calls of `pieceBytes`.
    private func pack(_ bytes: [UInt8], _ compression: Compression, pieceBytes: Int) throws -> [UInt8] {
        let writer = try #require(CompressingWriter(compression))
        var file: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: pieceBytes) {
            try writer.write(Array(bytes[start..<min(bytes.count, start + pieceBytes)])) { file += $0 }
        }
        try writer.finish { file += $0 }
        return file
    }

    private func unpack(_ bytes: [UInt8], _ compression: Compression) throws -> [UInt8] {
        let decompressor = try #require(Decompressor.make(compression))
        var rest = bytes[...]
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            if decompressor.needsInput, !rest.isEmpty {
                _ = decompressor.fill { target -> Int in
                    let count = min(target.count, rest.count)
                    target.copyBytes(from: rest.prefix(count))
                    rest = rest.dropFirst(count)
                    return count
                }
            }
            let count = buffer.withUnsafeMutableBytes { decompressor.decode(into: $0) }
            #expect(!decompressor.isDamaged)
            output += buffer[..<count]
            if count == 0, rest.isEmpty, decompressor.needsInput { break }
        }
        #expect(decompressor.isAtBoundary)
        return output
    }

    @Test(arguments: [Compression.gzip, .zstd])
    func givesBackWhatItGot(_ compression: Compression) throws {
        let bytes = Array(Self.rows.utf8)
        #expect(bytes.count > 1 << 20)
        let file = try pack(bytes, compression, pieceBytes: bytes.count)
        #expect(file.count < bytes.count / 3)
        #expect(try unpack(file, compression) == bytes)
    }

    @Test("the same bytes however the rows are cut into calls", arguments: [Compression.gzip, .zstd])
    func dependsOnTheRowsAlone(_ compression: Compression) throws {
        let bytes = Array(Self.rows.utf8)
        let whole = try pack(bytes, compression, pieceBytes: bytes.count)
        for pieceBytes in [997, 65_536, 1_048_577] {
            #expect(try pack(bytes, compression, pieceBytes: pieceBytes) == whole, "calls of \(pieceBytes)")
        }
    }

    @Test(arguments: [Compression.gzip, .zstd])
    func nothingIsAStreamToo(_ compression: Compression) throws {
        let file = try pack([], compression, pieceBytes: 1)
        #expect(!file.isEmpty)
        #expect(try unpack(file, compression) == [])
    }

    @Test func headerOfGzipHoldsNeitherTimeNorName() throws {
        let file = try pack([1, 2, 3], .gzip, pieceBytes: 3)
        #expect(Array(file[..<9]) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0])
    }

    @Test func nothingIsPackedWithoutASuffix() {
        #expect(CompressingWriter(.none) == nil)
    }
}
