import Hashing

/// What earlier runs decided: looked up from any thread, never changed.
///
/// Three kinds of file, each sorted and immutable: contents and stories are kept for ever, windows of articles that
/// later ones may be similar to as long as the window reaches back. A run adds one of each and makes one of several
/// neighbours, so that a look-up never has to ask many.
///
/// Cost of a new article: one read for each file of contents, and one for each of its pieces and each window. Memory:
/// half a byte a record.
public struct DedupeMemory: Sendable {
    let contents: [ContentFile]
    let windows: [WindowFile]
    private let limit: Int

    /// An empty one: that of the first run.
    public init(options: DedupeOptions) {
        self.init(contents: [], windows: [], options: options)
    }

    init(contents: [ContentFile], windows: [WindowFile], options: DedupeOptions) {
        self.contents = contents
        self.windows = windows
        limit = options.maxCandidates
    }

    /// The number of the first article that is still remembered.
    var firstNumber: Int { windows.first?.layout.base ?? 0 }
    /// The number of the next article.
    var nextNumber: Int { windows.last.map { $0.layout.base + $0.layout.count } ?? 0 }

    /// What is known of an article.
    ///
    /// - Throws: what reading throws, or ``MemoryFileError``.
    public func recollection(of signature: Signature, id: String) throws -> Recollection {
        var recollection = Recollection(signature, id: id)
        if try recall(&recollection, signature) { return recollection }
        recollection.revised = try article(named: recollection.id)
        if let page = signature.pageName { recollection.page = try article(named: page) }
        for key in signature.keys {
            let start = recollection.holders.count
            for window in windows { try window.addHolders(of: key, to: &recollection.holders, atMost: start + limit) }
            recollection.holderCounts.append(UInt16(recollection.holders.count - start))
        }
        return recollection
    }

    /// Looks for the content; true when nothing else matters.
    private func recall(_ recollection: inout Recollection, _ signature: Signature) throws -> Bool {
        if let identity = signature.identity, let holder = try record(of: ContentRecord.Key(identity)) {
            if holder.id == recollection.shortID {
                recollection.known = .decided(holder)
            } else if let own = try record(of: recollection.ownKey) {
                recollection.known = .decided(own)
            } else {
                recollection.known = .held(holder)
            }
            return true
        }
        if signature.identity == nil, let own = try record(of: recollection.ownKey) {
            recollection.known = .decided(own)
            return true
        }
        return false
    }

    private func record(of key: ContentRecord.Key) throws -> ContentRecord? {
        for file in contents { if let record = try file.record(of: key) { return record } }
        return nil
    }

    private func article(named name: UInt64) throws -> UInt32? {
        for window in windows { if let article = try window.article(named: name) { return article } }
        return nil
    }

    func read(_ number: Int, into article: inout StoredArticle) throws {
        guard let window = windows.last(where: { $0.layout.base <= number }) else { throw MemoryFileError.damaged }
        try window.read(number, into: &article)
    }
}

/// What earlier runs know of one article.
public struct Recollection: Sendable {
    enum Known: Sendable {
        case nothing
        /// The same article was decided on.
        case decided(ContentRecord)
        /// Another article has the same content.
        case held(ContentRecord)
    }

    var known = Known.nothing
    /// Hash of the id.
    let id: UInt64
    /// Hash of the id and the content.
    let ownKey: ContentRecord.Key
    /// The number of an earlier run's kept article with the same id.
    var revised: UInt32?
    /// The number of the kept article that has the same URL.
    var page: UInt32?
    /// Numbers of the earliest holders of each of the signature's keys, and how many each key has.
    var holders: [UInt32] = []
    var holderCounts: [UInt16] = []

    var shortID: UInt32 { UInt32(truncatingIfNeeded: id) }

    /// Whether an earlier run decided on the same article with the same content.
    public var isKnown: Bool { if case .decided = known { true } else { false } }

    /// The position of the same article, when it was kept and stands inside another or has another inside.
    public var containedPosition: Int? {
        if case .decided(let record) = known, record.isContained { Int(record.position) } else { nil }
    }

    fileprivate init(_ signature: Signature, id: String) {
        self.id = XXH3.hash64(id)
        var hash = SHA256()
        (signature.identity ?? signature.contentHash).withBytes { hash.update($0) }
        Array(id.utf8).withUnsafeBytes { hash.update($0) }
        ownKey = ContentRecord.Key(hash.finish())
    }
}
