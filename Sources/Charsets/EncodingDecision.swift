/// Which encoding some bytes are in, and by what evidence.
struct EncodingDecision {
    let encoding: String
    let from: String
    /// Bytes of the byte order mark.
    let markLength: Int
    /// True when the bytes behind the mark can be taken as they are.
    let isValidUTF8: Bool
    /// Places that are no UTF-8.
    let errors: Int

    init(_ bytes: UnsafeRawBufferPointer, declared: String?, isHTML: Bool) {
        let mark = Self.mark(bytes)
        let validity = UTF8Validity(UnsafeRawBufferPointer(rebasing: bytes[(mark?.length ?? 0)...]))
        markLength = mark?.length ?? 0
        errors = validity.errors
        let (name, from) = Self.choose(bytes, mark: mark?.name, validity, declared: declared, isHTML: isHTML)
        self.from = from
        encoding = name
        isValidUTF8 = name == "utf-8" && validity.isValid
    }

    private static func choose(
        _ bytes: UnsafeRawBufferPointer,
        mark: String?,
        _ validity: UTF8Validity,
        declared: String?,
        isHTML: Bool
    ) -> (name: String, from: String) {
        if let mark { return (mark, "bom") }
        if let wide = utf16ByZeros(bytes) { return (wide, "guess") }
        let label = declared.flatMap(EncodingName.canonical)
        let meta = isHTML ? MetaCharset.find(in: bytes).flatMap(EncodingName.canonical).map(asciiCompatible) : nil
        if validity.isValid {
            if let escaped = [label, meta].compactMap(\.self).first(where: { $0 == "iso-2022-jp" }),
                bytes.contains(0x1B)
            {
                return (escaped, escaped == label ? "declared" : "meta")
            }
            if label == "utf-8" { return ("utf-8", "declared") }
            if meta == "utf-8" { return ("utf-8", "meta") }
            return ("utf-8", "utf-8 validity")
        }
        // A few bad bytes in what is UTF-8 otherwise: cut texts, mixed comments.
        if validity.isMostlyUTF8 {
            return ("utf-8", label == "utf-8" ? "declared" : meta == "utf-8" ? "meta" : "utf-8 validity")
        }
        let sample = HighByteSample(bytes)
        if let label, label != "utf-8", sample.allows(label) { return (label, "declared") }
        if let meta, meta != "utf-8", sample.allows(meta) { return (meta, "meta") }
        if let guessed = sample.guess(bytes) { return (guessed, "guess") }
        return (fallback(bytes, sample, isHTML: isHTML), "fallback")
    }

    /// A page whose meta could be read as ASCII is not UTF-16, whatever it says (WHATWG HTML, 13.2.3.2).
    private static func asciiCompatible(_ name: String) -> String {
        name.hasPrefix("utf-16") ? "utf-8" : name
    }

    private static func mark(_ bytes: UnsafeRawBufferPointer) -> (name: String, length: Int)? {
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { return ("utf-8", 3) }
        if bytes.count >= 2, bytes[0] == 0xFF, bytes[1] == 0xFE { return ("utf-16le", 2) }
        if bytes.count >= 2, bytes[0] == 0xFE, bytes[1] == 0xFF { return ("utf-16be", 2) }
        return nil
    }

    /// UTF-16 without a mark: white space and markup leave zeros on one side, Arabic letters 06 on the same side.
    private static func utf16ByZeros(_ bytes: UnsafeRawBufferPointer) -> String? {
        let count = min(bytes.count, 4096) & ~1
        guard count >= 8, bytes[0] == 0 || bytes[1] == 0 || bytes.prefix(count).contains(0) else { return nil }
        var zeros = (even: 0, odd: 0)
        var high = (even: 0, odd: 0)
        for i in stride(from: 0, to: count, by: 2) {
            if bytes[i] == 0 { zeros.even += 1 }
            if bytes[i + 1] == 0 { zeros.odd += 1 }
            if bytes[i] <= 0x0E { high.even += 1 }
            if bytes[i + 1] <= 0x0E { high.odd += 1 }
        }
        let units = count / 2
        if zeros.odd * 20 > units, high.odd * 10 > units * 9, zeros.even * 20 < units { return "utf-16le" }
        if zeros.even * 20 > units, high.even * 10 > units * 9, zeros.odd * 20 < units { return "utf-16be" }
        return nil
    }

    private static func fallback(_ bytes: UnsafeRawBufferPointer, _ sample: HighByteSample, isHTML: Bool) -> String {
        if isHTML, let language = MetaCharset.language(in: bytes) {
            switch language {
            case "ar", "fa", "ur", "ps", "ckb", "ug": return "windows-1256"
            case "ru", "uk", "bg", "sr", "mk", "be": return "windows-1251"
            case "tr", "az": return "windows-1254"
            case "pl", "cs", "sk", "hu", "ro", "hr", "sl": return "windows-1250"
            case "el": return "windows-1253"
            case "he", "yi": return "windows-1255"
            case "ja": return "shift_jis"
            case "zh": return "gb18030"
            case "ko": return "euc-kr"
            case "lt", "lv", "et": return "windows-1257"
            case "vi": return "windows-1258"
            case "th": return "windows-874"
            default: return "windows-1252"
            }
        }
        // Latin text has a high byte now and then; long runs of them are words of another script.
        return sample.longRunShare > 0.5 ? "windows-1256" : "windows-1252"
    }

    func utf8(of bytes: UnsafeRawBufferPointer) -> [UInt8] {
        let text = UnsafeRawBufferPointer(rebasing: bytes[markLength...])
        if isValidUTF8 { return Array(text) }
        if encoding != "utf-8", let converted = ByteConversion.utf8(text, from: encoding) { return converted }
        return Array(String(decoding: text, as: UTF8.self).utf8)
    }
}
