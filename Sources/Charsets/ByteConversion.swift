#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Legacy bytes to UTF-8 through the system's iconv.
enum ByteConversion {
    /// Nil when the system does not know the encoding; a byte that has no character becomes U+FFFD.
    static func utf8(_ bytes: UnsafeRawBufferPointer, from encoding: String) -> [UInt8]? {
        guard let converter = iconv_open("UTF-8", systemName(encoding)), Int(bitPattern: converter) != -1 else {
            return nil
        }
        defer { iconv_close(converter) }
        guard let base = bytes.baseAddress else { return [] }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count * 2)
        var input: UnsafeMutablePointer<CChar>? = UnsafeMutablePointer(
            mutating: base.assumingMemoryBound(to: CChar.self)
        )
        var left = bytes.count
        while left > 0 {
            let status = step(converter, &input, &left, &output)
            guard status == -1 else { break }
            if errno == E2BIG { continue }
            output.append(contentsOf: [0xEF, 0xBF, 0xBD])
            let skip = min(left, encoding.hasPrefix("utf-16") ? 2 : 1)
            input = input.map { $0 + skip }
            left -= skip
        }
        return output
    }

    private static func step(
        _ converter: iconv_t,
        _ input: inout UnsafeMutablePointer<CChar>?,
        _ left: inout Int,
        _ output: inout [UInt8]
    ) -> Int {
        let chunk = max(256, left * 2)
        var status = 0
        let piece = [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
            var room = chunk
            buffer.withMemoryRebound(to: CChar.self) { characters in
                var target = characters.baseAddress
                status = iconv(converter, &input, &left, &target, &room)
            }
            count = chunk - room
        }
        // iconv sets errno last; an append may allocate and change it.
        let code = errno
        output.append(contentsOf: piece)
        errno = code
        return status
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
