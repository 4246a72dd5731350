#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Legacy bytes to UTF-8 through the system's iconv, whole or piece by piece.
///
/// A byte that has no character becomes U+FFFD. One owner at a time.
final class ByteConversion {
    private let converter: iconv_t
    private let unit: Int
    /// The beginning of a character whose end is in the next piece.
    private var rest: [UInt8] = []

    /// Nil when the system does not know the encoding.
    init?(from encoding: String) {
        guard let converter = iconv_open("UTF-8", Self.systemName(encoding)), Int(bitPattern: converter) != -1 else {
            return nil
        }
        self.converter = converter
        unit = encoding.hasPrefix("utf-16") ? 2 : 1
    }

    deinit { iconv_close(converter) }

    static func utf8(_ bytes: UnsafeRawBufferPointer, from encoding: String) -> [UInt8]? {
        ByteConversion(from: encoding)?.convert(bytes, isLast: true)
    }

    /// - Parameter isLast: no piece follows, so that half a character is none.
    func convert(_ bytes: UnsafeRawBufferPointer, isLast: Bool) -> [UInt8] {
        guard !rest.isEmpty else { return convertWhole(bytes, isLast) }
        let joined = rest + bytes
        rest = []
        return joined.withUnsafeBytes { convertWhole($0, isLast) }
    }

    private func convertWhole(_ bytes: UnsafeRawBufferPointer, _ isLast: Bool) -> [UInt8] {
        guard let base = bytes.baseAddress else { return [] }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count * 2)
        var input: UnsafeMutablePointer<CChar>? = UnsafeMutablePointer(
            mutating: base.assumingMemoryBound(to: CChar.self)
        )
        var left = bytes.count
        while left > 0 {
            switch step(&input, &left, &output) {
            case 0: return output
            case E2BIG: continue
            case EINVAL where !isLast:
                rest = Array(bytes.suffix(left))
                return output
            default:
                output.append(contentsOf: [0xEF, 0xBF, 0xBD])
                let skip = min(left, unit)
                input = input.map { $0 + skip }
                left -= skip
            }
        }
        return output
    }

    /// Converts up to the next obstacle; 0 at the end of the input, else the error number.
    private func step(_ input: inout UnsafeMutablePointer<CChar>?, _ left: inout Int, _ output: inout [UInt8])
        -> Int32
    {
        let chunk = max(256, left * 2)
        var code: Int32 = 0
        let piece = [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
            var room = chunk
            buffer.withMemoryRebound(to: CChar.self) { characters in
                var target = characters.baseAddress
                if iconv(converter, &input, &left, &target, &room) == -1 { code = errno }
            }
            count = chunk - room
        }
        output.append(contentsOf: piece)
        return code
    }

    private static func systemName(_ encoding: String) -> String {
        switch encoding {
        case "utf-16le": "UTF-16LE"
        case "utf-16be": "UTF-16BE"
        case "shift_jis": "CP932"
        case "euc-kr": "CP949"
        case "windows-874": "CP874"
        case "x-mac-cyrillic": "MAC-CYRILLIC"
        case "macintosh": "MACINTOSH"
        case "ibm866": "IBM866"
        case "iso-8859-8-i": "ISO-8859-8"
        case let name where name.hasPrefix("windows-"): "CP" + name.dropFirst(8)
        default: encoding.uppercased()
        }
    }
}
