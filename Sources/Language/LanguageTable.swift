/// The function words and the letters of each language, unpacked once from `LanguageTableText.swift`.
struct LanguageTable: Sendable {
    static let maxLanguages = 64
    static let shared = LanguageTable()

    /// ISO 639-1, by language number.
    private(set) var codes: [String] = []
    private var systems: [[Int]] = [[], [], []]

    // Open addressing by the upper bits of the hash; 0 marks a free slot.
    private static let slotBits = 12
    private var hashes = [UInt64](repeating: 0, count: 1 << slotBits)
    private var masks = [UInt64](repeating: 0, count: 1 << slotBits)
    private var hints = [UInt64](repeating: 0, count: 0x700)
    private var vietnamese: UInt64 = 0
    private let systemOf = (0..<0x700).map { UInt8(WritingSystem.of($0) ?? 0xFF) }

    private init() {
        let text = LanguageTableText.languages
        let bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        let names = ["latin", "arabic", "cyrillic"].map { Array($0.utf8) }
        var words: [UInt8] = []
        for line in bytes.split(separator: 0x0A) {
            let fields = line.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
            guard fields.count == 4, let system = names.firstIndex(where: fields[1].elementsEqual) else { continue }
            let bit: UInt64 = 1 << UInt64(codes.count)
            systems[system].append(codes.count)
            codes.append(String(decoding: fields[0], as: UTF8.self))
            if codes.last == "vi" { vietnamese = bit }
            for letter in String(decoding: fields[2], as: UTF8.self).unicodeScalars where letter.value < hints.count {
                hints[Int(letter.value)] |= bit
            }
            Folding.fold(UnsafeBufferPointer(rebasing: fields[3]), into: &words)
            for word in words.split(separator: 0x20) { add(word, bit) }
        }
    }

    private mutating func add(_ word: ArraySlice<UInt8>, _ bit: UInt64) {
        var hash = Self.emptyHash
        for byte in word { Self.mix(&hash, byte) }
        let slot = slot(of: hash)
        hashes[slot] = hash
        masks[slot] |= bit
    }

    /// FNV-1a, 64 bits: words are short (http://www.isthe.com/chongo/tech/comp/fnv).
    static let emptyHash: UInt64 = 0xCBF2_9CE4_8422_2325

    static func mix(_ hash: inout UInt64, _ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

    private func slot(of hash: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & (hashes.count - 1)
        while hashes[slot] != hash, hashes[slot] != 0 { slot = (slot + 1) & (hashes.count - 1) }
        return slot
    }

    /// A set bit for each language that has the word.
    func languages(withWord hash: UInt64) -> UInt64 { masks[slot(of: hash)] }

    /// A set bit for each language whose spelling the letter speaks for; 0 for letters that most have.
    func languages(hintedBy scalar: UInt32) -> UInt64 {
        if scalar < hints.count { return hints[Int(scalar)] }
        return scalar >= 0x1EA0 && scalar <= 0x1EF9 ? vietnamese : 0
    }

    /// The number of the scalar's writing system, nil for what is no letter.
    func system(of scalar: UInt32) -> Int? {
        guard scalar < systemOf.count else { return WritingSystem.of(scalar) }
        let system = systemOf[Int(scalar)]
        return system == 0xFF ? nil : Int(system)
    }

    func languages(in system: Int) -> [Int] { systems[system] }
}
