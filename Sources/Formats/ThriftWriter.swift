/// Writes structures in Thrift's compact protocol (apache/thrift, doc/specs/thrift-compact-protocol.md), as far as the
/// metadata of Parquet need it.
struct ThriftWriter {
    private(set) var bytes: [UInt8] = []
    /// The last field of each structure that is open: fields are numbered by their distance.
    private var lastFields: [Int] = [0]

    private enum TypeCode: UInt8 {
        case isTrue = 1
        case isFalse = 2
        case int16 = 4
        case int32 = 5
        case int64 = 6
        case binary = 8
        case list = 9
        case structure = 12
    }

    mutating func bool(_ field: Int, _ value: Bool) {
        header(field, value ? .isTrue : .isFalse)
    }

    mutating func int16(_ field: Int, _ value: Int) {
        header(field, .int16)
        zigzag(value)
    }

    mutating func int32(_ field: Int, _ value: Int) {
        header(field, .int32)
        zigzag(value)
    }

    mutating func int64(_ field: Int, _ value: Int) {
        header(field, .int64)
        zigzag(value)
    }

    mutating func binary(_ field: Int, _ value: some Collection<UInt8>) {
        header(field, .binary)
        binary(value)
    }

    mutating func structure(_ field: Int, _ fields: (inout ThriftWriter) -> Void) {
        header(field, .structure)
        structure(fields)
    }

    mutating func int32s(_ field: Int, _ values: [Int]) {
        listHeader(field, .int32, values.count)
        for value in values { zigzag(value) }
    }

    mutating func strings(_ field: Int, _ values: [String]) {
        listHeader(field, .binary, values.count)
        for value in values { binary(value.utf8) }
    }

    mutating func structures<Element>(
        _ field: Int,
        _ elements: [Element],
        _ fields: (Element, inout ThriftWriter) -> Void
    ) {
        listHeader(field, .structure, elements.count)
        for element in elements { structure { fields(element, &$0) } }
    }

    /// A structure that is no field of another.
    mutating func structure(_ fields: (inout ThriftWriter) -> Void) {
        lastFields.append(0)
        fields(&self)
        lastFields.removeLast()
        bytes.append(0)
    }

    mutating func varint(_ value: UInt64) {
        var value = value
        while value >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(value))
    }

    private mutating func zigzag(_ value: Int) {
        varint(UInt64(bitPattern: Int64(value << 1 ^ value >> 63)))
    }

    private mutating func binary(_ value: some Collection<UInt8>) {
        varint(UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    private mutating func header(_ field: Int, _ type: TypeCode) {
        let last = lastFields.removeLast()
        lastFields.append(field)
        // Fields are written in the order of their numbers, and no structure here skips fifteen of them.
        bytes.append(UInt8(field - last) << 4 | type.rawValue)
    }

    private mutating func listHeader(_ field: Int, _ type: TypeCode, _ count: Int) {
        header(field, .list)
        if count < 15 {
            bytes.append(UInt8(count) << 4 | type.rawValue)
        } else {
            bytes.append(0xF0 | type.rawValue)
            varint(UInt64(count))
        }
    }
}
