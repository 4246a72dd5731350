import Pipeline

/// Some records of one file, cut apart and not yet parsed.
public struct RecordChunk: Sendable {
    enum Piece: Sendable {
        /// Bytes of ``bytes`` that hold one record.
        case record(Range<Int>)
        case failure(RecordFailure)
    }

    let file: InputFile
    var bytes: [UInt8] = []
    /// Byte of the input at which `bytes` starts.
    var offset = 0
    var pieces: [Piece] = []
    var columns: CSVColumns?
    /// What the file was decoded from; nil for UTF-8.
    var encoding: (name: String, from: String)?
    /// Set in the last chunk of a file.
    var finished: FinishedInput?

    init(file: InputFile) {
        self.file = file
    }
}

/// Cuts one file into records, in order, in bounded memory. Parsing is done elsewhere, by any worker.
protocol RecordCutter: Sendable {
    /// nil behind the last record.
    mutating func next(maxRecords: Int) -> RecordChunk?
}
