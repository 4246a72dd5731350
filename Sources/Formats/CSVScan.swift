/// Finds where one row of CSV ends; goes on where it stopped when more bytes have come.
struct CSVScan {
    private enum State {
        case fieldStart, bare, quoted
        /// Behind a quote inside quotes: it closes the field or escapes the quote that follows.
        case quoteInQuotes
    }

    struct Row {
        /// Behind the last byte of the row, its line end left out.
        var end: Int
        /// Where the next row starts.
        var next: Int
        var fields: Int
        /// Where the row's second line starts; nil when it stands on one line.
        var secondLine: Int?
        /// A quote is not closed, or something stands between it and the end of its field.
        var isMalformed: Bool
    }

    let start: Int
    private let delimiter: UInt8
    private let maxFields: Int
    private(set) var position: Int
    private var state = State.fieldStart
    private var fields = 1
    private(set) var secondLine: Int?

    /// - Parameter maxFields: a row of several lines with more fields is given up at once: going on to its end would be
    ///   done again for each of its lines.
    init(start: Int, delimiter: UInt8, maxFields: Int = .max) {
        self.start = start
        self.delimiter = delimiter
        self.maxFields = maxFields
        position = start
    }

    /// The row, or nil when more bytes are needed (at the end of the input: when there is no row).
    mutating func row(in bytes: UnsafeBufferPointer<UInt8>, isAtEnd: Bool) -> Row? {
        while position < bytes.count {
            let byte = bytes[position]
            // Whether a line feed follows has to be known: CR LF is one line end.
            if byte == 0x0D, position + 1 == bytes.count, !isAtEnd { return nil }
            switch state {
            case .quoted:
                if byte == 0x22 {
                    state = .quoteInQuotes
                } else if byte == 0x0A || byte == 0x0D, secondLine == nil {
                    secondLine = position + lineEndWidth(bytes)
                }
            case .quoteInQuotes where byte == 0x22: state = .quoted
            case .fieldStart where byte == 0x22: state = .quoted
            case _ where byte == delimiter:
                fields += 1
                state = .fieldStart
                if secondLine != nil, fields > maxFields {
                    return row(end: position, next: position, isMalformed: true)
                }
            case _ where byte == 0x0A || byte == 0x0D:
                return row(end: position, next: position + lineEndWidth(bytes), isMalformed: false)
            case .quoteInQuotes where secondLine != nil:
                // RFC 4180 has nothing between a closing quote and the delimiter: this one opens another field.
                return row(end: position, next: position, isMalformed: true)
            default: state = .bare
            }
            position += 1
        }
        guard isAtEnd, position > start else { return nil }
        return row(end: position, next: position, isMalformed: state == .quoted)
    }

    private func row(end: Int, next: Int, isMalformed: Bool) -> Row {
        Row(end: end, next: next, fields: fields, secondLine: secondLine, isMalformed: isMalformed)
    }

    private func lineEndWidth(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        bytes[position] == 0x0D && position + 1 < bytes.count && bytes[position + 1] == 0x0A ? 2 : 1
    }
}
