/// A sink whose files may be many, and may go on from those of the last run. The engine keeps the set: it takes rows of
/// earlier runs over, replaces those of articles that come again, and links files in which nothing changes.
public protocol GrowingSink: Sink {
    /// Whether the rows of earlier runs stay.
    var mode: ExportMode { get }

    /// The files that the rows are cut into; nil for one file.
    var partitions: PartitionedName? { get }

    /// What has to be the same in two runs, so that one can go on from the other: format, columns.
    var layout: [UInt8] { get }

    /// The article's id as its rows hold it.
    func key(of article: Article) -> [UInt8]

    /// The row that starts at `start` of bytes that this sink has encoded; nil when they end before the row does.
    func row(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> ExportedRow?
}

/// What becomes of the rows of earlier runs.
public enum ExportMode: String, ChoiceOption {
    /// The files hold the articles of the last run alone.
    case replace
    /// The files hold the articles of all runs; those that come again are replaced in their place.
    case append
}

/// One row among the bytes of a file.
public struct ExportedRow: Sendable {
    /// Behind its last byte.
    public let end: Int
    /// The bytes of its article's id, as they are written.
    public let key: Range<Int>

    public init(end: Int, key: Range<Int>) {
        self.end = end
        self.key = key
    }
}
