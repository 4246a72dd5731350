/// The fields of one row of CSV.
enum CSVRow {
    struct InvalidUTF8: Error {
        /// Byte of the row at which the field starts that is no UTF-8.
        let offset: Int
    }

    static func fields(_ row: UnsafeBufferPointer<UInt8>, delimiter: UInt8) throws(InvalidUTF8) -> [String] {
        var fields: [String] = []
        var i = 0
        var field: [UInt8] = []
        while true {
            let start = i
            field.removeAll(keepingCapacity: true)
            if i < row.count, row[i] == 0x22 {
                i += 1
                while i < row.count {
                    if row[i] == 0x22 {
                        i += 1
                        guard i < row.count, row[i] == 0x22 else { break }
                    }
                    field.append(row[i])
                    i += 1
                }
            }
            let bare = i
            while i < row.count, row[i] != delimiter { i += 1 }
            field.append(contentsOf: row[bare..<i])
            guard let string = String(validating: field, as: UTF8.self) else { throw InvalidUTF8(offset: start) }
            fields.append(string)
            if i >= row.count { return fields }
            i += 1
        }
    }
}
