import Testing

@testable import Engine

@Suite struct ByteCodingTests {
    private func decoding<Value>(_ bytes: [UInt8], _ body: (inout ByteDecoder) throws -> Value) rethrows -> Value {
        try bytes.withUnsafeBytes { buffer in
            var decoder = ByteDecoder(buffer)
            return try body(&decoder)
        }
    }

    @Test(arguments: [0, 1, -1, 63, 64, -64, -65, 16_383, 1 << 40, Int.max, Int.min])
    func numbersComeBack(number: Int) throws {
        var encoder = ByteEncoder()
        encoder.put(number)
        encoder.put(7)
        let pair = try decoding(encoder.bytes) { (try $0.number(), try $0.number()) }
        #expect(pair == (number, 7))
        if (-64..<64).contains(number) { #expect(encoder.bytes.count == 2) }
    }

    @Test func valuesComeBack() throws {
        var encoder = ByteEncoder()
        encoder.put("e\u{301}\u{0}خبر")
        encoder.put(String?.none)
        encoder.put("" as String?)
        encoder.put(word: .max)
        encoder.put(["b": 2, "a": 1])
        encoder.put([3, 4]) { $0.put($1) }
        try encoder.bytes.withUnsafeBytes { buffer in
            var decoder = ByteDecoder(buffer)
            let text = try decoder.text()
            #expect(Array(text.utf8) == Array("e\u{301}\u{0}خبر".utf8))
            let (none, empty) = (try decoder.optionalText(), try decoder.optionalText())
            #expect(none == nil)
            #expect(empty == "")
            let (word, counts) = (try decoder.word(), try decoder.counts())
            #expect(word == .max)
            #expect(counts == ["a": 1, "b": 2])
            let list = try decoder.list { (d: inout ByteDecoder) throws(ByteDecoder.Malformed) in try d.number() }
            #expect(list == [3, 4])
            #expect(decoder.isAtEnd)
        }
    }

    @Test(arguments: [
        [], [0x80], [UInt8](repeating: 0xFF, count: 12), [0x04, 0x41], [0xFE, 0xFF, 0xFF, 0xFF, 0x0F, 0x41],
        [0x01, 0x41],
    ])
    func whatIsNoTextIsMalformed(bytes: [UInt8]) {
        #expect(throws: ByteDecoder.Malformed.self) { try decoding(bytes) { try $0.text() } }
        #expect(throws: ByteDecoder.Malformed.self) {
            try decoding(bytes) { decoder in
                _ = try decoder.list { (d: inout ByteDecoder) throws(ByteDecoder.Malformed) in try d.text() }
                _ = try decoder.word()
            }
        }
    }
}
