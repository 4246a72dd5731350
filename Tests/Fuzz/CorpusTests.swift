import Foundation
import FuzzTargets
import Testing

/// The inputs that fuzzing kept, and some thousand simple changes of them: the same ones in every run.
@Suite(.serialized) struct CorpusTests {
    @Test(arguments: FuzzTarget.allCases)
    func corpus(of target: FuzzTarget) throws {
        let inputs = try Self.inputs(of: target)
        #expect(!inputs.isEmpty)
        for (name, bytes) in inputs {
            let problem = bytes.withUnsafeBytes { target.run($0) }
            #expect(problem == nil, "\(target.rawValue)/\(name)")
        }
    }

    @Test(arguments: FuzzTarget.allCases)
    func changes(of target: FuzzTarget) throws {
        var changes = Changes(seed: 0x9E37_79B9_7F4A_7C15)
        let inputs = try Self.inputs(of: target).map(\.bytes)
        for round in 0..<1000 {
            let bytes = changes.change(inputs[round % inputs.count], with: inputs[(round * 7 + 1) % inputs.count])
            let problem = bytes.withUnsafeBytes { target.run($0) }
            if let problem { Issue.record("\(problem): \(Data(bytes).base64EncodedString())") }
        }
    }

    private static func inputs(of target: FuzzTarget) throws -> [(name: String, bytes: [UInt8])] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus/\(target.rawValue)")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return try files.sorted { $0.path < $1.path }.map { ($0.lastPathComponent, Array(try Data(contentsOf: $0))) }
    }
}

/// Random changes as a fuzzer makes them, reproducible from a seed.
private struct Changes {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// xorshift64* (Vigna, "An experimental exploration of Marsaglia's xorshift generators", 2016).
    private mutating func random(below limit: Int) -> Int {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return Int((state &* 0x2545_F491_4F6C_DD1D) >> 33) % max(1, limit)
    }

    private static let marks: [[UInt8]] = [
        [0], [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF], [0xE2, 0x80, 0xAE], Array("\r\n".utf8),
        Array("\"".utf8), Array("{[".utf8), Array("\\u".utf8), Array("<!--".utf8), Array("]]>".utf8),
        Array("9223372036854775808".utf8), Array("1e400".utf8), Array("لل".utf8), [0xD9],
    ]

    mutating func change(_ bytes: [UInt8], with other: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...random(below: 4) {
            let place = random(below: bytes.count)
            switch random(below: 6) {
            case 0 where !bytes.isEmpty: bytes[place] = UInt8(random(below: 256))
            case 1 where !bytes.isEmpty: bytes.remove(at: place)
            case 2: bytes.insert(contentsOf: Self.marks[random(below: Self.marks.count)], at: place)
            case 3: bytes.removeLast(bytes.count - place)
            case 4:
                let end = min(bytes.count, place + random(below: 64))
                bytes.insert(contentsOf: bytes[place..<end], at: place)
            default: bytes.insert(contentsOf: other.suffix(random(below: other.count)), at: place)
            }
        }
        return bytes
    }
}
