import CEntityModel
import Language

/// The weights of the sequence tagger: for each known word one row a neighbour, for parts of words and for pairs one.
///
/// Nothing is parsed or copied: the rows are read where they lie, so making one costs only the check of its header.
/// Scores are relative to "outside", which leaves sixteen labels: one vector of a processor.
///
/// | part | bytes | what |
/// |---|---|---|
/// | header | 64 | `etl-ner3`, then as UInt32: word slots, feature slots, words, features, 1 for Latin letters, 0 … |
/// | transitions | 18 × 17 × 4 | Float32, from (the last row: a line's start) to |
/// | word keys | 8 × slots | open addressing by the low bits; 0 is empty |
/// | word indices | 4 × slots | |
/// | words | 84 × words | cluster (UInt16), log₂ of the count (UInt8), 0, then five rows of 16 Int8 for offsets -2 … 2 |
/// | feature keys | 4 × slots | the upper half of the hash, never 0 |
/// | feature indices | 4 × slots | |
/// | feature rows | 16 × features | Int8 |
/// | filter | 131,072 | one bit for the top twenty bits of each feature: most look-ups end here, in the cache |
public struct EntityModel: Sendable {
    private let storage: Storage
    nonisolated(unsafe) let base: UnsafeRawPointer
    let layout: Layout

    /// The model that comes with the program: Arabic news.
    public static let bundled: EntityModel? = {
        var count = 0
        let bytes = etl_entity_model_arabic(&count)
        return try? EntityModel(Storage(unowned: UnsafeRawBufferPointer(start: bytes, count: count)))
    }()

    /// The one for texts in Latin letters: English; of French it knows the shape of names.
    public static let bundledLatin: EntityModel? = {
        var count = 0
        let bytes = etl_entity_model_latin(&count)
        return try? EntityModel(Storage(unowned: UnsafeRawBufferPointer(start: bytes, count: count)))
    }()

    /// Whether a model is for texts in Latin letters; else it is for Arabic ones.
    public var isLatin: Bool { base.loadUnaligned(fromByteOffset: 24, as: UInt32.self) == 1 }

    /// - Throws: ``EntityModelError`` when the bytes are no model of this version.
    public init(bytes: [UInt8]) throws(EntityModelError) {
        try self.init(Storage(copying: bytes))
    }

    private init(_ storage: Storage) throws(EntityModelError) {
        guard storage.bytes.count >= Layout.headerCount, let base = storage.bytes.baseAddress,
            storage.bytes.prefix(8).elementsEqual("etl-ner3".utf8)
        else { throw EntityModelError(message: "not an entity model of this version") }
        let layout = Layout(
            wordSlots: Int(base.loadUnaligned(fromByteOffset: 8, as: UInt32.self)),
            featureSlots: Int(base.loadUnaligned(fromByteOffset: 12, as: UInt32.self)),
            words: Int(base.loadUnaligned(fromByteOffset: 16, as: UInt32.self)),
            features: Int(base.loadUnaligned(fromByteOffset: 20, as: UInt32.self))
        )
        guard layout.wordSlots.nonzeroBitCount == 1, layout.featureSlots.nonzeroBitCount == 1,
            layout.count == storage.bytes.count
        else { throw EntityModelError(message: "the entity model is cut off or damaged") }
        guard Self.isBelow(layout.words, base + layout.wordIndices, layout.wordSlots),
            Self.isBelow(layout.features, base + layout.featureIndices, layout.featureSlots)
        else { throw EntityModelError(message: "the entity model is cut off or damaged") }
        self.storage = storage
        self.base = base
        self.layout = layout
    }

    /// Whether every index of a table is one of `count` rows, so that a look-up never reads past the bytes.
    private static func isBelow(_ count: Int, _ indices: UnsafeRawPointer, _ slots: Int) -> Bool {
        for slot in 0..<slots
        where indices.loadUnaligned(fromByteOffset: 4 * slot, as: UInt32.self) >= max(1, count) { return false }
        return count > 0
    }

    package struct Layout: Sendable {
        package static let headerCount = 64
        package static let wordCount = 84
        package var wordSlots: Int
        package var featureSlots: Int
        package var words: Int
        package var features: Int

        package init(wordSlots: Int, featureSlots: Int, words: Int, features: Int) {
            self.wordSlots = wordSlots
            self.featureSlots = featureSlots
            self.words = words
            self.features = features
        }

        package var transitions: Int { Self.headerCount }
        package var wordKeys: Int { transitions + (SequenceLabels.count + 1) * SequenceLabels.count * 4 }
        package var wordIndices: Int { wordKeys + 8 * wordSlots }
        package var wordRows: Int { wordIndices + 4 * wordSlots }
        package var featureKeys: Int { wordRows + Self.wordCount * words }
        package var featureIndices: Int { featureKeys + 4 * featureSlots }
        package var featureRows: Int { featureIndices + 4 * featureSlots }
        package var filter: Int { featureRows + 16 * features }
        package var count: Int { filter + 1 << 17 }
    }

    /// Weights are Int8: features in steps of 1/32, the sums of a word's features in steps of 1/8.
    package static let featureScale: Float = 32
    package static let wordShift: Int16 = 2

    /// Where a word's entry lies; nil for a word that training never saw.
    @inline(__always)
    func word(_ key: UInt64) -> UnsafeRawPointer? {
        let mask = layout.wordSlots - 1
        var slot = Int(truncatingIfNeeded: key) & mask
        for _ in 0...mask {
            let found = base.loadUnaligned(fromByteOffset: layout.wordKeys + 8 * slot, as: UInt64.self)
            if found == key {
                let index = base.loadUnaligned(fromByteOffset: layout.wordIndices + 4 * slot, as: UInt32.self)
                return base + layout.wordRows + Layout.wordCount * Int(index)
            }
            if found == 0 { return nil }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// log₂ of how often a word stood in the training texts, plus one; 0 for never.
    func frequency(_ key: UInt64) -> Int {
        word(key).map { Int($0.load(fromByteOffset: 2, as: UInt8.self)) } ?? 0
    }

    /// Whether a feature may have weights: the filter's answer, right but for one in ten that have none.
    @inline(__always)
    func mayHold(_ feature: UInt64) -> Bool {
        let bit = Int(truncatingIfNeeded: feature >> 44)
        return base.load(fromByteOffset: layout.filter + bit >> 3, as: UInt8.self) >> UInt8(bit & 7) & 1 == 1
    }

    @inline(__always)
    func add(_ feature: UInt64, to scores: inout SIMD16<Int16>) {
        if mayHold(feature) { addHeld(feature, to: &scores) }
    }

    /// As `add`, for a feature that the filter has let through.
    @inline(__always)
    func addHeld(_ feature: UInt64, to scores: inout SIMD16<Int16>) {
        let mask = layout.featureSlots - 1
        let key = Self.fingerprint(feature)
        var slot = Int(truncatingIfNeeded: feature) & mask
        for _ in 0...mask {
            let found = base.loadUnaligned(fromByteOffset: layout.featureKeys + 4 * slot, as: UInt32.self)
            if found == key {
                let index = base.loadUnaligned(fromByteOffset: layout.featureIndices + 4 * slot, as: UInt32.self)
                let offset = layout.featureRows + 16 * Int(index)
                let row = base.loadUnaligned(fromByteOffset: offset, as: SIMD16<Int8>.self)
                scores &+= SIMD16<Int16>(truncatingIfNeeded: row)
                return
            }
            if found == 0 { return }
            slot = (slot + 1) & mask
        }
    }

    func row(_ feature: UInt64) -> SIMD16<Int16> {
        var row = SIMD16<Int16>.zero
        add(feature, to: &row)
        return row
    }

    package static func fingerprint(_ feature: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: feature >> 32) | 1 }

    /// The labels of one line on its own, for comparing a model with what it was written from.
    package func firstPassLabels(_ line: String) -> [UInt8] {
        var line = line
        return line.withUTF8 { utf8 in
            let words = WordForms(automaton: Gazetteer().automaton)
            return SequenceTagger(model: self).firstPass(Document(utf8: utf8, words: words))
        }
    }

    func transition(_ from: Int, _ to: Int) -> Float {
        base.loadUnaligned(fromByteOffset: layout.transitions + 4 * (from * SequenceLabels.count + to), as: Float.self)
    }

    /// The bytes, kept for as long as the model is.
    private final class Storage: Sendable {
        // Written in the initialisers alone.
        nonisolated(unsafe) let bytes: UnsafeRawBufferPointer
        private let isOwned: Bool

        init(unowned bytes: UnsafeRawBufferPointer) {
            self.bytes = bytes
            isOwned = false
        }

        init(copying source: [UInt8]) {
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: source.count, alignment: 64)
            copy.copyBytes(from: source)
            bytes = UnsafeRawBufferPointer(copy)
            isOwned = true
        }

        deinit { if isOwned { bytes.deallocate() } }
    }
}

extension EntityModel {
    package static func wordKey(_ hash: UInt64, _ token: Token) -> UInt64 {
        token.capitals == .none ? hash : TokenHash.join(hash, UInt64(token.capitals.rawValue))
    }
}

/// Why bytes are no entity model.
public struct EntityModelError: Error, Equatable, Sendable, CustomStringConvertible {
    public var message: String
    public var description: String { message }
}
