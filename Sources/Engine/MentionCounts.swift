import Pipeline

/// In how many articles each person, organisation, place and event is mentioned, and on which days.
///
/// It holds at most 20,000 names: when there are more, the rarer half of them is forgotten, so that what is frequent
/// is counted right and what is rare may be missed (Manku and Motwani, "Approximate Frequency Counts", 2002).
struct MentionCounts: Sendable {
    struct Key: Hashable, Sendable {
        let type: String
        let id: String
    }

    struct Name: Sendable {
        let name: String
        var days = DayCounts()
        var articles = 0
    }

    static let types = ["PER", "ORG", "LOC", "EVENT"]
    private static let maxNames = 20_000
    private var names: [Key: Name] = [:]

    mutating func add(_ entities: [Entity], day: Int?) {
        var seen: Set<Key> = []
        for entity in entities where Self.types.contains(entity.type) {
            let name = entity.name ?? entity.text
            let key = Key(type: entity.type, id: entity.id ?? name)
            guard seen.insert(key).inserted else { continue }
            names[key, default: Name(name: name)].articles += 1
            names[key]?.days.add(day)
        }
        if names.count > Self.maxNames { forget() }
    }

    private mutating func forget() {
        let rarest = names.sorted(by: Self.isMoreFrequent).suffix(names.count / 2)
        for (key, _) in rarest { names[key] = nil }
    }

    private static func isMoreFrequent(_ a: (key: Key, value: Name), _ b: (key: Key, value: Name)) -> Bool {
        (b.value.articles, a.key.type, a.key.id) < (a.value.articles, b.key.type, b.key.id)
    }

    /// The most frequent of a type, by the number of articles.
    func top(_ count: Int, of type: String) -> [Name] {
        names.filter { $0.key.type == type }.sorted(by: Self.isMoreFrequent).prefix(count).map(\.value)
    }
}
