/// What a program says on its standard error: the beginning and the last line, whatever there is between.
struct SaidLines {
    /// The first bytes, up to a limit.
    private(set) var beginning: [UInt8] = []
    private let maxBytes: Int
    private var line: [UInt8] = []
    private var lastWhole: [UInt8] = []
    private(set) var total = 0

    init(maxBytes: Int) { self.maxBytes = maxBytes }

    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        total += bytes.count
        beginning.append(contentsOf: bytes.prefix(maxBytes - beginning.count))
        for byte in bytes {
            if byte == 0x0A {
                if line.contains(where: { $0 > 0x20 }) { lastWhole = line }
                line.removeAll(keepingCapacity: true)
            } else if line.count < Self.maxLine {
                line.append(byte)
            }
        }
    }

    /// The last line that is not blank, without control characters; nil when there was none.
    var last: String? {
        let bytes = line.contains { $0 > 0x20 } ? line : lastWhole
        guard !bytes.isEmpty else { return nil }
        return String(decoding: bytes.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }, as: UTF8.self)
    }

    private static let maxLine = 300
}
