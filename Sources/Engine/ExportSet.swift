import Pipeline

/// The files of one export, where they are many or go on from those of the last run.
///
/// New rows wait on the disk until all are known; then each file is written once, one after the other: what the last
/// run had in it, with the rows of articles that come again in their old places, and new ones behind. A file in which
/// nothing changes is linked. Memory: about 80 bytes a new article, however long the old files are.
final class ExportSet {
    private let sink: any GrowingSink
    private let folder: Folder
    /// What the export goes on from; nil when it begins.
    private let last: LastSet?
    private let memory: ExportMemory?
    private let spool: RowSpool
    private var articles: [NewRows] = []
    private var names: [String] = []
    private var numbers: [[UInt8]: Int] = [:]
    /// Articles whose rows are in another file than before.
    private(set) var moved: [(key: RowKey, file: String)] = []

    /// - Parameter memory: what earlier runs know of the export; nil when it does not grow.
    /// - Throws: ``RunError``, `refused` when the export cannot go on from the last run.
    init(_ sink: any GrowingSink, _ place: PlannedStep, in folder: Folder, last: LastSet?, memory: ExportMemory?)
        throws(RunError)
    {
        self.sink = sink
        self.folder = folder
        self.memory = memory
        self.last = try memory?.base(of: sink, last)
        spool = try RowSpool(".rows-\(place.number)", in: folder)
    }

    /// Takes the rows of some articles, in source order.
    func append(_ rows: EncodedRows) throws(RunError) {
        var offset = spool.count
        for piece in rows.pieces {
            articles.append(
                NewRows(
                    key: piece.key,
                    file: number(of: piece.file),
                    bytes: offset..<offset + piece.bytes,
                    rows: piece.rows
                )
            )
            offset += piece.bytes
        }
        try spool.append(rows.bytes)
    }

    private func number(of file: String) -> Int {
        let name = Array(file.utf8)
        if let number = numbers[name] { return number }
        numbers[name] = names.count
        names.append(file)
        return names.count - 1
    }

    /// Writes the files.
    func finish() throws(RunError) -> [OutputFile.Summary] {
        var changes = Array(repeating: FileChanges(), count: names.count)
        if sink.mode == .append {
            try grow(&changes)
        } else {
            for new in articles { changes[new.file].rows.append(new) }
        }
        if let partitions = sink.partitions { _ = try folder.makeFolder(partitions.folder) }
        var summaries: [OutputFile.Summary] = []
        for (name, number) in files() {
            let changes = number.map { changes[$0] } ?? FileChanges()
            if let summary = try finish(name, changes) { summaries.append(summary) }
        }
        if let partitions = sink.partitions {
            try folder.syncFolders(below: partitions.folder, of: summaries.map(\.name))
        }
        try spool.remove()
        return summaries
    }

    private func finish(_ name: String, _ changes: FileChanges) throws(RunError) -> OutputFile.Summary? {
        let old = last?.file(name)
        if let last, let old, changes.isEmpty {
            var summary = try last.link(old, into: folder)
            summary.changes = .init(added: 0, updated: 0)
            return summary
        }
        if sink.partitions != nil { try folder.makeFolders(above: name) }
        let file = GrownFile(name, sink: sink, in: folder, spool: spool)
        return try file.write(changes, after: old.flatMap { old in last.map { ($0, old) } })
    }

    /// Every file of the set by its name, with its number where an article of this run goes into it.
    private func files() -> [(name: String, number: Int?)] {
        var all = numbers.map { (name: names[$0.value], number: Optional($0.value)) }
        var old: [OutputFile.Summary] = []
        if let last {
            if let partitions = sink.partitions {
                old = last.files(in: partitions.folder, suffix: partitions.suffix)
            } else if let file = last.file(sink.file) {
                old = [file]
            }
        }
        all += old.filter { numbers[Array($0.name.utf8)] == nil }.map { ($0.name, nil) }
        if all.isEmpty, sink.partitions == nil { all = [(sink.file, nil)] }
        return all.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// What the next run has to know, to go on from this one.
    func learnt() throws(RunError) -> [StageLearnt] {
        guard let memory else { return [] }
        return [try memory.learnt(layout: sink.layout, moved: moved)]
    }

    /// An article that comes twice in this run has the place of the first and the rows of the last.
    private func grow(_ changes: inout [FileChanges]) throws(RunError) {
        var latest: [RowKey: Int] = [:]
        for (index, new) in articles.enumerated() { latest[new.key] = index }
        for new in articles {
            guard let index = latest.removeValue(forKey: new.key) else { continue }
            let rows = articles[index]
            guard sink.partitions != nil else {
                changes[rows.file].rows.append(rows)
                continue
            }
            let name = names[rows.file]
            let before = last == nil ? nil : try memory?.file(of: rows.key)
            if let before, Array(before.utf8) != Array(name.utf8) {
                let number = number(of: before)
                while changes.count < names.count { changes.append(FileChanges()) }
                changes[number].leaving.insert(rows.key)
            }
            if before.map({ Array($0.utf8) }) != Array(name.utf8) { moved.append((rows.key, name)) }
            changes[rows.file].rows.append(rows)
        }
    }
}

/// One article's new rows.
struct NewRows {
    let key: RowKey
    /// The number of its file.
    let file: Int
    /// Where they stand in the spool.
    let bytes: Range<Int>
    let rows: Int
}

/// What becomes of one file.
struct FileChanges {
    /// Articles that are in the file from now on, in source order, none twice where the file grows.
    var rows: [NewRows] = []
    /// Articles that are in another file from now on.
    var leaving: Set<RowKey> = []

    var isEmpty: Bool { rows.isEmpty && leaving.isEmpty }
}

/// The rows of a batch, and whose they are.
struct EncodedRows: Sendable {
    struct Piece: Sendable {
        let key: RowKey
        let file: String
        let bytes: Int
        let rows: Int
    }

    var bytes: [UInt8] = []
    var pieces: [Piece] = []
}
