/// A structure read back from Thrift's compact protocol.
enum ThriftValue: Equatable {
    case bool(Bool)
    case number(Int)
    case binary([UInt8])
    case list([ThriftValue])
    case fields([Int: ThriftValue])

    subscript(field: Int) -> ThriftValue? {
        if case .fields(let fields) = self { fields[field] } else { nil }
    }

    var number: Int? { if case .number(let number) = self { number } else { nil } }
    var text: String? { if case .binary(let bytes) = self { String(decoding: bytes, as: UTF8.self) } else { nil } }
    var elements: [ThriftValue] { if case .list(let elements) = self { elements } else { [] } }
}

/// Reads what stands in the protocol's specification, whatever the program writes.
struct ThriftReader {
    let bytes: [UInt8]
    var position = 0

    mutating func structure() -> ThriftValue {
        var fields: [Int: ThriftValue] = [:]
        var last = 0
        while true {
            let head = byte()
            if head == 0 { return .fields(fields) }
            last = head >> 4 == 0 ? zigzag() : last + Int(head >> 4)
            fields[last] = head & 15 == 1 ? .bool(true) : head & 15 == 2 ? .bool(false) : value(head & 15)
        }
    }

    mutating func varint() -> Int {
        var value = 0
        for shift in stride(from: 0, to: 64, by: 7) {
            let next = byte()
            value |= Int(next & 0x7F) << shift
            if next < 0x80 { break }
        }
        return value
    }

    private mutating func value(_ type: UInt8) -> ThriftValue {
        switch type {
        case 3, 4, 5, 6: return .number(zigzag())
        case 8:
            let count = varint()
            defer { position += count }
            return .binary(Array(bytes[position..<position + count]))
        case 9:
            let head = byte()
            let count = head >> 4 == 15 ? varint() : Int(head >> 4)
            return .list((0..<count).map { _ in value(head & 15) })
        default: return structure()
        }
    }

    private mutating func zigzag() -> Int {
        let value = varint()
        return value >> 1 ^ -(value & 1)
    }

    private mutating func byte() -> UInt8 {
        defer { position += 1 }
        return bytes[position]
    }
}
