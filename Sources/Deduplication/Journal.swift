/// What a run decides, as later runs want to know it.
struct Journal: Sendable {
    private(set) var contents: [ContentRecord] = []
    private(set) var names: [(name: UInt64, number: UInt32)] = []
    // The ids of what was kept in this run. Asked for one by one, never walked through.
    private var keptIDs: Set<UInt64> = []

    /// Whether an article with the id was kept in this run.
    func hasKept(_ id: UInt64) -> Bool { keptIDs.contains(id) }

    /// Makes a kept article known by its URL and its id.
    mutating func name(_ signature: Signature, number: UInt32) {
        if let page = signature.pageName { names.append((page, number)) }
        if let recollection = signature.recollection { names.append((recollection.id, number)) }
    }

    /// Adds a decision.
    ///
    /// - Parameter position: the one that the article has if it is kept as one of its own.
    mutating func add(_ signature: Signature, _ decision: Decision, position: Int, isContained: Bool) {
        guard let recollection = signature.recollection else { return }
        if decision.isKept { keptIDs.insert(recollection.id) }
        if recollection.isKnown { return }
        let (own, linked, similarity, kind) = Self.entry(decision, position: position)
        let isHeld = if case .duplicate(let match) = decision { match.kind == .exact } else { false }
        let key = isHeld ? nil : signature.identity.map { ContentRecord.Key($0) }
        contents.append(
            ContentRecord(
                key: key ?? recollection.ownKey,
                position: UInt32(own),
                linked: UInt32(linked),
                id: recollection.shortID,
                similarity: UInt16(similarity),
                kind: kind,
                isContained: isContained
            )
        )
    }

    private static func entry(_ decision: Decision, position: Int) -> (Int, Int, Int, ContentRecord.Kind) {
        switch decision {
        case .unique: (position, position, 0, .unique)
        case .revision(let revised): (revised, revised, 0, .revision)
        case .linked(let match): (position, match.position, match.similarity, .expanded)
        case .update(let match): (match.position, match.position, match.similarity, .samePage)
        case .duplicate(let match): (match.position, match.position, match.similarity, kind(match.kind))
        }
    }

    private static func kind(_ kind: DuplicateKind) -> ContentRecord.Kind {
        switch kind {
        case .exact: .exact
        case .near: .near
        case .truncated: .truncated
        case .expanded: .expanded
        case .samePage: .samePage
        }
    }

    /// The decision that was taken before, for the same article read again.
    func decision(_ record: ContentRecord, _ recollection: Recollection) -> Decision {
        func match(_ kind: DuplicateKind) -> DuplicateMatch {
            DuplicateMatch(position: Int(record.linked), kind: kind, similarity: Int(record.similarity))
        }
        switch record.kind {
        case .unique: return .unique
        case .exact: return .duplicate(match(.exact))
        case .near: return .duplicate(match(.near))
        case .truncated: return .duplicate(match(.truncated))
        case .expanded: return .linked(match(.expanded))
        case .samePage: return .update(match(.samePage))
        case .revision:
            // Beside its older text it is what it would have been in one run: that text's update.
            return hasKept(recollection.id) ? .update(match(.samePage)) : .revision(of: Int(record.position))
        }
    }
}
