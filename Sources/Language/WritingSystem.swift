/// The scripts that tell languages apart, by number so that letters are counted in an array.
enum WritingSystem {
    static let count = 25
    static let latin = 0
    static let arabic = 1
    static let cyrillic = 2
    static let han = 3
    static let kana = 4

    private struct Block {
        let scalars: ClosedRange<UInt32>
        let system: Int
    }

    // Source: Unicode's Blocks.txt; only the blocks that running text uses.
    private static let blocks: [Block] = [
        (0x00AA, 0x02AF, latin), (0x0370, 0x03FF, 5), (0x0400, 0x052F, cyrillic), (0x0531, 0x058F, 6),
        (0x05D0, 0x05F4, 7), (0x0620, 0x06FF, arabic), (0x0750, 0x077F, arabic), (0x0780, 0x07B1, 8),
        (0x08A0, 0x08C9, arabic), (0x0904, 0x0939, 9), (0x0985, 0x09B9, 10), (0x0A05, 0x0A39, 11),
        (0x0A85, 0x0AB9, 12), (0x0B05, 0x0B39, 13), (0x0B85, 0x0BB9, 14), (0x0C05, 0x0C39, 15),
        (0x0C85, 0x0CB9, 16), (0x0D05, 0x0D3A, 17), (0x0D85, 0x0DC6, 18), (0x0E01, 0x0E30, 19),
        (0x0E81, 0x0EB0, 20), (0x1000, 0x102A, 21), (0x10A0, 0x10FF, 22), (0x1100, 0x11FF, 23),
        (0x1200, 0x137F, 24), (0x1E00, 0x1EFF, latin), (0x1F00, 0x1FFF, 5), (0x3041, 0x30FF, kana),
        (0x3400, 0x9FFF, han), (0xAC00, 0xD7A3, 23), (0xFB50, 0xFDFF, arabic), (0xFE70, 0xFEFC, arabic),
        (0x20000, 0x323AF, han),
    ].map { Block(scalars: $0.0...$0.1, system: $0.2) }

    /// What the system is written for in news where it has one language, by number.
    private static let languages: [String?] = [
        nil, nil, nil, "zh", "ja", "el", "hy", "he", "dv", "hi", "bn", "pa", "gu", "or", "ta", "te", "kn", "ml", "si",
        "th", "lo", "my", "ka", "ko", "am",
    ]

    static func of(_ scalar: UInt32) -> Int? {
        if scalar >= 0x620, scalar < 0x700 { return scalar < 0x64B || scalar > 0x669 ? arabic : nil }
        if scalar < 0x2B0 { return scalar >= 0xAA && scalar != 0xAB && scalar != 0xBB ? latin : nil }
        var (low, high) = (0, blocks.count)
        while low < high {
            let middle = (low + high) / 2
            if blocks[middle].scalars.upperBound < scalar { low = middle + 1 } else { high = middle }
        }
        return low < blocks.count && blocks[low].scalars.contains(scalar) ? blocks[low].system : nil
    }

    /// Whether one letter stands for a syllable or a word.
    static func isDense(_ system: Int) -> Bool { system == han || system == kana || languages[system] == "ko" }

    /// The language of a system that has only one; Chinese with a fair share of kana is Japanese.
    static func onlyLanguage(_ system: Int, kana kanaLetters: Int32) -> String? {
        system == han && kanaLetters >= 8 ? "ja" : languages[system]
    }
}
