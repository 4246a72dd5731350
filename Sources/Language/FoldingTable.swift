/// What each Unicode scalar folds to, unpacked once from the text of `FoldingTableText.swift`.
///
/// Two-level: the scalar without its last six bits gives a page, these six bits the cell. Scalars under U+0800,
/// which are all of Arabic, Latin, Greek and Cyrillic news, have a flat table of ready bytes beside it.
struct FoldingTable: @unchecked Sendable {
    // Cells of the pages; what is greater is a scalar of the basic plane, or in the room of the surrogates the
    // number of an expansion.
    static let separator: UInt16 = 0
    static let dropped: UInt16 = 1
    static let itself: UInt16 = 2
    private static let firstExpansion: UInt16 = 0xD800

    /// A cell of `short` whose scalar has to be looked up in the pages.
    static let long = UInt32.max

    /// No scalar folds to more bytes than this (U+FDFA, a whole sentence, to 33).
    static let maxExpansion = 40

    static let shared = FoldingTable(FoldingTableText.runs)

    // The table lives as long as the process and is never written again: pointers save the loop the closures.
    /// For each scalar under U+0800 the bytes in the lower half, from bit 16 how many they are, bit 24 for a
    /// separator, bit 25 for what is dropped.
    let short: UnsafePointer<UInt32>
    private let pages: UnsafePointer<UInt16>
    private let pageCount: Int
    private let cells: UnsafePointer<UInt16>
    private let expansions: UnsafePointer<UInt8>
    private let expansionEnds: UnsafePointer<Int32>

    private init(_ runs: StaticString) {
        var builder = FoldingTableBuilder()
        builder.read(runs)
        short = Self.keep(builder.short)
        pages = Self.keep(builder.pages)
        pageCount = builder.pages.count
        cells = Self.keep(builder.cells)
        expansions = Self.keep(builder.expansions)
        expansionEnds = Self.keep(builder.expansionEnds)
    }

    private static func keep<Element>(_ array: [Element]) -> UnsafePointer<Element> {
        let copy = UnsafeMutableBufferPointer<Element>.allocate(capacity: max(1, array.count))
        _ = copy.initialize(from: array)
        return UnsafePointer(copy.baseAddress ?? UnsafeMutablePointer.allocate(capacity: 1))
    }

    /// Writes what `scalar` folds to; `target` has room for ``maxExpansion`` more bytes.
    func append(
        _ scalar: Int,
        to target: UnsafeMutablePointer<UInt8>,
        at o: inout Int,
        isAfterSpace: inout Int
    ) {
        if scalar >= 0xAC00, scalar < 0xAC00 + 11_172 {
            return Self.appendHangul(scalar - 0xAC00, to: target, at: &o, isAfterSpace: &isAfterSpace)
        }
        let page = scalar >> 6
        let cell = page < pageCount ? cells[Int(pages[page]) << 6 | scalar & 0x3F] : Self.separator
        switch cell {
        case Self.separator:
            target[o] = 0x20
            o += 1 - isAfterSpace
            isAfterSpace = 1
        case Self.dropped:
            break
        case Self.itself:
            Self.encode(scalar, to: target, at: &o)
            isAfterSpace = 0
        case Self.firstExpansion..<0xE000:
            let number = Int(cell - Self.firstExpansion)
            for k in Int(expansionEnds[number])..<Int(expansionEnds[number + 1]) {
                let isSpace = expansions[k] == 0x20 ? 1 : 0
                target[o] = expansions[k]
                o += 1 - isSpace & isAfterSpace
                isAfterSpace = isSpace
            }
        default:
            Self.encode(Int(cell), to: target, at: &o)
            isAfterSpace = 0
        }
    }

    /// A Hangul syllable by its letters (The Unicode Standard, section 3.12).
    private static func appendHangul(
        _ index: Int,
        to target: UnsafeMutablePointer<UInt8>,
        at o: inout Int,
        isAfterSpace: inout Int
    ) {
        encode(0x1100 + index / 588, to: target, at: &o)
        encode(0x1161 + index % 588 / 28, to: target, at: &o)
        if index % 28 > 0 { encode(0x11A7 + index % 28, to: target, at: &o) }
        isAfterSpace = 0
    }

    private static func encode(_ scalar: Int, to target: UnsafeMutablePointer<UInt8>, at o: inout Int) {
        if scalar < 0x80 {
            target[o] = UInt8(scalar)
            o += 1
        } else if scalar < 0x800 {
            target[o] = UInt8(0xC0 | scalar >> 6)
            target[o + 1] = UInt8(0x80 | scalar & 0x3F)
            o += 2
        } else if scalar < 0x10000 {
            target[o] = UInt8(0xE0 | scalar >> 12)
            target[o + 1] = UInt8(0x80 | scalar >> 6 & 0x3F)
            target[o + 2] = UInt8(0x80 | scalar & 0x3F)
            o += 3
        } else {
            target[o] = UInt8(0xF0 | scalar >> 18)
            target[o + 1] = UInt8(0x80 | scalar >> 12 & 0x3F)
            target[o + 2] = UInt8(0x80 | scalar >> 6 & 0x3F)
            target[o + 3] = UInt8(0x80 | scalar & 0x3F)
            o += 4
        }
    }
}
