#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The new rows of an export in source order, on the disk until it is known into which file each of them goes.
///
/// Gone before the run is published.
final class RowSpool {
    private let folder: Folder
    private let name: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    /// Bytes so far.
    private(set) var count = 0

    init(_ name: String, in folder: Folder) throws(RunError) {
        self.name = name
        self.folder = folder
        descriptor = try folder.openFile(name, O_RDWR | O_CREAT | O_EXCL)
    }

    deinit { FileSystem.abandon(descriptor) }

    func append(_ bytes: [UInt8]) throws(RunError) {
        buffer += bytes
        count += bytes.count
        if buffer.count >= OutputFile.bufferBytes { try flush() }
    }

    func read(_ range: Range<Int>) throws(RunError) -> [UInt8] {
        try flush()
        var bytes = [UInt8](repeating: 0, count: range.count)
        try bytes.withUnsafeMutableBufferPointer { target throws(RunError) in
            let target = UnsafeMutableRawBufferPointer(target)
            let path = folder.place(name)
            let count = try FileSystem.fill(target, from: descriptor, at: range.lowerBound, path)
            guard count == target.count else { throw FileSystem.failure(EIO, "read", path) }
        }
        return bytes
    }

    func remove() throws(RunError) { try folder.remove(name) }

    private func flush() throws(RunError) {
        guard !buffer.isEmpty else { return }
        try buffer.withUnsafeBufferPointer { bytes throws(RunError) in
            try FileSystem.write(UnsafeRawBufferPointer(bytes), to: descriptor, folder.place(name))
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
