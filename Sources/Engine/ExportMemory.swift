import GRDB
import Pipeline

/// What the state knows of an export that grows: how it is laid out, and in which of its files an article is.
struct ExportMemory {
    private let memory: StageMemory
    private let state: StateFile
    private let readsOnlyNew: Bool
    private let run: Int

    /// - Parameter readsOnlyNew: whether inputs of earlier runs are not read again.
    init(_ sink: any GrowingSink, _ memory: RunMemory, readsOnlyNew: Bool) throws(RunError) {
        self.memory = try memory.memory(of: "export \(sink.file)")
        state = memory.state
        run = memory.run
        self.readsOnlyNew = readsOnlyNew
    }

    /// What the export goes on from; nil when it begins.
    ///
    /// - Throws: ``RunError``, `refused` when its rows cannot be those of all inputs any more.
    func base(of sink: any GrowingSink, _ last: LastSet?) throws(RunError) -> LastSet? {
        guard let last else { return nil }
        let noted = try state.note(of: Self.layoutKey, memory.stage).map(Layout.init)
        if let noted, noted.run == last.run.number {
            if noted.layout == sink.layout { return last }
            throw refusal("\"\(sink.file)\" has other columns than in run \(last.run)")
        }
        guard readsOnlyNew, try state.knowsInputs() else { return nil }
        throw refusal("\"\(sink.file)\" would lack the articles of inputs that are not read again")
    }

    private func refusal(_ problem: String) -> RunError {
        RunError(
            .refused,
            problem,
            hint: "have every input read again: etl state DEFINITION --rebuild, then etl run DEFINITION"
        )
    }

    /// The file in which the article is.
    func file(of key: RowKey) throws(RunError) -> String? {
        try state.note(of: key.bytes, memory.stage).map { String(decoding: $0, as: UTF8.self) }
    }

    func learnt(layout: [UInt8], moved: [(key: RowKey, file: String)]) throws(RunError) -> StageLearnt {
        let layout = Layout(run: run, layout: layout)
        let moved = moved.map { MemoryNote(key: $0.key.bytes, value: Array($0.file.utf8)) }
        return try memory.learnt([MemoryNote(key: Self.layoutKey, value: layout.bytes)] + moved)
    }

    private static let layoutKey = Array("layout".utf8)

    /// The run that wrote the export last, and how: `41 csv id,title`.
    private struct Layout {
        let run: Int
        let layout: [UInt8]

        init(run: Int, layout: [UInt8]) {
            self.run = run
            self.layout = layout
        }

        init(_ bytes: [UInt8]) {
            let parts = bytes.split(separator: 0x20, maxSplits: 1)
            run = parts.first.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
            layout = parts.count > 1 ? Array(parts[1]) : []
        }

        var bytes: [UInt8] { Array("\(run) ".utf8) + layout }
    }
}

extension StateFile {
    /// Whether there are inputs that will not be read again.
    fileprivate func knowsInputs() throws(RunError) -> Bool {
        try read { database in
            try Bool.fetchOne(
                database,
                sql: "SELECT EXISTS (SELECT 1 FROM notes WHERE stage = 'inputs' AND until IS NULL)"
            ) ?? false
        }
    }
}
