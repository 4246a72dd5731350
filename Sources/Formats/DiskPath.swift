/// A path as the file system has it: bytes, which need not be UTF-8 and are compared one by one.
public struct DiskPath: Sendable, Hashable {
    let bytes: [UInt8]

    public init(_ path: String) {
        bytes = Array(path.utf8)
    }

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The path of a name inside this folder.
    func appending(_ name: UnsafeBufferPointer<UInt8>) -> DiskPath {
        DiskPath(bytes: bytes + (bytes.last == UInt8(ascii: "/") ? [] : [UInt8(ascii: "/")]) + name)
    }

    /// Calls `body` with the path as C wants it; with an empty one, which names nothing, when the path holds a NUL.
    func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        let path = bytes.contains(0) ? [0] : bytes + [0]
        return path.withUnsafeBytes { buffer in
            buffer.withMemoryRebound(to: CChar.self) { body($0.baseAddress.unsafelyUnwrapped) }
        }
    }

    /// A name for people and for patterns: bytes that are no UTF-8 are written as `\xE9`.
    static func shown(_ name: UnsafeBufferPointer<UInt8>) -> String {
        if let string = String(validating: name, as: UTF8.self) { return string }
        var shown = ""
        var decoder = UTF8()
        var position = 0
        while position < name.count {
            var rest = UnsafeBufferPointer(rebasing: name[position...]).makeIterator()
            if case .scalarValue(let scalar) = decoder.decode(&rest) {
                shown.unicodeScalars.append(scalar)
                position += UTF8.width(scalar)
            } else {
                shown += "\\x" + (name[position] < 16 ? "0" : "") + String(name[position], radix: 16, uppercase: true)
                position += 1
            }
            decoder = UTF8()
        }
        return shown
    }
}
