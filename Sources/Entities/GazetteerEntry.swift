import JSON

/// One entity of a gazetteer: what it is and every name under which the news writes about it.
///
/// One JSON object a line:
///
/// | key | meaning |
/// |---|---|
/// | `id` | canonical id, unique over all gazetteers of a stage |
/// | `type` | PER, LOC, ORG, EVENT or MISC |
/// | `name` | the canonical name |
/// | `names` | the name in other languages: `{"en": "Tripoli"}` |
/// | `aliases` | other names: a list, or one list a language |
/// | `ambiguous` | names of the above that are also ordinary words or other entities; they count only with a second cue |
/// | `wikidata` | the Wikidata id where it was verified, else null |
/// | `subtype`, `country` | free text; an ISO 3166 code. Places of a country vouch for each other's ambiguous names |
struct GazetteerEntry: Sendable {
    var id: String
    var type: EntityType
    var name: String
    var country: String?
    var names: [Name] = []

    struct Name: Sendable {
        var text: String
        var isAmbiguous: Bool
    }
}

extension GazetteerEntry {
    static let keys = ["aliases", "ambiguous", "country", "id", "name", "names", "subtype", "type", "wikidata"]

    /// Reads one line; every problem is appended, and nil is returned when there is any.
    init?(line bytes: [UInt8], report: (String) -> Void) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes)
        } catch {
            report("not JSON: \(error)")
            return nil
        }
        guard let members = value.members else {
            report("expected an object, found \(value.kind)")
            return nil
        }
        var isGood = true
        func fail(_ message: String) {
            isGood = false
            report(message)
        }

        for member in members where !Self.keys.contains(member.key) {
            fail("unknown key \"\(member.key)\"; keys here: \(Self.keys.joined(separator: ", "))")
        }
        func text(_ key: String) -> String {
            guard let member = value[key] else {
                fail("the key \"\(key)\" is missing")
                return ""
            }
            guard let string = member.string else {
                fail("\"\(key)\": expected a string, found \(member.kind)")
                return ""
            }
            if string.isEmpty { fail("\"\(key)\" is empty") }
            return string
        }
        let id = text("id")
        let typeName = text("type")
        let name = text("name")
        let type = EntityType(rawValue: typeName).flatMap { EntityType.named.contains($0) ? $0 : nil }
        if type == nil, !typeName.isEmpty {
            fail(
                "unknown type \"\(typeName)\"; types here: \(EntityType.named.map(\.rawValue).joined(separator: ", "))"
            )
        }

        var all = [name]
        all += Self.strings(value["names"], "names", fail)
        all += Self.strings(value["aliases"], "aliases", fail)
        let ambiguous = Self.strings(value["ambiguous"], "ambiguous", fail)
        for text in ambiguous where !all.contains(text) {
            fail("\"ambiguous\" holds \"\(text)\", which is none of the names")
        }
        for key in ["wikidata", "country", "subtype"] {
            if let member = value[key], !member.isNull, member.string?.isEmpty ?? true {
                fail(
                    "\"\(key)\": expected a string or null, found \(member.string == "" ? "an empty one" : member.kind)"
                )
            }
        }
        guard isGood, let type else { return nil }

        var seen: Set<String> = []
        self.init(id: id, type: type, name: name, country: value["country"]?.string)
        for text in all where seen.insert(text).inserted {
            names.append(Name(text: text, isAmbiguous: ambiguous.contains(text)))
        }
    }

    /// The strings of a list, or of an object of strings or lists.
    private static func strings(_ value: JSONValue?, _ key: String, _ fail: (String) -> Void) -> [String] {
        guard let value, !value.isNull else { return [] }
        var found: [String] = []
        var open = [value]
        while let next = open.popLast() {
            if let string = next.string {
                if string.isEmpty { fail("\"\(key)\" holds an empty name") } else { found.append(string) }
            } else if let elements = next.elements {
                open += elements.reversed()
            } else if let members = next.members {
                open += members.reversed().map(\.value)
            } else {
                fail("\"\(key)\": expected names, found \(next.kind)")
            }
        }
        return found
    }
}
