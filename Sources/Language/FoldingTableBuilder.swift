/// Reads the runs of `FoldingTableText.swift` into the arrays of a ``FoldingTable``.
///
/// One run a line: the first scalar in hexadecimal, then
/// - `..LAST` alone: these letters stay as they are;
/// - `..LAST -`: these are dropped;
/// - `..LAST #`: the digits 0 to 9, again and again;
/// - `..LAST +N` or `-N`: each becomes the scalar that stands N further;
/// - ` A B C`: what this scalar and the following ones become; `=` itself, `-` dropped, `_` stands for a space.
/// A scalar that no line names is a separator.
struct FoldingTableBuilder {
    private(set) var short = [UInt16](repeating: FoldingTable.separator, count: 0x800)
    private(set) var pages: [UInt16] = []
    // Page 0 is all separators and shared by every page without a letter.
    private(set) var cells = [UInt16](repeating: FoldingTable.separator, count: 64)
    private(set) var expansions: [UInt8] = []
    private(set) var expansionEnds: [Int32] = [0]

    mutating func read(_ text: StaticString) {
        let bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        for line in bytes.split(separator: 0x0A) {
            var fields = line.split(separator: 0x20)[...]
            guard let range = fields.popFirst() else { continue }
            let bounds = range.split(separator: UInt8(ascii: "."))
            let first = Self.hexadecimal(bounds[0])
            if bounds.count > 1 {
                fill(first...Self.hexadecimal(bounds[1]), fields.first)
            } else {
                for (k, target) in fields.enumerated() { set(first + k, to: target) }
            }
        }
    }

    private mutating func fill(_ scalars: ClosedRange<Int>, _ rule: Slice<UnsafeBufferPointer<UInt8>>?) {
        guard let rule, let sign = rule.first else {
            for scalar in scalars { set(scalar, FoldingTable.itself) }
            return
        }
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

    private mutating func set(_ scalar: Int, to target: Slice<UnsafeBufferPointer<UInt8>>) {
        switch target.first {
        case UInt8(ascii: "=") where target.count == 1: set(scalar, FoldingTable.itself)
        case UInt8(ascii: "-") where target.count == 1: set(scalar, FoldingTable.dropped)
        default:
            let scalars = Array(String(decoding: target, as: UTF8.self).unicodeScalars)
            if scalars.count == 1, scalars[0] != "_" {
                setScalar(scalar, to: Int(scalars[0].value))
            } else {
                setExpansion(scalar, Array(target))
            }
        }
    }

    private mutating func setScalar(_ scalar: Int, to target: Int) {
        if target < 0x10000 {
            set(scalar, UInt16(target))
        } else if let target = Unicode.Scalar(UInt32(target)) {
            setExpansion(scalar, Array(String(Character(target)).utf8))
        }
    }

    private mutating func setExpansion(_ scalar: Int, _ bytes: [UInt8]) {
        set(scalar, 0xD800 + UInt16(expansionEnds.count - 1))
        expansions.append(contentsOf: bytes.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 })
        expansionEnds.append(Int32(expansions.count))
    }

    private mutating func set(_ scalar: Int, _ cell: UInt16) {
        let page = scalar >> 6
        while pages.count <= page { pages.append(0) }
        if pages[page] == 0 {
            pages[page] = UInt16(cells.count >> 6)
            cells.append(contentsOf: repeatElement(FoldingTable.separator, count: 64))
        }
        cells[Int(pages[page]) << 6 | scalar & 0x3F] = cell
        if scalar < 0x800 { short[scalar] = Self.shortCell(scalar, cell) }
    }

    /// Ready bytes where one or two do; the rest is looked up in the pages.
    private static func shortCell(_ scalar: Int, _ cell: UInt16) -> UInt16 {
        let target = cell == FoldingTable.itself ? scalar : Int(cell)
        if target <= 2 || target >= 0x800 { return cell == FoldingTable.separator ? cell : FoldingTable.dropped }
        return target < 0x80 ? UInt16(target) : UInt16(0xC0 | target >> 6) | UInt16(0x80 | target & 0x3F) << 8
    }

    private static func hexadecimal(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
        digits.reduce(0) { $0 << 4 | Int($1 & 0xF) + ($1 > 0x39 ? 9 : 0) }
    }
}
