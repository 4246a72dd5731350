/// The labels of the sequence tagger: outside, or the begin, inside, end or single token of a named entity.
package enum SequenceLabels {
    package static let types: [EntityType] = [.person, .location, .organisation, .miscellaneous]
    package static let outside: UInt8 = 0
    package static let count = 1 + 4 * types.count

    package enum Position: UInt8, CaseIterable, Sendable {
        case begin, inside, end, single
    }

    package static func label(_ position: Position, _ type: Int) -> UInt8 { UInt8(1 + 4 * type) + position.rawValue }

    package static func position(_ label: UInt8) -> Position? {
        label == outside ? nil : Position(rawValue: (label - 1) & 3)
    }

    package static func type(_ label: UInt8) -> Int? { label == outside ? nil : Int(label - 1) >> 2 }

    /// Whether `next` may follow `label`; at a line's edges both sides are as `outside`.
    package static func mayFollow(_ label: UInt8, _ next: UInt8) -> Bool {
        let isOpen = position(label).map { $0 == .begin || $0 == .inside } ?? false
        let continues = position(next).map { $0 == .inside || $0 == .end } ?? false
        return isOpen == continues && (!isOpen || type(label) == type(next))
    }
}
