import Hashing
import Pipeline

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The articles of a batch as bytes, at one point of the chain: to tell whether a batch is the same as another run's,
/// and what a part of the chain changed in it.
struct BatchImage {
    private static let fields = ArticleField.allCases
    private var encoder = ByteEncoder()
    private var positions: [Int] = []
    /// Where each article's position and each of its fields ends.
    private var ends: [Int] = []

    init(_ slots: [IngestedBatch.PlacedArticle]) {
        positions.reserveCapacity(slots.count)
        ends.reserveCapacity(slots.count * (Self.fields.count + 1))
        // A guess: to copy the articles for their lengths costs as much as to encode them.
        encoder.reserve(slots.count * 4096)
        slots.withUnsafeBufferPointer { slots in
            for index in slots.indices { add(slots[index].article, at: slots[index].position) }
        }
    }

    private mutating func add(_ article: borrowing Article, at position: Int) {
        positions.append(position)
        encoder.put(position)
        ends.append(encoder.bytes.count)
        for field in Self.fields {
            field.encode(article, into: &encoder)
            ends.append(encoder.bytes.count)
        }
    }

    /// Other articles have another one, but for a chance of 2⁻⁶⁴.
    var hash: UInt64 { encoder.bytes.withUnsafeBytes(XXH3.hash64) }

    /// Writes what became of the articles of an earlier image: the position of each that is still there, and the fields
    /// that changed.
    func encode(since before: BatchImage, into target: inout ByteEncoder) {
        var old = 0
        target.put(positions.count)
        for (new, position) in positions.enumerated() {
            while old < before.positions.count - 1, before.positions[old] < position { old += 1 }
            var changed = 0
            for field in Self.fields where !isEqual(field, of: new, before, old) { changed |= 1 << field.rawValue }
            target.put(position)
            target.put(changed)
            for field in Self.fields where changed & 1 << field.rawValue != 0 {
                target.put(raw: encoder.bytes[range(of: field, new)])
            }
        }
    }

    /// Puts what ``encode(since:into:)`` wrote over the articles of the earlier image.
    static func decode(from decoder: inout ByteDecoder, over slots: [IngestedBatch.PlacedArticle])
        throws(ByteDecoder.Malformed) -> [IngestedBatch.PlacedArticle]
    {
        var old = 0
        return try decoder.list { (decoder: inout ByteDecoder) throws(ByteDecoder.Malformed) in
            let position = try decoder.number()
            while old < slots.count, slots[old].position < position { old += 1 }
            guard old < slots.count, slots[old].position == position else { throw ByteDecoder.Malformed() }
            var slot = slots[old]
            let changed = try decoder.number()
            for field in fields where changed & 1 << field.rawValue != 0 {
                try field.decode(from: &decoder, into: &slot.article)
            }
            return slot
        }
    }

    private func range(of field: ArticleField, _ article: Int) -> Range<Int> {
        let place = article * (Self.fields.count + 1) + field.rawValue
        return ends[place]..<ends[place + 1]
    }

    /// By their bytes: as text, canonically equal strings would be the same.
    private func isEqual(_ field: ArticleField, of article: Int, _ other: BatchImage, _ old: Int) -> Bool {
        let (new, old) = (range(of: field, article), other.range(of: field, old))
        guard new.count == old.count else { return false }
        return encoder.bytes.withUnsafeBytes { a in
            other.encoder.bytes.withUnsafeBytes { b in
                guard let a = a.baseAddress, let b = b.baseAddress else { return true }
                return memcmp(a + new.lowerBound, b + old.lowerBound, new.count) == 0
            }
        }
    }
}
