import Language

/// The entities that a tagger knows by name, compiled for matching.
///
/// Use one for all articles of a run. Cost: one pass over the files; a million entries of 81 MB take about three CPU-seconds and
/// 470 MB at the peak. Matching costs the same however many names there are.
public struct Gazetteer: Sendable {
    let entries: [GazetteerEntry]
    let automaton: NameAutomaton
    /// By entry: the tokens of its longest unambiguous name's last word, for coreference.
    public var count: Int { entries.count }

    /// A gazetteer that knows nothing.
    public init() {
        entries = []
        automaton = NameAutomaton()
    }

    /// Reads JSONL files, one entity a line; see ``GazetteerEntry`` for the keys.
    ///
    /// - Throws: every problem of every file: wrong JSON, missing or unknown keys, ids that stand twice, empty names,
    ///   names without a letter, names that are function words.
    public init(sources: [(name: String, bytes: [UInt8])]) throws(GazetteerError) {
        var builder = Builder()
        for source in sources { builder.read(source.name, source.bytes) }
        guard builder.problems.isEmpty else { throw GazetteerError(problems: builder.problems) }
        entries = builder.entries
        automaton = builder.automaton
    }
}

extension Gazetteer {
    private struct Builder {
        var entries: [GazetteerEntry] = []
        var automaton = NameAutomaton()
        var problems: [GazetteerError.Problem] = []
        private var places: [String: (file: String, line: Int)] = [:]

        mutating func read(_ file: String, _ bytes: [UInt8]) {
            var line = 0
            for slice in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
                line += 1
                let content = slice.last == 0x0D ? slice.dropLast() : slice
                guard content.contains(where: { $0 > 0x20 }) else { continue }
                var messages: [String] = []
                let entry = GazetteerEntry(line: Array(content)) { messages.append($0) }
                if let entry { add(entry, file, line, &messages) }
                problems += messages.map { GazetteerError.Problem(file: file, line: line, message: $0) }
            }
        }

        private mutating func add(_ entry: GazetteerEntry, _ file: String, _ line: Int, _ messages: inout [String]) {
            if let first = places[entry.id] {
                messages.append("the id \"\(entry.id)\" stands already at \(first.file):\(first.line)")
                return
            }
            places[entry.id] = (file, line)
            let index = Int32(entries.count)
            for name in entry.names {
                let list = TokenList(name.text)
                let tokens = list.tokens.filter { !NameMatcher.isQuote(list, $0) }
                guard tokens.contains(where: { $0.kind != .sign }) else {
                    messages.append("the name \"\(name.text)\" has neither letter nor digit")
                    continue
                }
                if tokens.count == 1, Lexicon.shared.flags(tokens[0].hash).contains(.functionWord),
                    tokens[0].capitals != .all
                {
                    messages.append("the name \"\(name.text)\" is a function word; every text would be full of it")
                    continue
                }
                if tokens.count > NameMatcher.maxTokens {
                    messages.append("the name \"\(name.text)\" has more than \(NameMatcher.maxTokens) words and signs")
                    continue
                }
                automaton.insert(
                    tokens.map(\.hash),
                    entry: index,
                    isAmbiguous: name.isAmbiguous,
                    capitals: tokens[0].capitals
                )
            }
            entries.append(entry)
        }
    }
}
