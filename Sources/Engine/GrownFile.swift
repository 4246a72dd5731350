import Hashing
import Pipeline

/// One file of an ``ExportSet``: written anew from what it held and what comes, in one pass over the old file.
final class GrownFile {
    private let name: String
    private let sink: any GrowingSink
    private let folder: Folder
    private let spool: RowSpool
    private var added = 0
    private var updated = 0
    private var removed = 0

    init(_ name: String, sink: any GrowingSink, in folder: Folder, spool: RowSpool) {
        self.name = name
        self.sink = sink
        self.folder = folder
        self.spool = spool
    }

    /// - Parameter old: the file that this one goes on from.
    /// - Returns: nil for a file of many that would be empty: there is none then.
    func write(_ changes: FileChanges, after old: (set: LastSet, file: OutputFile.Summary)?) throws(RunError)
        -> OutputFile.Summary?
    {
        let file = try ExportFile(sink, name: name, in: folder)
        var waiting: [RowKey: Int] = [:]
        if sink.mode == .append { for (index, new) in changes.rows.enumerated() { waiting[new.key] = index } }
        if let old { try merge(old.set, old.file, changes, &waiting, into: file) }
        for new in changes.rows where old == nil || waiting[new.key] != nil {
            try file.write(spool.read(new.bytes), rows: new.rows)
            if new.rows > 0 { added += 1 }
        }
        if let old, added + updated + removed == 0 {
            try file.discard()
            var summary = try old.set.link(old.file, into: folder)
            summary.changes = .init(added: 0, updated: 0)
            return summary
        }
        if file.rows == 0, sink.partitions != nil {
            try file.discard()
            return nil
        }
        var summary = try file.finish()
        if sink.mode == .append { summary.changes = .init(added: added, updated: updated) }
        return summary
    }

    /// Copies the old rows, those that come again replaced in their places and taken out of `waiting`.
    private func merge(
        _ set: LastSet,
        _ old: OutputFile.Summary,
        _ changes: FileChanges,
        _ waiting: inout [RowKey: Int],
        into file: ExportFile
    ) throws(RunError) {
        let reader = try FileReader(set.path(old.name))
        var hash = SHA256()
        var rest: [UInt8] = []
        var header = sink.header.count
        var article: OldArticle?
        while let bytes = try reader.next() {
            bytes.withUnsafeBytes { hash.update($0) }
            rest += bytes
            if header > 0 {
                // The new file has its own already.
                guard rest.count >= header else { continue }
                rest.removeFirst(header)
                header = 0
            }
            let read = try rest.withUnsafeBufferPointer { buffer throws(RunError) in
                var position = 0
                while let row = sink.row(in: buffer, from: position) {
                    let key = RowKey(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[row.key]))
                    if article?.key != key {
                        try close(article, into: file)
                        article = open(key, changes, &waiting)
                    }
                    article?.rows += 1
                    article?.bytes += buffer[position..<row.end]
                    position = row.end
                }
                return position
            }
            rest.removeFirst(read)
        }
        try close(article, into: file)
        guard rest.isEmpty, header == 0, hash.finish() == old.sha256 else { throw set.changed(old.name) }
    }

    /// The rows of one article in the old file; they stand one behind the other.
    private struct OldArticle {
        let key: RowKey
        let fate: Fate
        var bytes: [UInt8] = []
        var rows = 0

        enum Fate {
            case stays, leaves
            case replaced(NewRows)
        }
    }

    private func open(_ key: RowKey, _ changes: FileChanges, _ waiting: inout [RowKey: Int]) -> OldArticle {
        if changes.leaving.contains(key) { return OldArticle(key: key, fate: .leaves) }
        guard let index = waiting.removeValue(forKey: key) else { return OldArticle(key: key, fate: .stays) }
        return OldArticle(key: key, fate: .replaced(changes.rows[index]))
    }

    private func close(_ article: OldArticle?, into file: ExportFile) throws(RunError) {
        guard let article else { return }
        switch article.fate {
        case .stays: try file.write(article.bytes, rows: article.rows)
        case .leaves: removed += 1
        case .replaced(let new):
            let bytes = try spool.read(new.bytes)
            if bytes != article.bytes { updated += 1 }
            try file.write(bytes, rows: new.rows)
        }
    }
}
