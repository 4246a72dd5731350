/// Makes UTF-8 of a stream in another encoding, piece by piece.
///
/// Use it for files too large to be held. The head decides, by the evidence of ``Charsets``. One owner at a time.
public final class StreamDecoder: @unchecked Sendable {
    /// What a stream may be besides UTF-8.
    public enum Candidates: Sendable {
        /// UTF-16 alone: formats that are UTF-8 by their standard, but not by every program that writes them.
        case wide
        /// Every legacy encoding as well.
        case all
    }

    /// Lower-case WHATWG name.
    public let encoding: String
    /// `bom`, `guess` or `fallback`.
    public let encodingFrom: String
    private let conversion: ByteConversion
    private var markLength: Int

    /// Nil when the stream is to be taken as it is: UTF-8, perhaps with some bad bytes.
    ///
    /// - Parameter head: the first bytes of the stream, some kilobytes or all.
    public init?(head: UnsafeRawBufferPointer, candidates: Candidates) {
        let decision = EncodingDecision(head, declared: nil, isHTML: false)
        let isWide = decision.encoding.hasPrefix("utf-16")
        guard decision.encoding != "utf-8", isWide || candidates == .all && decision.errors >= Self.neededErrors,
            let conversion = ByteConversion(from: decision.encoding)
        else { return nil }
        self.conversion = conversion
        encoding = decision.encoding
        encodingFrom = decision.from
        markLength = decision.markLength
    }

    /// Fewer bad places are damage to some records, not another encoding.
    private static let neededErrors = 8

    /// The next piece of the stream, the head included, as UTF-8.
    public func decode(_ bytes: UnsafeRawBufferPointer, isLast: Bool) -> [UInt8] {
        let mark = min(markLength, bytes.count)
        markLength -= mark
        return conversion.convert(UnsafeRawBufferPointer(rebasing: bytes[mark...]), isLast: isLast)
    }
}
