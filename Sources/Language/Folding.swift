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
        while true {
            runShort(source, target, table.short)
            if read == input.count { break }
            guard written + remaining + FoldingTable.maxExpansion < output.count else { return false }
            let (scalar, length) = Self.decode(source + read, remaining)
            table.append(scalar, to: target, at: &written, isAfterSpace: &isAfterSpace)
            read += length
        }
        written -= written > 0 ? isAfterSpace : 0
        return true
    }

    /// Folds up to the next scalar that is not in the short table. Letters of two bytes and spaces of one
    /// alternate every few steps, so it has no branch on either: that is worth half the time.
    private mutating func runShort(
        _ source: UnsafePointer<UInt8>,
        _ target: UnsafeMutablePointer<UInt8>,
        _ short: UnsafePointer<UInt32>
    ) {
        let end = input.count &- 1
        var (i, o, afterSpace) = (read, written, UInt32(isAfterSpace))
        while i < end {
            let (first, second) = (source[i], source[i &+ 1])
            let isTwo = first &- 0xC2 < 0x1E
            if first >= 0x80, !isTwo || second & 0xC0 != 0x80 { break }
            let scalar = isTwo ? Int(first & 0x1F) &<< 6 | Int(second & 0x3F) : Int(first)
            let cell = short[scalar]
            if cell == FoldingTable.long { break }
            target[o] = UInt8(truncatingIfNeeded: cell)
            target[o &+ 1] = UInt8(truncatingIfNeeded: cell &>> 8)
            let isSpace = cell &>> 24 & 1
            o &+= Int(cell &>> 16 & 3 &- isSpace & afterSpace)
            afterSpace = isSpace | cell &>> 25 & afterSpace
            i &+= isTwo ? 2 : 1
        }
        (read, written, isAfterSpace) = (i, o, Int(afterSpace))
    }

    /// One sequence (RFC 3629, section 4); a byte that belongs to none is one separator.
    private static func decode(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> (scalar: Int, length: Int) {
        let separator = (scalar: 0x20, length: 1)
        let first = bytes[0]
        if first < 0x80 { return (Int(first), 1) }
        let length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0
        guard length > 0, count >= length else { return separator }
        var scalar = Int(first) & 0x7F >> length
        for k in 1..<length {
            guard bytes[k] & 0xC0 == 0x80 else { return separator }
            scalar = scalar << 6 | Int(bytes[k] & 0x3F)
        }
        let isAllowed =
            length == 2 || length == 3 && scalar >= 0x800 && scalar & 0x1F_F800 != 0xD800
            || length == 4 && scalar >= 0x10000 && scalar < 0x110000
        return isAllowed ? (scalar, length) : separator
    }
}

extension [UInt8] {
    fileprivate mutating func grow(to size: Int) {
        if count < size { append(contentsOf: repeatElement(0, count: size - count)) }
    }
}
