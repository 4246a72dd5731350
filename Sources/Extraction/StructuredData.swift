import JSON

/// What a page's JSON-LD (schema.org) says of its article.
struct StructuredData {
    var headline: String?
    /// The desk keeps several headlines apart, so that the one named so is meant.
    var hasAlternative = false
    /// The page calls itself a piece of news, not just any article.
    var isNews = false
    var articleBody: String?
    var description: String?
    var published: String?
    var modified: String?
    var section: String?
    var language: String?
    var image: String?
    var url: String?
    var publisher: String?
    var authors: [String] = []
    var keywords: [String] = []

    init(_ scripts: [UnsafeBufferPointer<UInt8>]) {
        var entries: [Entry] = []
        for script in scripts {
            var reader = JSONReader(Self.payload(script), leniently: true)
            // A broken script says nothing; what stood before its mistake is not trusted either.
            if let value = try? Self.read(&reader) { Self.collect(value, depth: 0, isListed: false, into: &entries) }
        }
        let named = Dictionary(
            entries.compactMap { entry in entry.value["@id"]?.string.map { ($0, entry.value) } },
            uniquingKeysWith: { first, second in first["name"] == nil ? second : first }
        )
        guard let best = Self.best(entries) else { return }
        isNews = best.rank >= 40
        fill(from: best.value, named)
        for entry in entries where entry.rank > 0 { complete(from: entry.value, named) }
    }

    /// An object with a type, and how much it looks like the page's article.
    private struct Entry {
        var value: JSONValue
        var rank: Int
    }

    private static func best(_ entries: [Entry]) -> Entry? {
        var best: Entry?
        for entry in entries where entry.rank > (best?.rank ?? 0) { best = entry }
        return best
    }

    // MARK: Reading

    /// The script without the comment or CDATA marks some pages put around it.
    private static func payload(_ script: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        func opening(from start: Int) -> Int {
            script[start...].firstIndex { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") } ?? script.endIndex
        }
        var from = opening(from: 0)
        // The brackets of `<![CDATA[`.
        while from > 0, from < script.endIndex,
            script[from - 1] == UInt8(ascii: "!") || script[from - 1] == UInt8(ascii: "A")
        {
            from = opening(from: from + 1)
        }
        return UnsafeBufferPointer(rebasing: script[from...])
    }

    /// As `JSONReader.readValue`, but a key that stands twice is no error: pages repeat them, the first counts.
    private static func read(_ reader: inout JSONReader) throws(JSONError) -> JSONValue {
        switch try reader.peek() {
        case .object:
            var members: [JSONValue.Member] = []
            try reader.readObject { key, reader throws(JSONError) in
                members.append(.init(key: key, keyRange: 0..<0, value: try read(&reader)))
            }
            return JSONValue(.object(members))
        case .array:
            var elements: [JSONValue] = []
            try reader.readArray { reader throws(JSONError) in elements.append(try read(&reader)) }
            return JSONValue(.array(elements))
        default: return try reader.readValue()
        }
    }

    private static func collect(_ value: JSONValue, depth: Int, isListed: Bool, into entries: inout [Entry]) {
        guard depth < 12 else { return }
        if let elements = value.elements {
            for element in elements { collect(element, depth: depth + 1, isListed: isListed, into: &entries) }
            return
        }
        guard let members = value.members else { return }
        if value["@type"] != nil || value["@id"] != nil {
            entries.append(Entry(value: value, rank: isListed ? 0 : rank(value)))
        }
        for member in members {
            // Entries of lists, parts and comments are other articles than the page's.
            collect(member.value, depth: depth + 1, isListed: isListed || others.contains(member.key), into: &entries)
        }
    }

    private static let others: Set<String> = [
        "itemListElement", "hasPart", "comment", "isPartOf", "liveBlogUpdate", "citation", "mentions", "about",
        "subjectOf",
    ]

    private static func rank(_ value: JSONValue) -> Int {
        let types = strings(value["@type"])
        var rank = 0
        for type in types {
            if type.hasSuffix("NewsArticle") { rank = max(rank, 40) }
            if type.hasSuffix("Article") || type.hasSuffix("Posting") || type == "Report" { rank = max(rank, 30) }
            if type == "WebPage" || type.hasSuffix("Page") { rank = max(rank, 4) }
            if type == "VideoObject" || type == "Recipe" || type == "Event" || type == "Review" { rank = max(rank, 3) }
        }
        guard rank > 0 else { return 0 }
        if value["headline"] != nil { rank += 4 }
        if value["datePublished"] != nil { rank += 2 }
        if value["articleBody"] != nil { rank += 3 }
        return rank
    }

    // MARK: Filling

    private mutating func fill(from value: JSONValue, _ named: [String: JSONValue]) {
        headline = Self.text(value["headline"]) ?? Self.text(value["name"])
        hasAlternative = (value["alternativeHeadline"] ?? value["alternateHeadline"]) != nil
        articleBody = Self.text(value["articleBody"])
        complete(from: value, named)
    }

    private mutating func complete(from value: JSONValue, _ named: [String: JSONValue]) {
        published = published ?? Self.strings(value["datePublished"]).first ?? Self.strings(value["uploadDate"]).first
        modified = modified ?? Self.strings(value["dateModified"]).first
        description = description ?? Self.text(value["description"])
        section = section ?? Self.strings(value["articleSection"]).first.flatMap(PlainLine.plain)
        language = language ?? Self.strings(value["inLanguage"]).first
        image = image ?? Self.address(value["image"], named) ?? Self.address(value["thumbnailUrl"], named)
        url = url ?? Self.address(value["mainEntityOfPage"], named) ?? Self.address(value["url"], named)
        publisher = publisher ?? Self.names(value["publisher"], named).first
        if authors.isEmpty { authors = Self.names(value["author"], named) }
        if authors.isEmpty { authors = Self.names(value["creator"], named) }
        if keywords.isEmpty { keywords = Self.strings(value["keywords"]) }
    }

    private static func strings(_ value: JSONValue?) -> [String] {
        if let string = value?.string { return [string] }
        if let elements = value?.elements { return elements.compactMap(\.string) }
        return []
    }

    private static func text(_ value: JSONValue?) -> String? {
        strings(value).first.flatMap(PlainLine.plain)
    }

    private static func address(_ value: JSONValue?, _ named: [String: JSONValue]) -> String? {
        guard let value else { return nil }
        if let string = value.string { return string.isEmpty ? nil : string }
        if let elements = value.elements { return elements.first.flatMap { address($0, named) } }
        if let url = value["url"]?.string ?? value["contentUrl"]?.string { return url }
        guard let id = value["@id"]?.string else { return nil }
        return named[id]?["url"]?.string ?? id
    }

    private static func names(_ value: JSONValue?, _ named: [String: JSONValue]) -> [String] {
        guard let value else { return [] }
        if let string = value.string { return PlainLine.plain(string).map { [$0] } ?? [] }
        if let elements = value.elements { return elements.flatMap { names($0, named) } }
        if let name = value["name"] { return strings(name).compactMap(PlainLine.plain) }
        guard let id = value["@id"]?.string, let other = named[id], let name = other["name"] else { return [] }
        return strings(name).compactMap(PlainLine.plain)
    }
}
