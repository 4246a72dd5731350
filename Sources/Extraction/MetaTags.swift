import Markup

/// The `<meta>` and `<link>` elements of a page, the `<title>` and the language of `<html>`.
struct MetaTags {
    private var contents: [String: [String]] = [:]
    private(set) var title: String?
    private(set) var canonical: String?
    private(set) var language: String?

    init(_ nodes: PageNodes) {
        for node in 0..<nodes.count {
            switch nodes.tag(node) {
            case .meta: add(nodes, node)
            case .title where title == nil:
                title = node + 1 < nodes.end(of: node) ? PlainLine.collapse(nodes.text(node + 1)) : nil
            case .link where canonical == nil: addLink(nodes, node)
            case .html: language = nodes.attribute(.lang, of: node).flatMap(PlainLine.collapse)
            default: break
            }
        }
    }

    /// The first value under any of the names, in the names' order.
    func first(_ names: String...) -> String? {
        for name in names {
            if let value = contents[name]?.first { return value }
        }
        return nil
    }

    func all(_ names: String...) -> [String] {
        names.lazy.compactMap { contents[$0] }.first ?? []
    }

    private mutating func add(_ nodes: PageNodes, _ node: Int) {
        guard let content = nodes.attribute(.content, of: node) else { return }
        for attribute in [Attribute.property, .name, .itemprop, .httpEquiv] {
            guard let name = nodes.attribute(attribute, of: node), name.count > 0, name.count < 64 else { continue }
            guard
                let value = PlainLine.collapse(content).flatMap({ PlainLine.collapse(CharacterReferences.decode($0)) })
            else { return }
            contents[Self.lowered(name), default: []].append(value)
            return
        }
    }

    private mutating func addLink(_ nodes: PageNodes, _ node: Int) {
        guard let rel = nodes.attribute(.rel, of: node), Self.lowered(rel) == "canonical" else { return }
        canonical = nodes.attribute(.href, of: node).flatMap(PlainLine.collapse)
    }

    static func lowered(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        String(decoding: bytes.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
}
