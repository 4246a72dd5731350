/// Chooses and cleans the names of those who wrote an article.
enum PageAuthors {
    static func choose(data: [String], meta: MetaTags, marked: MarkedElements, outlet: String?) -> [String] {
        let sources: [[String]] = [
            data,
            meta.all("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl"),
            marked.authors, marked.authorLinks, marked.bylines,
        ]
        for source in sources {
            let names = clean(source)
            if !names.isEmpty { return names }
        }
        return []
    }

    private static func clean(_ values: [String]) -> [String] {
        var seen: Set<String> = []
        var names: [String] = []
        for value in values {
            for part in split(value) {
                guard let name = name(part), seen.insert(name.lowercased()).inserted else { continue }
                names.append(name)
            }
        }
        return Array(names.prefix(12))
    }

    private static let separators = [
        " and ", " und ", " et ", " y ", " e ", " و ", " & ", "،", ",", ";", "|", " / ", "\u{3001}", " • ", " · ",
    ]

    private static func split(_ value: String) -> [String] {
        var parts = [withoutPreamble(value)]
        for separator in separators {
            parts = parts.flatMap { part -> [String] in
                part.split(separator: separator).map(String.init)
            }
        }
        return parts
    }

    private static let preambles = [
        "written by", "posted by", "story by", "reported by", "by", "von", "par", "por", "di", "door", "av", "af", "text:", "author:",
        "autor:", "auteur:", "بقلم", "كتب", "كتبت", "تحرير", "إعداد", "الكاتب", "نویسنده", "نویسنده:", "yazan", "автор:", "автор", "od",
    ]

    private static func withoutPreamble(_ value: String) -> String {
        let lowered = value.lowercased()
        for preamble in preambles {
            for end in [" ", ": ", ":"] where lowered.hasPrefix(preamble + end) {
                return String(value.dropFirst(preamble.count + end.count))
            }
        }
        return value
    }

    private static let refused: Set<String> = [
        "admin", "administrator", "editor", "staff", "webmaster", "redaktion", "rédaction", "la rédaction", "redacción",
        "unknown", "author", "anonymous", "none", "null", "undefined", "guest", "editors", "news desk", "by",
    ]

    private static func name(_ part: String) -> String? {
        guard let name = PlainLine.collapse(withoutPreamble(part)) else { return nil }
        let count = name.unicodeScalars.count
        guard count >= 2, count <= 60, name.split(separator: " ").count <= 6 else { return nil }
        let isAddress = name.contains("://") || name.contains("@") || name.hasPrefix("www.") || name.contains(".com/")
        guard !isAddress, !refused.contains(name.lowercased()) else { return nil }
        let digits = name.unicodeScalars.filter { $0.properties.numericType != nil }.count
        guard digits * 4 <= count, name.unicodeScalars.contains(where: \.properties.isAlphabetic) else { return nil }
        return name
    }
}
