import Language

/// What a tagger looks for and reports.
public struct TaggerOptions: Sendable {
    /// The types to report; nil for all.
    public var types: Set<String>?
    /// Whether mentions carry the gazetteer's ids and names.
    public var link: Bool

    public init(types: Set<String>? = nil, link: Bool = true) {
        self.types = types
        self.link = link
    }
}

/// Finds the entities that an article names.
///
/// Make one for a run and use it from any thread. Cost: linear in the text, independent of the gazetteer's size.
public struct EntityTagger: Sendable {
    private let options: TaggerOptions
    private let list: ListTagger
    private let types: Set<EntityType>?

    public init(gazetteer: Gazetteer, options: TaggerOptions = .init()) {
        self.options = options
        list = ListTagger(gazetteer: gazetteer)
        types = options.types.map { Set($0.compactMap(EntityType.init(rawValue:))) }
    }

    /// The mentions of a text in the order of their start; none overlaps another.
    ///
    /// - Parameters:
    ///   - title: read for cues, never searched for mentions.
    ///   - language: a BCP 47 code; nil when unknown.
    ///   - published: what relative dates count from.
    public func tag(
        _ text: String, title: String? = nil, language: String? = nil, published: Timestamp? = nil
    ) -> [Mention] {
        var text = text
        var title = title ?? ""
        return text.withUTF8 { body in
            title.withUTF8 { head in
                let document = Document(utf8: body)
                let spans = list.tag(document, title: head.isEmpty ? nil : Document(utf8: head))
                return spans.filter { types?.contains($0.type) ?? true }.map {
                    document.mention(of: $0, gazetteer: list.gazetteer, isLinked: options.link)
                }
            }
        }
    }
}
