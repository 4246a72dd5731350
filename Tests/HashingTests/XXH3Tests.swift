import Hashing
import Testing

struct XXH3Tests {
    // State on disk holds these values: they must be the same on every platform, for every length class of the algorithm.
    @Test(
        "values never change",
        arguments: [
            (0, 0x2D06_8005_38D3_94C2), (1, 0xC44B_DFF4_074E_ECDB), (6, 0x27B5_6A84_CD2D_7325),
            (12, 0xA713_DAF0_DFBB_77E7),
            (24, 0xA3FE_70BF_9D35_10EB), (48, 0x397D_A259_ECBA_1F11), (80, 0xBCDE_FBBB_2C47_C90A),
            (195, 0xCD94_217E_E362_EC3A),
            (403, 0xCDEB_804D_65C6_DEA4), (2048, 0xDD59_E2C3_A5F0_38E0),
        ] as [(Int, UInt64)]
    )
    func known(length: Int, hash: UInt64) {
        // The test bytes of the reference implementation's sanity check.
        var generator: UInt64 = 2_654_435_761
        let bytes = (0..<length).map { _ in
            let byte = UInt8(truncatingIfNeeded: generator >> 56)
            generator = generator &* 11_400_714_785_074_694_797
            return byte
        }
        #expect(bytes.withUnsafeBytes(XXH3.hash64) == hash)
    }

    @Test("a string hashes as its UTF-8")
    func strings() {
        for text in ["", "ليبيا", "a longer text than fits into a small string"] {
            #expect(XXH3.hash64(text) == Array(text.utf8).withUnsafeBytes(XXH3.hash64))
        }
    }
}
