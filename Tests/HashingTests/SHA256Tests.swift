import Hashing
import Testing

struct SHA256Tests {
    @Test(
        "the examples of FIPS 180-4 and its appendices",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ]
    )
    func known(text: String, hex: String) {
        #expect(SHA256.hash(Array(text.utf8)).hex == hex)
    }

    @Test("a million letters a")
    func long() {
        let digest = SHA256.hash([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
        #expect(digest.hex == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test("pieces hash as the whole does", arguments: [1, 3, 63, 64, 65, 1000])
    func pieces(size: Int) {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var hash = SHA256()
        bytes.withUnsafeBytes { whole in
            for start in stride(from: 0, to: whole.count, by: size) {
                hash.update(UnsafeRawBufferPointer(rebasing: whole[start..<min(start + size, whole.count)]))
            }
        }
        #expect(hash.finish() == SHA256.hash(bytes))
    }

    @Test("digests are equal by all their bytes and give them in order")
    func digests() {
        let a = SHA256.hash([1])
        #expect(a == SHA256.hash([1]))
        #expect(a != SHA256.hash([2]))
        #expect(Set([a, SHA256.hash([1]), SHA256.hash([2])]).count == 2)
        #expect(a.withBytes { $0.prefix(2).map { String($0, radix: 16) }.joined() } == String(a.hex.prefix(4)))
        #expect(a.description == a.hex)
    }
}
