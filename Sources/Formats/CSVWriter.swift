/// Writes rows of RFC 4180: comma, double quotes where they are needed, CR LF.
public struct CSVWriter {
    public private(set) var bytes: [UInt8] = []
    /// For Excel, which guesses: a cell that it would take for a formula starts with an apostrophe.
    private let guardsFormulas: Bool
    /// Cells of the row that is written, and where it starts.
    private var cells = 0
    private var rowStart = 0

    public init(guardsFormulas: Bool = false) {
        self.guardsFormulas = guardsFormulas
    }

    /// Writes behind what `bytes` holds, without a copy: it is empty until ``give(back:)``.
    public init(appendingTo bytes: inout [UInt8], guardsFormulas: Bool) {
        self.guardsFormulas = guardsFormulas
        swap(&self.bytes, &bytes)
        rowStart = self.bytes.count
    }

    public mutating func give(back bytes: inout [UInt8]) {
        swap(&self.bytes, &bytes)
    }

    public mutating func cell(_ text: String?) {
        separate()
        guard var text, !text.isEmpty else { return }
        if guardsFormulas, Self.looksLikeFormula(text) { text = "'" + text }
        text.withUTF8 { cell in
            guard cell.contains(where: Self.needsQuotes) || cell.first == 0x20 || cell.last == 0x20 else {
                bytes.append(contentsOf: cell)
                return
            }
            bytes.append(0x22)
            for byte in cell {
                if byte == 0x22 { bytes.append(0x22) }
                bytes.append(byte)
            }
            bytes.append(0x22)
        }
    }

    public mutating func cell(_ number: Int?) {
        separate()
        if let number { bytes.append(contentsOf: String(number).utf8) }
    }

    public mutating func endRow() {
        // A row of one empty cell would be a blank line, which is no row.
        if cells == 1, bytes.count == rowStart { bytes.append(contentsOf: [0x22, 0x22]) }
        bytes.append(contentsOf: [0x0D, 0x0A])
        cells = 0
        rowStart = bytes.count
    }

    private mutating func separate() {
        if cells > 0 { bytes.append(UInt8(ascii: ",")) }
        cells += 1
    }

    private static func needsQuotes(_ byte: UInt8) -> Bool {
        byte == 0x22 || byte == UInt8(ascii: ",") || byte == 0x0A || byte == 0x0D
    }

    /// A first character by which spreadsheets start a formula (OWASP, "CSV Injection"); a number is none.
    static func looksLikeFormula(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first else { return false }
        switch first {
        case "=", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": return true
        case "+", "-": return Double(text) == nil
        default: return false
        }
    }
}
