import Markup

/// Elements that say what they are: headings, `itemprop`, `rel=author`, `<time>`, bylines.
struct MarkedElements {
    private(set) var headings: [String] = []
    /// `<h2>` and `<h3>`, for pages whose headline is one.
    private(set) var subheadings: [String] = []
    private(set) var headline: String?
    private(set) var authors: [String] = []
    private(set) var authorLinks: [String] = []
    private(set) var bylines: [String] = []
    private(set) var published: [String] = []
    private(set) var modified: [String] = []
    /// The `datetime` and the text of each `<time>`, in order.
    private(set) var times: [(machine: String?, text: String?)] = []

    init(_ nodes: PageNodes, _ scan: BlockScan) {
        var bylineEnd = 0
        for node in 0..<nodes.count where !nodes.isText(node) {
            let tag = nodes.tag(node)
            if tag == .h1, headings.count < 8, let text = Self.text(nodes, node, limit: 1000) { headings.append(text) }
            if tag == .h2 || tag == .h3, subheadings.count < 12, let text = Self.text(nodes, node, limit: 400) {
                subheadings.append(text)
            }
            if tag == .time, times.count < 50 {
                times.append(
                    (
                        nodes.attribute(.datetime, of: node).flatMap(PlainLine.collapse),
                        Self.text(nodes, node, limit: 200)
                    )
                )
            }
            if let property = nodes.attribute(.itemprop, of: node) {
                addProperty(nodes, node, MetaTags.lowered(property))
            }
            // Comments and teasers have authors too.
            let context = BlockContext(rawValue: scan.around[node])
            guard context.isDisjoint(with: Self.others) else { continue }
            if tag == .a, authorLinks.count < 8, let rel = nodes.attribute(.rel, of: node),
                MetaTags.lowered(rel) == "author",
                let text = Self.text(nodes, node, limit: 120)
            {
                authorLinks.append(text)
            }
            if node >= bylineEnd, bylines.count < 8,
                !BlockContext(rawValue: scan.own[node]).isDisjoint(with: Self.author),
                nodes.end(of: node) - node < 40, let text = Self.text(nodes, node, limit: 160)
            {
                bylines.append(text)
                bylineEnd = nodes.end(of: node)
            }
        }
    }

    private static let author = ContextMeaning.named("author")
    private static let others = ContextMeaning.named("comment related popular").union([.footer, .nav])

    private mutating func addProperty(_ nodes: PageNodes, _ node: Int, _ property: String) {
        switch property {
        case "headline": headline = headline ?? Self.text(nodes, node, limit: 1000)
        case "author", "creator":
            guard authors.count < 8 else { return }
            let name = (node..<nodes.end(of: node)).first { inner in
                nodes.attribute(.itemprop, of: inner).map { MetaTags.lowered($0) == "name" } ?? false
            }
            if let text = Self.value(nodes, name ?? node) { authors.append(text) }
        case "datepublished", "datecreated": if let text = Self.value(nodes, node) { published.append(text) }
        case "datemodified": if let text = Self.value(nodes, node) { modified.append(text) }
        default: break
        }
    }

    private static func value(_ nodes: PageNodes, _ node: Int) -> String? {
        for attribute in [Attribute.content, .datetime] {
            if let value = nodes.attribute(attribute, of: node).flatMap(PlainLine.collapse) { return value }
        }
        return text(nodes, node, limit: 200)
    }

    /// The text below an element; nil when it is empty or longer than `limit` bytes.
    static func text(_ nodes: PageNodes, _ node: Int, limit: Int) -> String? {
        var bytes: [UInt8] = []
        var inner = node + 1
        while inner < nodes.end(of: node) {
            if BlockScan.isSkipped(nodes.tag(inner)) {
                inner = nodes.end(of: inner)
                continue
            }
            if nodes.isText(inner) {
                bytes.append(contentsOf: nodes.text(inner))
            } else if BlockScan.beginsLine(nodes.tag(inner)) || nodes.tag(inner) == .br {
                bytes.append(0x20)
            }
            guard bytes.count <= limit * 4 else { return nil }
            inner += 1
        }
        let line = bytes.withUnsafeBufferPointer { PlainLine.collapse($0) }
        return line.flatMap { $0.utf8.count <= limit ? $0 : nil }
    }
}
