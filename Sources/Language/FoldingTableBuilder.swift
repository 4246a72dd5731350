/// Reads the runs of `FoldingTableText.swift` into the arrays of a ``FoldingTable``.
///
/// One run a line, in order: the first scalar in hexadecimal, then
/// - `..LAST` alone: these letters stay as they are;
/// - `..LAST -`: these are dropped;
/// - `..LAST #`: the digits 0 to 9, again and again;
/// - `..LAST +N` or `-N`: each becomes the scalar that stands N further;
/// - ` A B C`: what this scalar and the following ones become; `=` itself, `-` dropped, `_` stands for a space.
/// A scalar that no line names is a separator.
struct FoldingTableBuilder {
    private(set) var short = [UInt32](repeating: Self.shortCell(0, FoldingTable.separator), count: 0x800)
    private(set) var pages = [UInt16](repeating: 0, count: 0x110000 >> 6)
    // Two pages are shared: 0 by all scalars without a letter, 1 by the blocks of letters that stay.
    private(set) var cells =
        [UInt16](repeating: FoldingTable.separator, count: 64) + [UInt16](repeating: FoldingTable.itself, count: 64)
    private(set) var expansions: [UInt8] = []
    private(set) var expansionEnds: [Int32] = [0]

    mutating func read(_ text: StaticString) {
        cells.reserveCapacity(64 * 1024)
        var cursor = Cursor(next: text.utf8Start, end: text.utf8Start + text.utf8CodeUnitCount)
        while !cursor.isAtEnd {
            var scalar = cursor.hexadecimal()
            if cursor.skip(UInt8(ascii: ".")), cursor.skip(UInt8(ascii: ".")) {
                let last = cursor.hexadecimal()
                fill(scalar...max(scalar, last), cursor.skip(0x20) ? cursor.token() : nil)
            } else {
                while cursor.skip(0x20) {
                    set(scalar, to: cursor.token())
                    scalar += 1
                }
            }
            if !cursor.skip(0x0A) { break }
        }
    }

    private mutating func fill(_ scalars: ClosedRange<Int>, _ rule: UnsafeBufferPointer<UInt8>?) {
        guard let rule, let sign = rule.first else { return keep(scalars) }
        if sign == UInt8(ascii: "#") {
            for scalar in scalars { set(scalar, UInt16(0x30 + (scalar - scalars.lowerBound) % 10)) }
        } else if rule.count == 1 {
            for scalar in scalars { set(scalar, FoldingTable.dropped) }
        } else {
            let distance = rule.dropFirst().reduce(0) { $0 * 10 + Int($1 & 0xF) }
            let shift = sign == UInt8(ascii: "-") ? -distance : distance
            for scalar in scalars { setScalar(scalar, to: scalar + shift) }
        }
    }

    private mutating func keep(_ scalars: ClosedRange<Int>) {
        var scalar = scalars.lowerBound
        while scalar <= scalars.upperBound {
            // The lines are in order, so nothing is written into a whole page later.
            if scalar & 0x3F == 0, scalar + 63 <= scalars.upperBound, scalar >= 0x800 {
                pages[scalar >> 6] = 1
                scalar += 64
            } else {
                set(scalar, FoldingTable.itself)
                scalar += 1
            }
        }
    }

    private mutating func set(_ scalar: Int, to token: UnsafeBufferPointer<UInt8>) {
        guard let first = token.first else { return }
        if token.count == 1, first == UInt8(ascii: "=") { return set(scalar, FoldingTable.itself) }
        if token.count == 1, first == UInt8(ascii: "-") { return set(scalar, FoldingTable.dropped) }
        var scalars = String(decoding: token, as: UTF8.self).unicodeScalars.makeIterator()
        if let target = scalars.next(), target != "_", scalars.next() == nil {
            setScalar(scalar, to: Int(target.value))
        } else {
            setExpansion(scalar, token)
        }
    }

    private mutating func setScalar(_ scalar: Int, to target: Int) {
        if target < 0x10000 { return set(scalar, UInt16(target)) }
        var text = Unicode.Scalar(UInt32(target)).map { String(Character($0)) } ?? ""
        text.withUTF8 { setExpansion(scalar, $0) }
    }

    private mutating func setExpansion(_ scalar: Int, _ bytes: UnsafeBufferPointer<UInt8>) {
        set(scalar, 0xD800 + UInt16(expansionEnds.count - 1))
        for byte in bytes { expansions.append(byte == UInt8(ascii: "_") ? 0x20 : byte) }
        expansionEnds.append(Int32(expansions.count))
    }

    private mutating func set(_ scalar: Int, _ cell: UInt16) {
        let page = scalar >> 6
        if pages[page] == 0 {
            pages[page] = UInt16(cells.count >> 6)
            cells.append(contentsOf: repeatElement(FoldingTable.separator, count: 64))
        }
        cells[Int(pages[page]) << 6 | scalar & 0x3F] = cell
        if scalar < 0x800 { short[scalar] = Self.shortCell(scalar, cell) }
    }

    /// Ready bytes where none, one or two do; the rest is looked up in the pages.
    private static func shortCell(_ scalar: Int, _ cell: UInt16) -> UInt32 {
        if cell == FoldingTable.separator { return 1 << 24 | 1 << 16 | 0x20 }
        if cell == FoldingTable.dropped { return 1 << 25 }
        let target = cell == FoldingTable.itself ? UInt32(scalar) : UInt32(cell)
        if target >= 0x800 { return FoldingTable.long }
        return target < 0x80 ? 1 << 16 | target : 2 << 16 | (0x80 | target & 0x3F) << 8 | 0xC0 | target >> 6
    }
}

private struct Cursor {
    var next: UnsafePointer<UInt8>
    let end: UnsafePointer<UInt8>

    var isAtEnd: Bool { next >= end }

    mutating func skip(_ byte: UInt8) -> Bool {
        guard next < end, next.pointee == byte else { return false }
        next += 1
        return true
    }

    mutating func hexadecimal() -> Int {
        var value = 0
        while next < end, next.pointee > 0x2F {
            value = value << 4 | Int(next.pointee & 0xF) + (next.pointee > 0x39 ? 9 : 0)
            next += 1
        }
        return value
    }

    /// The bytes up to the next space or the line's end.
    mutating func token() -> UnsafeBufferPointer<UInt8> {
        let start = next
        while next < end, next.pointee > 0x20 { next += 1 }
        return UnsafeBufferPointer(start: start, count: next - start)
    }
}
