@testable import Deduplication

/// The files of an archive in memory, as runs leave them one after the other.
final class Shelf {
    struct File: StoredBytes {
        let name: String
        var bytes: [UInt8]

        var size: Int { bytes.count }

        func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws {
            guard offset >= 0, offset + buffer.count <= bytes.count else { throw MemoryFileError.damaged }
            bytes.withUnsafeBytes {
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + buffer.count]))
            }
        }
    }

    struct Sample {
        var id: String
        var text: String
        var title: String?
        var url: String?
    }

    /// What a run says of a sample: the id of the kept one that it goes back to, the kind, the similarity.
    struct Outcome: Equatable {
        var id: String
        var isKept = true
        var of: String?
        var kind: DuplicateKind?
        var similarity = 0
    }

    var files: [File] = []
    var options = DedupeOptions()
    var windowSeconds: Int64 = 30 * day

    static let day: Int64 = 86_400

    func open(day: Int) throws -> DedupeArchive {
        try DedupeArchive(
            files,
            options: options,
            started: Int64(day) * Self.day,
            windowSeconds: windowSeconds
        )
    }

    /// Decides as the stage does, and keeps what is learnt.
    func run(_ samples: [Sample], day: Int = 0) throws -> [Outcome] {
        let archive = try open(day: day)
        var deduplicator = Deduplicator(options: options, memory: archive.memory)
        let base = archive.stories.count
        var stories: [(position: Int, story: Story)] = []
        // Signed anywhere: the last one first.
        let signatures = try samples.reversed().map { sample in
            var signature = Signature(text: sample.text, title: sample.title, url: sample.url, options: options)
            signature.recollection = try archive.memory.recollection(of: signature, id: sample.id)
            return signature
        }
        var outcomes: [Outcome] = []
        for (sample, signature) in zip(samples, signatures.reversed()) {
            let position = base + stories.count
            let decision = try deduplicator.decide(signature, position: position)
            func id(_ position: Int) throws -> String {
                try position < base ? archive.stories.story(at: position).id : stories[position - base].story.id
            }
            var outcome = Outcome(id: sample.id)
            switch decision {
            case .unique, .revision: break
            case .linked(let match), .duplicate(let match), .update(let match):
                outcome.of = try id(match.position)
                (outcome.kind, outcome.similarity) = (match.kind, match.similarity)
                if case .linked = decision {} else { outcome.isKept = false }
            }
            outcomes.append(outcome)
            let isKnown = signature.recollection?.isKnown == true
            if case .revision = decision { continue }
            if outcome.isKept, !isKnown {
                stories.append((position, Story(id: sample.id, title: sample.title, outlet: nil, published: nil)))
            }
        }
        var removed: Set<Int> = []
        var written: [File] = []
        try archive.add(deduplicator, stories: (stories, base + stories.count)) { name in
            Writer { written.append(File(name: name, bytes: $0)) }
        } remove: {
            removed.insert($0)
        }
        files = files.indices.filter { !removed.contains($0) }.map { files[$0] } + written.sorted { $0.name < $1.name }
        return outcomes
    }

    private final class Writer: MemorySink {
        private var bytes: [UInt8] = []
        private let finished: ([UInt8]) -> Void

        init(finished: @escaping ([UInt8]) -> Void) { self.finished = finished }

        func append(_ bytes: [UInt8]) { self.bytes += bytes }
        func finish() { finished(bytes) }
    }
}
