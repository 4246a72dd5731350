import Language

/// Chooses and cleans the names of those who wrote an article.
///
/// An outlet that signs itself counts only where no person is named anywhere.
enum PageAuthors {
    static func choose(data: [String], meta: MetaTags, marked: MarkedElements, outletNames: [[UnicodeScalar]])
        -> [String]
    {
        let stated: [[String]] = [
            data,
            meta.all(
                "author",
                "article:author",
                "dc.creator",
                "dcterms.creator",
                "parsely-author",
                "sailthru.author",
                "byl"
            ),
            marked.authors,
        ]
        let shown: [[String]] = [marked.authorLinks] + marked.bylines.map { [$0] }
        var institution: [String] = []
        for (index, values) in (stated + shown).enumerated() {
            let (names, isStated) = (clean(values), index < stated.count)
            let others = names.filter { !isOutlet($0, outletNames) }
            // What stands beside the outlet's name and is one word is its place: `hessenschau.de, Frankfurt, Germany`.
            let isSigned = others.count < names.count
            let people = others.filter { isStated ? !(isSigned && isOneWord($0)) : looksLikePerson($0) }
            if !people.isEmpty { return people.map { withoutOutlet($0, outletNames) } }
            if institution.isEmpty, isStated { institution = names.filter { !others.contains($0) } }
        }
        return institution
    }

    private static func isOneWord(_ name: String) -> Bool { name.utf8.allSatisfy { $0 != 0x20 && $0 < 0x80 } }

    /// `Kayla Jimenez USA TODAY` is signed with the outlet's name behind.
    private static func withoutOutlet(_ name: String, _ outletNames: [[UnicodeScalar]]) -> String {
        let words = name.split(separator: " ")
        for count in words.indices.dropFirst(2) {
            let rest = PageTitle.letters(words[count...].joined(separator: " "))
            if outletNames.contains(rest) { return words[..<count].joined(separator: " ") }
        }
        return name
    }

    private static func isOutlet(_ name: String, _ outletNames: [[UnicodeScalar]]) -> Bool {
        let letters = PageTitle.letters(name)
        return outletNames.contains { outlet in
            letters == outlet
                || (outlet.count >= 5 && letters.count <= outlet.count + 12 && letters.starts(with: outlet))
        }
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

    // MARK: Splitting

    private static let separators = [";", "|", " • ", " · ", "،", "、", ",", " / "].map { Array($0.utf8) }
    private static let joiners = [
        " and ", " und ", " et ", " og ", " och ", " y ", " e ", " & ", " en ", " ve ", " i ", " и ", " و ",
    ].map { Array($0.utf8) }

    private static func split(_ value: String) -> [String] {
        let value = withoutPreamble(PlainLine.plain(value) ?? value)
        return pieces(of: value, between: separators).flatMap(splitAtJoiners)
    }

    /// `A B and C D` are two names, `Barnes and Noble` is one.
    private static func splitAtJoiners(_ part: String) -> [String] {
        for joiner in joiners {
            let sides = pieces(of: part, between: [joiner])
            guard sides.count > 1, sides.allSatisfy({ $0.split(separator: " ").count >= 2 }) else { continue }
            return sides.flatMap(splitAtJoiners)
        }
        return [part]
    }

    /// The text cut at each of the separators; nothing empty.
    private static func pieces(of text: String, between separators: [[UInt8]]) -> [String] {
        let bytes = Array(text.utf8)
        var pieces: [String] = []
        var start = 0, i = 0
        while i < bytes.count {
            if let separator = separators.first(where: { bytes[i] == $0[0] && bytes[i...].starts(with: $0) }) {
                if start < i { pieces.append(String(decoding: bytes[start..<i], as: UTF8.self)) }
                i += separator.count
                start = i
            } else {
                i += 1
            }
        }
        if start < i { pieces.append(start == 0 ? text : String(decoding: bytes[start..<i], as: UTF8.self)) }
        return pieces
    }

    private static let preambles = [
        "written by", "posted by", "story by", "reported by", "veröffentlicht von", "artikel von", "recipe by",
        "article by", "by", "von",
        "par", "por", "di", "door", "av", "af", "text", "author", "autor", "auteur", "reporter", "bild", "بقلم", "كتب",
        "كتبت", "تحرير",
        "إعداد", "الكاتب", "نویسنده", "yazan", "автор", "od", "and", "&",
    ]

    private static func withoutPreamble(_ value: String) -> String {
        let lowered = value.lowercased()
        for preamble in preambles where lowered.hasPrefix(preamble) {
            let rest = value.dropFirst(preamble.count)
            for end in [": ", ":", " "] where rest.hasPrefix(end) { return String(rest.dropFirst(end.count)) }
        }
        return value
    }

    // MARK: Names

    private static let refused: Set<String> = [
        "admin", "administrator", "editor", "staff", "webmaster", "redaktion", "rédaction", "la rédaction", "redacción",
        "no author",
        "unknown", "author", "anonymous", "none", "null", "undefined", "guest", "editors", "news desk", "by", "name",
        "about the author",
        "account_circle", "mi perfil", "sign in", "redaktori", "redaktor", "redakcija", "redakcja", "redazione",
        "redação", "toimitus", "read more", "full bio", "follow", "staff writer", "updated", "germany",
    ]
    private static let offices: Set<String> = [
        "editor", "director", "manager", "head", "expert", "contributor", "reporter", "correspondent", "writer",
        "marketing", "ceo",
        "founder", "co-founder", "professor", "specialist", "officer", "senior", "journalist", "redakteur",
        "redakteurin", "team",
        "dr.", "phd", "ph.d.", "md", "rd", "ms", "development", "grader", "president", "analyst", "editorial", "chief",
    ]

    private static func name(_ part: String) -> String? {
        var text = withoutPreamble(PlainLine.collapse(part) ?? "")
        // A role behind a dash.
        for dash in [" - ", " – ", " — ", " ("] {
            if let cut = text.firstRange(of: dash), cut.lowerBound > text.startIndex {
                text = String(text[..<cut.lowerBound])
            }
        }
        guard let name = PlainLine.collapse(text) else { return nil }
        let count = name.unicodeScalars.count
        let words = name.split(separator: " ")
        guard count >= 2, count <= 60, words.count <= 7 else { return nil }
        let isAddress = name.contains("://") || name.contains("@") || name.hasPrefix("www.") || name.contains(".com/")
        guard !isAddress, !refused.contains(name.lowercased()) else { return nil }
        // Agencies' reports are signed with the place they are dated at.
        if words.count <= 2, ScrapedTextByline.isPlace(Folding.fold(name)) { return nil }
        if words.contains(where: { offices.contains($0.lowercased()) }),
            words.count != 2 || offices.contains(words[0].lowercased())
        {
            return nil
        }
        let digits = name.unicodeScalars.filter { $0.properties.numericType != nil }.count
        guard digits * 4 <= count, name.unicodeScalars.contains(where: \.properties.isAlphabetic) else { return nil }
        return name
    }

    /// Two to five words, none of which begins with a small letter, no digit: bylines hold much else.
    private static func looksLikePerson(_ name: String) -> Bool {
        let words = name.split(separator: " ")
        guard (2...5).contains(words.count), !name.unicodeScalars.contains(where: { $0.properties.numericType != nil })
        else { return false }
        let particles: Set<Substring> = [
            "de", "van", "von", "der", "den", "da", "di", "al", "el", "bin", "ben", "la", "le", "du", "dos",
        ]
        return words.allSatisfy { word in
            guard let first = word.unicodeScalars.first else { return false }
            return particles.contains(word) || (first.properties.isAlphabetic && !first.properties.isLowercase)
        }
    }
}
