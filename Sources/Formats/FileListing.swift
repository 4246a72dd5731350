import Hashing
import Pipeline

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The files that paths and patterns lead to, in the byte order of their paths, each once.
///
/// A path that exists is taken as it is, even where it looks like a pattern. Links are not followed inside a folder,
/// and pipes, sockets and devices are never opened; they are counted in ``skipped``. The order does not depend on how
/// the file system lists a folder.
/// Cost: one look at each name of the folders that a pattern may reach.
public struct FileListing: Sendable {
    public struct File: Sendable {
        /// As the definition reaches it.
        public let path: String
        public let file: DiskPath
        public let size: Int
        /// When it was last changed, in nanoseconds since 1970.
        public let modified: Int64
    }

    public private(set) var files: [File] = []
    /// What was passed over, by kind: `link`, `special`, `folder`.
    public private(set) var skipped: [String: Int] = [:]
    /// Folders that could not be looked into, with the reason.
    public private(set) var unreadable: [(path: String, reason: String)] = []
    /// Paths and patterns that led to nothing, by their index.
    public private(set) var unmatched: [Int] = []
    /// Files that were found, by their path without links: one file is one input, however many paths lead to it.
    private var found: Set<PathKey> = []
    private let excluded: DiskPath?

    /// - Parameters:
    ///   - patterns: paths, folders or patterns.
    ///   - resolve: from a pattern to the file system's path.
    ///   - excluding: a folder that is never entered: what earlier runs wrote is no input.
    ///   - fitsFolder: whether a file found in a folder that was named without a pattern is an input.
    public init(
        patterns: [String],
        excluding: String? = nil,
        resolve: (String) -> String,
        fitsFolder: (String) -> Bool
    ) {
        excluded = excluding.map { Self.canonical(DiskPath($0)) }
        for (index, pattern) in patterns.enumerated() where pattern != "-" {
            let named = list(path: pattern, DiskPath(resolve(pattern)), fitsFolder)
            let count = named == nil && Glob.isPattern(pattern) ? list(pattern: pattern, resolve) : named ?? 0
            if count == 0 { unmatched.append(index) }
        }
        files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        found = []
    }

    /// How many files a path leads to; nil when nothing is there.
    private mutating func list(path: String, _ file: DiskPath, _ fits: (String) -> Bool) -> Int? {
        var status = stat()
        // What the user names is followed even if it is a link.
        guard file.withCString({ stat($0, &status) }) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            add(path, file, Self.canonical(file), status)
            return 1
        case S_IFDIR:
            return walk(file, shown: path.hasSuffix("/") ? path : path + "/", maxNames: nil, fits)
        default:
            skipped["special", default: 0] += 1
            return 0
        }
    }

    private mutating func list(pattern: String, _ resolve: (String) -> String) -> Int {
        // The folder before the first name with a pattern in it is where the walk starts.
        let names = pattern.split(separator: "/", omittingEmptySubsequences: false)
        let plain = names.prefix { !Glob.isPattern(String($0)) }
        let root = plain.joined(separator: "/")
        let folder = plain.isEmpty ? resolve(".") : root.isEmpty ? "/" : resolve(root)
        let shownRoot = plain.isEmpty ? "" : root + "/"
        let glob = Glob(pattern)
        return walk(DiskPath(folder), shown: shownRoot, maxNames: glob.maxNames.map { $0 - plain.count }) {
            glob.matches($0)
        }
    }

    /// Visits the files below a folder; returns how many fit.
    ///
    /// - Parameter maxNames: how many names below the folder a path may have; nil for any number.
    private mutating func walk(_ root: DiskPath, shown: String, maxNames: Int?, _ fits: (String) -> Bool) -> Int {
        var count = 0
        // Links are followed up to the folder that was named and not below it.
        var pending = [Folder(disk: root, canonical: Self.canonical(root), shown: shown, names: 1)]
        while let folder = pending.popLast() {
            guard let directory = folder.disk.withCString({ opendir($0) }) else {
                if errno != ENOENT { unreadable.append((folder.shown, String(cString: strerror(errno)))) }
                continue
            }
            defer { closedir(directory) }
            while let entry = readdir(directory) {
                withName(of: entry) { name in
                    // Hidden names are no inputs: editors' and downloads' temporary files are among them.
                    if name.first == UInt8(ascii: ".") { return }
                    let file = folder.disk.appending(name)
                    var status = stat()
                    guard file.withCString({ lstat($0, &status) }) == 0 else { return }
                    let path = folder.shown + DiskPath.shown(name)
                    switch status.st_mode & S_IFMT {
                    case S_IFREG:
                        guard fits(path) else { return }
                        count += 1
                        add(path, file, folder.canonical.appending(name), status)
                    case S_IFDIR:
                        if let maxNames, folder.names >= maxNames { return }
                        let canonical = folder.canonical.appending(name)
                        if let excluded, canonical.bytes == excluded.bytes {
                            skipped["output", default: 0] += 1
                            return
                        }
                        pending.append(
                            Folder(disk: file, canonical: canonical, shown: path + "/", names: folder.names + 1)
                        )
                    case S_IFLNK: skipped["link", default: 0] += 1
                    default: skipped["special", default: 0] += 1
                    }
                }
            }
        }
        return count
    }

    private struct Folder {
        let disk: DiskPath
        let canonical: DiskPath
        let shown: String
        /// How many names a path of this folder's entries has below the root.
        let names: Int
    }

    private mutating func add(_ path: String, _ file: DiskPath, _ canonical: DiskPath, _ status: stat) {
        if found.insert(PathKey(canonical)).inserted {
            files.append(File(path: path, file: file, size: Int(status.st_size), modified: modified(status)))
        }
    }

    private static func canonical(_ path: DiskPath) -> DiskPath {
        guard let resolved = path.withCString({ realpath($0, nil) }) else { return path }
        defer { free(resolved) }
        return DiskPath(bytes: Array(UnsafeRawBufferPointer(start: resolved, count: strlen(resolved))))
    }
}

private func modified(_ status: stat) -> Int64 {
    #if canImport(Darwin)
        let time = status.st_mtimespec
    #else
        let time = status.st_mtim
    #endif
    // A moment beyond the year 2262 is as good as any other that is not now.
    return Int64(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000).partialValue &+ Int64(time.tv_nsec)
}

/// 128 bits that stand for a path: a million of them take 32 MB, and share one with a chance of 1e-27.
private struct PathKey: Hashable {
    let first: UInt64
    let second: UInt64

    init(_ path: DiskPath) {
        first = path.bytes.withUnsafeBytes(XXH3.hash64)
        second = (path.bytes + [0]).withUnsafeBytes(XXH3.hash64)
    }
}

private func withName(of entry: UnsafeMutablePointer<dirent>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    withUnsafeBytes(of: &entry.pointee.d_name) { name in
        name.withMemoryRebound(to: UInt8.self) { body(UnsafeBufferPointer(rebasing: $0.prefix { $0 != 0 })) }
    }
}
