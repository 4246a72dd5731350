import Hashing
import Language

/// What a file of the memory says about itself, in its last bytes.
///
/// All numbers are little-endian, 64 bits. The rule that the decisions were taken by is part of it: decisions by
/// different rules cannot be told from each other later, so they are never mixed.
struct FileLayout: Sendable, Equatable {
    enum Kind: Int64, Sendable {
        case contents = 1
        case window, stories
    }

    /// A part of the file: so many records of one width.
    struct Section: Sendable, Equatable {
        var offset = 0
        var count = 0
        var width = 1
        /// Of a ``SortedTable``: how many first bits of a key its directory is made by.
        var bits = 0
    }

    var kind: Kind
    var rule: DedupeRule
    /// When the runs began that the file is of, the first and the last of them: seconds since 1970.
    var span: ClosedRange<Int64>
    /// The number of the first article, or story, that the file may have.
    var base = 0
    /// How many articles, or stories, have a number from there on.
    var count = 0
    var sections: [Section] = []

    private static let magic: Int64 = 0x6574_6C2D_6465_6475
    private static let version: Int64 = 1

    func write(to file: FileBuilder) throws {
        var words = [Self.magic, Self.version, kind.rawValue] + rule.words
        words += [span.lowerBound, span.upperBound, Int64(base), Int64(count), Int64(sections.count)]
        for section in sections {
            words += [section.offset, section.count, section.width, section.bits].map { Int64($0) }
        }
        let bytes = words.flatMap { word in withUnsafeBytes(of: word.littleEndian) { Array($0) } }
        try file.append(bytes)
        try file.append(bytes.withUnsafeBytes { XXH3.hash64($0) })
        try file.append(UInt64(bytes.count))
        try file.flush()
    }

    init(kind: Kind, rule: DedupeRule, span: ClosedRange<Int64>) {
        self.kind = kind
        self.rule = rule
        self.span = span
    }

    /// - Throws: ``MemoryFileError`` when the bytes are none of ours.
    init(of file: any StoredBytes) throws {
        let end: [UInt64] = try file.words(at: file.size - 16, count: 2)
        let (hash, length) = (end[0], end[1])
        guard length % 8 == 0, length <= 4096 else { throw MemoryFileError.damaged }
        let bytes = try file.bytes(at: file.size - 16 - Int(length), count: Int(length))
        guard bytes.withUnsafeBytes({ XXH3.hash64($0) }) == hash else { throw MemoryFileError.damaged }
        let words = bytes.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: 8).map {
                Int64(littleEndian: bytes.load(fromByteOffset: $0, as: Int64.self))
            }
        }
        try self.init(words)
    }

    private init(_ words: [Int64]) throws {
        var rest = words[...]
        guard words.count > 3, rest.removeFirst() == Self.magic else { throw MemoryFileError.damaged }
        guard rest.removeFirst() == Self.version else {
            throw MemoryFileError(message: "was written by another version of etl", hint: DedupeRule.beginAnew)
        }
        guard let kind = Kind(rawValue: rest.removeFirst()), let rule = DedupeRule(words: &rest), rest.count >= 5 else {
            throw MemoryFileError.damaged
        }
        self.kind = kind
        self.rule = rule
        let (first, last) = (rest.removeFirst(), rest.removeFirst())
        span = min(first, last)...max(first, last)
        base = Int(rest.removeFirst())
        count = Int(rest.removeFirst())
        let sectionCount = rest.removeFirst()
        guard rest.count == sectionCount * 4 else { throw MemoryFileError.damaged }
        while rest.count >= 4 {
            let numbers = (0..<4).map { _ in Int(rest.removeFirst()) }
            sections.append(Section(offset: numbers[0], count: numbers[1], width: numbers[2], bits: numbers[3]))
        }
    }
}

/// What decides whether two texts are the same, as it is kept with what was decided.
struct DedupeRule: Sendable, Equatable {
    var folding = Int64(Folding.version)
    var near: Int64
    var threshold: Int64
    var minWords: Int64
    var maxCandidates: Int64

    static let beginAnew = "begin the memory anew: etl state DEFINITION --rebuild"

    init(_ options: DedupeOptions) {
        near = options.near ? 1 : 0
        threshold = Int64(options.threshold)
        minWords = Int64(options.minWords)
        maxCandidates = Int64(options.maxCandidates)
    }

    fileprivate init?(words: inout ArraySlice<Int64>) {
        guard words.count >= 5 else { return nil }
        folding = words.removeFirst()
        near = words.removeFirst()
        threshold = words.removeFirst()
        minWords = words.removeFirst()
        maxCandidates = words.removeFirst()
    }

    fileprivate var words: [Int64] { [folding, near, threshold, minWords, maxCandidates] }

    /// - Throws: ``MemoryFileError`` that names what differs.
    func check(against now: DedupeRule) throws {
        let differences = [
            folding == now.folding ? nil : "folding version \(folding), now \(now.folding)",
            near == now.near ? nil : "\"near\": \(near == 1), now \(now.near == 1)",
            threshold == now.threshold ? nil : "\"threshold\": \(threshold), now \(now.threshold)",
            minWords == now.minWords ? nil : "\(minWords) words at least, now \(now.minWords)",
            maxCandidates == now.maxCandidates ? nil : "\(maxCandidates) candidates, now \(now.maxCandidates)",
        ].compactMap(\.self)
        if differences.isEmpty { return }
        throw MemoryFileError(
            message: "was decided by another rule (\(differences.joined(separator: "; ")))",
            hint: "go back to that rule, or \(Self.beginAnew)"
        )
    }
}
