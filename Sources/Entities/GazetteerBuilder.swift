import Language

/// Reads gazetteers and compiles them to one image.
struct GazetteerBuilder {
    /// More problems than anyone reads are counted, not kept.
    private static let maxProblems = 100
    /// Bytes of a name; 24 words of the longest have fewer.
    private static let maxNameBytes = 1000

    private(set) var problems: [GazetteerError.Problem] = []
    private(set) var omitted = 0

    private var automaton = NameAutomatonBuilder()
    private var records: [UInt8] = []
    private var offsets: [UInt32] = []
    /// The hash of an id to its entry's number, counted from 1; by entry, where it stood.
    private var ids = HashTable()
    private var places: [(file: Int32, line: Int32)] = []
    private var files: [String] = []

    mutating func read(_ file: String, _ bytes: [UInt8]) {
        files.append(file)
        var line = 0
        var isFirst = true
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        for slice in bytes[start...].split(separator: 0x0A, omittingEmptySubsequences: false) {
            line += 1
            let content = slice.last == 0x0D ? slice.dropLast() : slice
            guard let opening = content.first(where: { $0 > 0x20 }) else { continue }
            var messages: [String] = []
            let entry = GazetteerEntry(line: Array(content)) { messages.append($0) }
            if let entry { add(entry, line, &messages) }
            // A file of another kind: its other lines would say the same.
            let isOther = isFirst && opening != UInt8(ascii: "{") && !messages.isEmpty
            if isOther, let last = messages.popLast() { messages.append(last + Self.hint(bytes)) }
            for message in messages { report(GazetteerError.Problem(file: file, line: line, message: message)) }
            if isOther { return }
            isFirst = false
        }
    }

    private static func hint(_ bytes: [UInt8]) -> String {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return "; the file is UTF-16, a gazetteer is UTF-8"
        }
        return #"; a gazetteer is JSON Lines, one {"id": …, "type": …, "name": …} a line"#
    }

    private mutating func report(_ problem: GazetteerError.Problem) {
        if problems.count < Self.maxProblems { problems.append(problem) } else { omitted += 1 }
    }

    private mutating func add(_ entry: GazetteerEntry, _ line: Int, _ messages: inout [String]) {
        let hash = TokenHash.hash(entry.id)
        let known = Int(ids[hash])
        if known > 0 {
            let place = places[known - 1]
            messages.append("the id \"\(entry.id)\" stands already at \(files[Int(place.file)]):\(place.line)")
            return
        }
        guard records.count < Int(Int32.max) else {
            messages.append("the gazetteers together are too large; at most 2 GiB of ids and names")
            return
        }
        let index = Int32(offsets.count)
        for name in entry.names {
            let list = TokenList(name.text)
            let tokens = list.tokens.filter { !NameMatcher.isQuote(list, $0) }
            if let problem = Self.problem(name, list, tokens) {
                messages.append("the name \"\(Self.shown(name.text))\" \(problem)")
                continue
            }
            automaton.insert(
                tokens.map(\.hash),
                entry: index,
                isAmbiguous: name.isAmbiguous,
                capitals: tokens[0].capitals
            )
        }
        offsets.append(UInt32(records.count))
        places.append((Int32(files.count - 1), Int32(truncatingIfNeeded: line)))
        ids[hash] = UInt32(offsets.count)
        records.append(UInt8(EntityType.named.firstIndex(of: entry.type) ?? 0))
        for text in [entry.country ?? "", entry.id, entry.name] {
            withUnsafeBytes(of: UInt32(text.utf8.count)) { records += $0 }
            records += text.utf8
        }
    }

    /// Why a name cannot be looked for; nil when it can.
    private static func problem(_ name: GazetteerEntry.Name, _ list: TokenList, _ tokens: [Token]) -> String? {
        if name.text.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\t" }) {
            return "holds a control character"
        }
        if name.text.utf8.count > maxNameBytes { return "has more than \(maxNameBytes) bytes" }
        guard tokens.contains(where: { $0.kind != .sign }) else { return "has neither letter nor digit" }
        if tokens.count > NameMatcher.maxTokens { return "has more than \(NameMatcher.maxTokens) words and signs" }
        guard tokens.count == 1, tokens[0].capitals != .all else { return nil }
        if Lexicon.shared.flags(tokens[0].hash).contains(.functionWord) {
            return "is a function word; every text would be full of it"
        }
        if tokens[0].kind != .number, list.key(tokens[0]).unicodeScalars.count == 1 {
            return "is a single letter; every text would be full of it"
        }
        return nil
    }

    /// The beginning of a name, so that a message stays a line.
    private static func shown(_ name: String) -> String {
        let scalars = name.unicodeScalars.prefix(60).map { $0.value < 0x20 ? "\u{FFFD}" : Character($0) }
        return String(scalars) + (name.unicodeScalars.count > 60 ? "…" : "")
    }

    /// What has been read so far, compiled.
    var image: GazetteerImage {
        var layout = GazetteerImage.Layout()
        automaton.measure(&layout)
        layout.entries = offsets.count
        layout.recordBytes = records.count
        return GazetteerImage(layout) { base in
            automaton.write(layout, to: base)
            for (index, offset) in offsets.enumerated() {
                base.storeBytes(of: offset, toByteOffset: layout.entryRows + 4 * index, as: UInt32.self)
            }
            UnsafeMutableRawBufferPointer(start: base + layout.records, count: records.count).copyBytes(from: records)
        }
    }
}
