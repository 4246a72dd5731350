import CUchardet

/// What the bytes beyond ASCII look like, for texts that are not UTF-8.
struct HighByteSample {
    /// How often each byte stands in the sample.
    private var counts = [Int](repeating: 0, count: 256)
    private(set) var high = 0
    /// High bytes that stand in runs of three or more.
    private var inLongRuns = 0
    /// «ال» in windows-1256 and in ISO-8859-6.
    private var articles1256 = 0
    private var articles8859 = 0

    var longRunShare: Double { high == 0 ? 0 : Double(inLongRuns) / Double(high) }

    init(_ bytes: UnsafeRawBufferPointer) {
        var run = 0
        for i in 0..<min(bytes.count, 1 << 18) {
            let byte = bytes[i]
            guard byte >= 0x80 else {
                if run >= 3 { inLongRuns += run }
                run = 0
                continue
            }
            counts[Int(byte)] += 1
            high += 1
            run += 1
            if byte == 0xE1, i > 0, bytes[i - 1] == 0xC7 { articles1256 += 1 }
            if byte == 0xE4, i > 0, bytes[i - 1] == 0xC7 { articles8859 += 1 }
        }
        if run >= 3 { inLongRuns += run }
    }

    /// False when a declared encoding has no character for more than a few of the bytes, or when the text is plainly
    /// Arabic and the declaration is of Western Europe: servers send their default, whatever the page is.
    func allows(_ encoding: String) -> Bool {
        if encoding == "windows-1252", looksArabic { return false }
        guard encoding == "iso-8859-6" else { return true }
        let holes = counts[0x80...0xA3].reduce(0, +) + counts[0xF3...0xFF].reduce(0, +) + counts[0xC0]
        return holes * 20 <= high && articles8859 >= articles1256
    }

    private var looksArabic: Bool {
        longRunShare > 0.6 && (articles1256 * 60 > high || articles8859 * 60 > high)
    }

    func guess(_ bytes: UnsafeRawBufferPointer) -> String? {
        if looksArabic { return articles1256 >= articles8859 ? "windows-1256" : "iso-8859-6" }
        guard high > 0, let detector = uchardet_new() else { return nil }
        defer { uchardet_delete(detector) }
        let size = min(bytes.count, 1 << 18)
        guard let base = bytes.baseAddress,
            uchardet_handle_data(detector, base.assumingMemoryBound(to: CChar.self), size) == 0
        else { return nil }
        uchardet_data_end(detector)
        let name = String(cString: uchardet_get_charset(detector))
        guard let canonical = EncodingName.canonical(name), canonical != "utf-8" else { return nil }
        return canonical
    }
}
