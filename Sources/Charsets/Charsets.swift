/// Text with the encoding it was decoded from and how that was found out.
public struct DecodedText: Sendable {
    public var text: String
    /// Lower-case WHATWG name: `utf-8`, `windows-1256` …
    public var encoding: String
    /// `bom`, `declared`, `meta`, `utf-8 validity`, `guess` or `fallback`.
    public var encodingFrom: String

    public init(text: String, encoding: String, encodingFrom: String) {
        self.text = text
        self.encoding = encoding
        self.encodingFrom = encodingFrom
    }
}

/// Decides the encoding of bytes and decodes them.
///
/// The order: byte order mark; UTF-16 by its pattern of zeros; valid UTF-8 with at least one character beyond ASCII,
/// which no legacy text forms by chance; the declaration of the transport; the page's own `<meta>`; a guess from the
/// letters; a fallback by language. So a declaration that the bytes refute is not believed.
///
/// Cost: for UTF-8 one validating copy; for other encodings one conversion.
public enum Charsets {
    /// Decides and decodes; never fails: undecodable bytes become U+FFFD.
    public static func decode(
        _ bytes: UnsafeRawBufferPointer,
        declared: String? = nil,
        isHTML: Bool = false
    ) -> DecodedText {
        let decision = EncodingDecision(bytes, declared: declared, isHTML: isHTML)
        return DecodedText(
            text: String(decoding: decision.utf8(of: bytes), as: UTF8.self),
            encoding: decision.encoding,
            encodingFrom: decision.from
        )
    }

    /// Calls `body` with the decoded text as UTF-8, without a copy where the bytes are valid UTF-8 already.
    ///
    /// For parsers that read bytes: no `String` is made.
    public static func withUTF8<Result, Failure: Error>(
        of bytes: UnsafeRawBufferPointer,
        declared: String? = nil,
        isHTML: Bool = false,
        _ body: (_ text: UnsafeBufferPointer<UInt8>, _ encoding: String, _ encodingFrom: String) throws(Failure) ->
            Result
    ) throws(Failure) -> Result {
        let decision = EncodingDecision(bytes, declared: declared, isHTML: isHTML)
        if decision.isValidUTF8 {
            let text = UnsafeRawBufferPointer(rebasing: bytes[decision.markLength...])
            return try body(text.assumingMemoryBound(to: UInt8.self), decision.encoding, decision.from)
        }
        let converted = decision.utf8(of: bytes)
        return try converted.withUnsafeBufferPointer { text throws(Failure) in
            try body(text, decision.encoding, decision.from)
        }
    }
}
