import Hashing
import Language

/// The entities that a tagger knows by name, compiled for matching.
///
/// Use one for all articles of a run. Matching costs the same however many names there are. Compiling costs one pass
/// over the files, about three CPU-seconds for a million entries; what came of it can be kept in a file (`withCompiled`)
/// and mapped the next time, which costs one checksum.
public struct Gazetteer: Sendable {
    let automaton: NameAutomaton
    private let image: GazetteerImage

    public var count: Int { image.layout.entries }

    /// A gazetteer that knows nothing.
    public init() {
        image = GazetteerBuilder().image
        automaton = NameAutomaton(image)
    }

    /// Reads JSONL files, one entity a line; see ``GazetteerEntry`` for the keys.
    ///
    /// - Throws: the problems of all files: wrong JSON, missing or unknown keys, ids that stand twice, names that are
    ///   empty, too long, without a letter, a single letter or a function word.
    public init(sources: [(name: String, bytes: [UInt8])]) throws(GazetteerError) {
        var builder = GazetteerBuilder()
        for source in sources { builder.read(source.name, source.bytes) }
        guard builder.problems.isEmpty else {
            throw GazetteerError(problems: builder.problems, omitted: builder.omitted)
        }
        image = builder.image
        automaton = NameAutomaton(image)
    }

    /// What `withCompiled` gave, read where it lies.
    ///
    /// - Parameter release: called when the bytes are no longer needed; not when nil is returned.
    /// - Returns: nil when the bytes are damaged or of another version of the program.
    public init?(compiled bytes: UnsafeRawBufferPointer, release: @escaping @Sendable () -> Void) {
        guard let image = GazetteerImage(bytes, release: release) else { return nil }
        self.image = image
        automaton = NameAutomaton(image)
    }

    public func withCompiled<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(image) { try body(image.bytes) }
    }

    /// Changes when the same lists would be compiled to something else: with this number, the folding of tokens or the
    /// words that no name may be.
    public static let fingerprint: UInt64 = {
        let version: UInt64 = 1
        let parts = [TokenList.fingerprint, XXH3.hash64(LexiconWords.functionWords)]
        return parts.reduce(version, TokenHash.join)
    }()

    var entries: Entries { Entries(image: image) }

    /// The entities, each read when it is asked for.
    struct Entries {
        fileprivate let image: GazetteerImage

        subscript(index: Int) -> Entry {
            precondition(index >= 0 && index < image.layout.entries)
            let offset = image.base.loadUnaligned(
                fromByteOffset: image.layout.entryRows + 4 * index,
                as: UInt32.self
            )
            return Entry(image: image, record: image.base + image.layout.records + Int(offset))
        }
    }

    /// One entity, as it lies in the image that it was taken from.
    struct Entry {
        /// Keeps the record where it is.
        fileprivate let image: GazetteerImage
        fileprivate let record: UnsafeRawPointer

        var type: EntityType { EntityType.named[Int(record.load(as: UInt8.self))] }
        var country: String? {
            let country = text(0)
            return country.isEmpty ? nil : country
        }
        var id: String { text(1) }
        var name: String { text(2) }

        private func text(_ index: Int) -> String {
            var start = record + 1
            for _ in 0..<index { start += 4 + Int(start.loadUnaligned(as: UInt32.self)) }
            let count = Int(start.loadUnaligned(as: UInt32.self))
            return String(decoding: UnsafeRawBufferPointer(start: start + 4, count: count), as: UTF8.self)
        }
    }
}
