import Pipeline

/// A list of files as one stream of chunks, in the order of the list.
///
/// `next` is cheap and is called by one owner; `read` does the work and is called by any worker.
public struct RecordReader: Sendable {
    public enum Chunk: Sendable {
        /// Files that are one article each.
        case files([InputFile])
        case records(RecordChunk)
        case failure(RecordFailure)
    }

    /// Files that are one article each travel together up to this size.
    static let chunkBytes = 1_048_576

    private let files: [InputFile]
    /// What went wrong before anything was opened; comes first.
    private var failures: [RecordFailure]
    private let maxRecordBytes: Int
    private var index = 0
    private var cutter: (any RecordCutter)?

    public init(files: [InputFile], maxRecordBytes: Int, failures: [RecordFailure] = []) {
        self.failures = failures.reversed()
        self.files = files
        self.maxRecordBytes = maxRecordBytes
    }

    public mutating func next(maxRecords: Int) -> Chunk? {
        if let failure = failures.popLast() { return .failure(failure) }
        while true {
            if let chunk = cutter?.next(maxRecords: maxRecords) { return .records(chunk) }
            cutter = nil
            guard index < files.count else { return nil }
            if files[index].format == .text || files[index].format == .html { return .files(takeFiles(maxRecords)) }
            if let failure = openNext() { return .failure(failure) }
        }
    }

    private mutating func takeFiles(_ maxRecords: Int) -> [InputFile] {
        var taken: [InputFile] = []
        var bytes = 0
        while index < files.count, taken.count < maxRecords, bytes < Self.chunkBytes,
            files[index].format == .text || files[index].format == .html
        {
            bytes += files[index].expectedBytes
            taken.append(files[index])
            index += 1
        }
        return taken
    }

    private mutating func openNext() -> RecordFailure? {
        let file = files[index]
        index += 1
        do throws(ArticleError) {
            let stream = try file.stream()
            cutter =
                file.format == .csv
                ? CSVCutter(file: file, stream: stream, maxRecordBytes: maxRecordBytes)
                : LineCutter(file: file, stream: stream, maxRecordBytes: maxRecordBytes)
            return nil
        } catch {
            return RecordFailure(error, path: file.path, offset: 0, losesInput: true)
        }
    }

    public func read(_ chunk: Chunk, into batch: inout IngestedBatch) {
        switch chunk {
        case .files(let files):
            for file in files { RecordParser.readWhole(file, maxRecordBytes: maxRecordBytes, into: &batch) }
        case .records(let chunk): RecordParser.parse(chunk, into: &batch)
        case .failure(let failure): batch.add(failure)
        }
    }
}
