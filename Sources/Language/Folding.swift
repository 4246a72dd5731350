/// The folded text by which `etl` compares texts: what a reader takes for the same words has the same bytes.
///
/// Compatibility forms (ligatures, presentation forms, full width), case, marks (tashkeel, accents), tatweel,
/// zero-width and bidi characters are levelled; forms of alef, yeh, teh marbuta and kaf become one letter each;
/// the digits of every script become ASCII; whatever is neither letter nor digit becomes one space between words.
/// The result has no space at either end and folding it again changes nothing.
///
/// Use it for keys and comparisons, never for a text that somebody reads. Cost: about 1 µs a kB of Arabic; the
/// table is built at the first use in a fraction of a millisecond.
public enum Folding {
    /// Rises whenever a text may fold differently than before: keys of different versions are not comparable.
    public static let version = 1

    /// The folded UTF-8 of `text`.
    public static func fold(_ text: String) -> [UInt8] {
        var text = text
        var output: [UInt8] = []
        text.withUTF8 { fold($0, into: &output) }
        return output
    }

    /// Replaces the contents of `output` by the folded bytes of `utf8`; its storage is reused.
    ///
    /// A byte that is no part of well-formed UTF-8 counts as a space.
    public static func fold(_ utf8: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) {
        var folder = Folder(input: utf8, slack: 256)
        while true {
            output.grow(to: folder.written + folder.remaining + folder.slack)
            let isComplete = output.withUnsafeMutableBufferPointer { folder.run(into: $0) }
            if isComplete { break }
            folder.slack = output.count
        }
        output.removeLast(output.count - folder.written)
    }
}

/// One pass over a text; it stops for more room instead of checking the room at every byte.
private struct Folder {
    let input: UnsafeBufferPointer<UInt8>
    /// Bytes of room beyond one for each byte of input left: what the expansions may use up.
    var slack: Int
    var read = 0
    var written = 0
    /// 1 while a space would stand at the beginning or after another one.
    private var isAfterSpace = 1

    init(input: UnsafeBufferPointer<UInt8>, slack: Int) {
        self.input = input
        self.slack = slack
    }

    var remaining: Int { input.count - read }

    /// Folds on from where it stopped; false when it needs more room.
    mutating func run(into output: UnsafeMutableBufferPointer<UInt8>) -> Bool {
        guard let source = input.baseAddress, let target = output.baseAddress else { return true }
        let table = FoldingTable.shared
        let short = table.short
        var (i, o, afterSpace) = (read, written, isAfterSpace)
        defer { (read, written, isAfterSpace) = (i, o, afterSpace) }
        let end = input.count
        while i < end {
            let byte = source[i]
            var scalar = Int(byte)
            var length = 1
            if byte >= 0x80 {
                if byte < 0xE0, byte >= 0xC2, i + 1 < end, source[i + 1] & 0xC0 == 0x80 {
                    scalar = Int(byte & 0x1F) << 6 | Int(source[i + 1] & 0x3F)
                    length = 2
                } else {
                    (scalar, length) = Self.decodeLong(source + i, end - i)
                }
            }
            if scalar < 0x800 {
                let cell = short[scalar]
                if cell > FoldingTable.special {
                    target[o] = UInt8(truncatingIfNeeded: cell)
                    target[o + 1] = UInt8(truncatingIfNeeded: cell >> 8)
                    o += cell > 0xFF ? 2 : 1
                    afterSpace = 0
                    i += length
                    continue
                }
                if cell == FoldingTable.separator {
                    target[o] = 0x20
                    o += 1 - afterSpace
                    afterSpace = 1
                    i += length
                    continue
                }
            }
            let limit = o + (end - i) + FoldingTable.maxExpansion
            guard limit < output.count else { return false }
            table.append(scalar, to: target, at: &o, isAfterSpace: &afterSpace)
            i += length
        }
        o -= o > 0 ? afterSpace : 0
        return true
    }

    /// A sequence of three or four bytes (RFC 3629, section 4); any other byte is one separator.
    private static func decodeLong(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> (scalar: Int, length: Int) {
        let separator = (scalar: 0x20, length: 1)
        let isFour = bytes[0] >= 0xF0
        guard bytes[0] >= 0xE0, bytes[0] < 0xF5, count >= (isFour ? 4 : 3),
            bytes[1] & 0xC0 == 0x80, bytes[2] & 0xC0 == 0x80
        else { return separator }
        let three = Int(bytes[0] & 0x0F) << 12 | Int(bytes[1] & 0x3F) << 6 | Int(bytes[2] & 0x3F)
        if !isFour { return three >= 0x800 && three & 0xF800 != 0xD800 ? (three, 3) : separator }
        guard bytes[3] & 0xC0 == 0x80 else { return separator }
        let four = (three & 0x7FFF) << 6 | Int(bytes[3] & 0x3F)
        return four >= 0x10000 && four < 0x110000 ? (four, 4) : separator
    }
}

extension [UInt8] {
    fileprivate mutating func grow(to size: Int) {
        if count < size { append(contentsOf: repeatElement(0, count: size - count)) }
    }
}
