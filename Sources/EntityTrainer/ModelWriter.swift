import Entities
import Language

/// Lays a trained field out as the tagger reads it: see ``EntityModel``.
struct ModelWriter {
    /// A word of the table: its key and how often it stood in the texts.
    struct Word {
        var key: [UInt8]
        var kind: Token.Kind
        var capitals: Token.Capitals
        var count: Int
    }

    let field: ConditionalRandomField
    let clusters: WordClusters
    var priors = WordPriors()
    var isLatin = false
    /// Features whose largest weight is smaller are left out.
    var leastWeight: Float = 0.06
    var maxFeatures = 150_000

    func bytes(_ words: [UInt64: Word]) -> [UInt8] {
        let n = SequenceLabels.count
        let ordered = words.sorted { $0.key < $1.key }
        var features: [(hash: UInt64, row: [Int8], size: Float)] = []
        let parts: Set<UInt64> = wordOnly(ordered.map(\.value))
        for (hash, id) in field.ids where !parts.contains(hash) {
            let row = relative(Int(id))
            let size = row.map(abs).max() ?? 0
            guard size >= leastWeight else { continue }
            features.append((hash, quantised(row, EntityModel.featureScale), size))
        }
        features.sort { ($1.size, $0.hash) < ($0.size, $1.hash) }
        features = Array(features.prefix(maxFeatures))
        func slots(_ count: Int) -> Int {
            var size = 64
            while size * 7 < count * 10 { size *= 2 }
            return size
        }
        let layout = EntityModel.Layout(
            wordSlots: slots(ordered.count),
            featureSlots: slots(features.count),
            words: ordered.count,
            features: features.count
        )
        var bytes = [UInt8](repeating: 0, count: layout.count)
        bytes.replaceSubrange(0..<8, with: "etl-ner3".utf8)
        put(UInt32(layout.wordSlots), 8, &bytes)
        put(UInt32(layout.featureSlots), 12, &bytes)
        put(UInt32(layout.words), 16, &bytes)
        put(UInt32(layout.features), 20, &bytes)
        put(isLatin ? 1 : 0, 24, &bytes)
        for from in 0...n {
            for to in 0..<n {
                // Moves into "outside" keep their weight: only emissions are relative.
                put(field.transitions[from * n + to].bitPattern, layout.transitions + 4 * (from * n + to), &bytes)
            }
        }
        var used = Set<Int>()
        for (index, word) in ordered.enumerated() {
            var slot = Int(truncatingIfNeeded: word.key) & (layout.wordSlots - 1)
            while !used.insert(slot).inserted { slot = (slot + 1) & (layout.wordSlots - 1) }
            put(UInt32(truncatingIfNeeded: word.key), layout.wordKeys + 8 * slot, &bytes)
            put(UInt32(truncatingIfNeeded: word.key >> 32), layout.wordKeys + 8 * slot + 4, &bytes)
            put(UInt32(index), layout.wordIndices + 4 * slot, &bytes)
            write(word.value, layout.wordRows + EntityModel.Layout.wordCount * index, &bytes)
        }
        used = []
        for (index, feature) in features.enumerated() {
            var slot = Int(truncatingIfNeeded: feature.hash) & (layout.featureSlots - 1)
            while !used.insert(slot).inserted { slot = (slot + 1) & (layout.featureSlots - 1) }
            bytes[layout.filter + Int(feature.hash >> 47)] |= 1 << UInt8(feature.hash >> 44 & 7)
            put(EntityModel.fingerprint(feature.hash), layout.featureKeys + 4 * slot, &bytes)
            put(UInt32(index), layout.featureIndices + 4 * slot, &bytes)
            for k in 0..<16 { bytes[layout.featureRows + 16 * index + k] = UInt8(bitPattern: feature.row[k]) }
        }
        print("model: \(ordered.count) words, \(features.count) features of \(field.ids.count), \(bytes.count) bytes")
        return bytes
    }

    private func features(_ word: Word) -> TokenFeatures {
        word.key.withUnsafeBufferPointer {
            var features = TokenFeatures(key: $0, kind: word.kind, capitals: word.capitals, clusters: clusters)
            if word.kind != .sign, word.kind != .number,
                let prior = priors.feature(TokenFeatures.voteKey($0, kind: word.kind))
            {
                features.hashes.append((.prior, prior))
            }
            return features
        }
    }

    /// Features that only known words have: they live in the words' rows alone.
    private func wordOnly(_ words: [Word]) -> Set<UInt64> {
        var found: Set<UInt64> = []
        for word in words {
            for feature in features(word).hashes {
                switch feature.template {
                case .word, .cluster0, .cluster2, .prior:
                    for offset in feature.template.offsets { found.insert(SequenceFeatures.at(offset, feature.hash)) }
                case .cluster1 where feature.hash != TokenFeatures.hash(.cluster1, 0xFFFF):
                    for offset in feature.template.offsets { found.insert(SequenceFeatures.at(offset, feature.hash)) }
                default: break
                }
            }
        }
        return found
    }

    private func write(_ word: Word, _ offset: Int, _ bytes: inout [UInt8]) {
        let own = features(word)
        let ids = word.key.withUnsafeBufferPointer { clusters.ids(TokenFeatures.whole($0, word.kind)) }
        let cluster = ids.known ? UInt16(ids.middle) : 0xFFFF
        bytes[offset] = UInt8(truncatingIfNeeded: cluster)
        bytes[offset + 1] = UInt8(truncatingIfNeeded: cluster >> 8)
        bytes[offset + 2] = UInt8(Int.bitWidth - word.count.leadingZeroBitCount)
        for k in -2...2 {
            var sum = [Float](repeating: 0, count: 16)
            for feature in own.hashes where feature.template.offsets.contains(k) {
                guard let id = field.ids[SequenceFeatures.at(k, feature.hash)] else { continue }
                for (j, value) in relative(Int(id)).enumerated() { sum[j] += value }
            }
            let row = quantised(sum, EntityModel.featureScale / Float(1 << EntityModel.wordShift))
            for j in 0..<16 { bytes[offset + 4 + 16 * (k + 2) + j] = UInt8(bitPattern: row[j]) }
        }
    }

    /// A row's weights less that of "outside".
    private func relative(_ id: Int) -> [Float] {
        let row = id * ConditionalRandomField.width
        return (1..<SequenceLabels.count).map { field.weights[row + $0] - field.weights[row] }
    }

    private func quantised(_ row: [Float], _ scale: Float) -> [Int8] {
        row.map { Int8(max(-127, min(127, ($0 * scale).rounded()))) }
    }

    private func put(_ value: UInt32, _ offset: Int, _ bytes: inout [UInt8]) {
        for k in 0..<4 { bytes[offset + k] = UInt8(truncatingIfNeeded: value >> (8 * UInt32(k))) }
    }
}
