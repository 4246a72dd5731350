import Hashing

/// A page's URL without what does not change the page: scheme, `www.`, fragment, tracking parameters, a slash at
/// the end; percent-encoded bytes are decoded, host names lower-cased.
struct CanonicalURL {
    let text: String

    var hash: Digest256 { SHA256.hash(Array(text.utf8)) }

    /// Nil for what is no http URL, and for a site's front page, where every day other articles stand.
    init?(_ url: String) {
        let bytes = Array(url.utf8.drop { $0 <= 0x20 })
        guard let scheme = ["http://", "https://"].first(where: { Self.hasPrefix(bytes, $0) }) else { return nil }
        var rest = bytes[scheme.utf8.count...]
        if let end = rest.firstIndex(where: { $0 == UInt8(ascii: "#") || $0 <= 0x20 }) { rest = rest[..<end] }
        let hostEnd = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
        var host = rest[..<hostEnd].map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
        if Self.hasPrefix(host, "www.") { host.removeFirst(4) }
        for port in [":80", ":443"] where host.reversed().starts(with: port.utf8.reversed()) {
            host.removeLast(port.utf8.count)
        }
        let queryStart = rest.firstIndex(of: UInt8(ascii: "?")) ?? rest.endIndex
        var path = Self.decoded(rest[hostEnd..<queryStart])
        while path.last == UInt8(ascii: "/") { path.removeLast() }
        let query = rest[queryStart...].dropFirst().split(separator: UInt8(ascii: "&"))
            .filter { !Self.isTracking($0) }
            .map { Self.decoded($0) }
        if host.isEmpty || path.isEmpty && query.isEmpty { return nil }
        text = String(decoding: host + path + query.map { [UInt8(ascii: "?")] + $0 }.joined(), as: UTF8.self)
    }

    private static func hasPrefix(_ bytes: [UInt8], _ prefix: String) -> Bool {
        bytes.count >= prefix.utf8.count && zip(bytes, prefix.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    }

    /// Parameters that say where a reader came from, as the senders document them.
    private static let tracking: Set<String> = [
        "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid", "igshid", "igsh",
        "mc_cid", "mc_eid", "_ga", "_gl", "cmpid", "ocid", "ref_src", "ref_url", "spm", "fb_source", "ns_campaign",
    ]

    private static func isTracking(_ parameter: ArraySlice<UInt8>) -> Bool {
        let name = String(decoding: parameter.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
        return name.isEmpty || name.hasPrefix("utm_") || tracking.contains(name)
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var i = bytes.startIndex
        while i < bytes.endIndex {
            if bytes[i] == UInt8(ascii: "%"), i + 2 < bytes.endIndex, let high = digit(bytes[i + 1]),
                let low = digit(bytes[i + 2])
            {
                result.append(high << 4 | low)
                i += 3
            } else {
                result.append(bytes[i])
                i += 1
            }
        }
        return result
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46, 0x61...0x66: (byte | 0x20) - 0x61 + 10
        default: nil
        }
    }
}
