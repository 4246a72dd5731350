import Pipeline

/// What an export has to do behind the last article.
protocol FinishedExport: AnyObject {
    func finishFiles() throws(RunError) -> [OutputFile.Summary]
}

extension ExportFile: FinishedExport {
    func finishFiles() throws(RunError) -> [OutputFile.Summary] { [try finish()] }
}

extension ExportSet: FinishedExport {
    func finishFiles() throws(RunError) -> [OutputFile.Summary] { try finish() }
}

extension GrowingSink {
    /// Whether the engine has to know whose rows are whose.
    var growsOrSplits: Bool { mode == .append || partitions != nil }
}

/// Encodes articles and says whose rows are whose.
struct EncodeRowsStep<S: GrowingSink>: ParallelStep {
    let place: PlannedStep
    let sink: S

    func run(on batch: Batch) throws(RunError) {
        var encoded = EncodedRows()
        encoded.bytes.reserveCapacity(batch.slots.count * 1024)
        try batch.forEach(stage: place) { _, article in
            guard place.applies(to: &article) else { return nil }
            try article.requireText(place.name)
            let start = encoded.bytes.count
            let rows = sink.encode(&article, into: &encoded.bytes)
            encoded.pieces.append(
                EncodedRows.Piece(
                    key: sink.key(of: article).withUnsafeBytes(RowKey.init),
                    file: sink.partitions?.file(of: article) ?? sink.file,
                    bytes: encoded.bytes.count - start,
                    rows: rows
                )
            )
            return .keep
        }
        batch.prepared[place.index] = encoded
    }
}

final class CollectRowsStep: OrderedStep {
    private let place: PlannedStep
    private let set: ExportSet

    init(place: PlannedStep, set: ExportSet) {
        self.place = place
        self.set = set
    }

    func run(on batch: Batch) throws(RunError) {
        guard let encoded = batch.prepared[place.index] as? EncodedRows else { return }
        batch.prepared[place.index] = nil
        try set.append(encoded)
    }
}
