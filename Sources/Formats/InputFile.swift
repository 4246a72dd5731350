import Pipeline

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A file that is to be read.
public struct InputFile: Sendable {
    /// As the definition reaches it: what provenance and messages show.
    public let path: String
    /// As the file system wants it.
    public let file: String
    public let format: Format
    public let compression: Compression
    /// Bytes on disk; nil for the standard input.
    public let size: Int?

    /// - Parameter format: nil to tell it by the name's suffix, else by the content.
    public init(path: String, file: String, format: Format?, size: Int?) {
        self.path = path
        self.file = file
        self.size = size
        compression = Compression.named(by: path)
        self.format = format ?? Format.named(by: path) ?? Self.sniff(file, compression)
    }

    /// The whole file, decompressed.
    public func bytes(limit: Int) throws(ArticleError) -> [UInt8] {
        try ByteStream(path: path, file: file, compression: compression).readAll(limit: limit)
    }

    private static func sniff(_ file: String, _ compression: Compression) -> Format {
        // The standard input can be read only once.
        guard file != "-" else { return .jsonl }
        guard let stream = try? ByteStream(path: file, file: file, compression: compression) else { return .text }
        var head = [UInt8](repeating: 0, count: 1024)
        let count = (try? head.withUnsafeMutableBytes { try stream.read(into: $0) }) ?? 0
        return Format.sniffed(from: Array(head[0..<count]))
    }
}

/// The files that paths and patterns lead to, in the byte order of their paths, each once.
///
/// Links are not followed inside a folder, and pipes, sockets and devices are never opened; they are counted in
/// ``skipped``. The order does not depend on how the file system lists a folder.
public struct FileListing: Sendable {
    public private(set) var files: [(path: String, file: String, size: Int)] = []
    /// What was passed over, by kind: `link`, `special`, `folder`.
    public private(set) var skipped: [String: Int] = [:]
    /// Paths and patterns that led to nothing, by their index.
    public private(set) var unmatched: [Int] = []

    /// - Parameters:
    ///   - patterns: paths, folders or patterns.
    ///   - resolve: from a pattern to the file system's path.
    ///   - fitsFolder: whether a file found in a folder that was named without a pattern is an input.
    public init(patterns: [String], resolve: (String) -> String, fitsFolder: (String) -> Bool) {
        var found: [String: (file: String, size: Int)] = [:]
        for (index, pattern) in patterns.enumerated() where pattern != "-" {
            let before = found.count
            let listed = Glob.isPattern(pattern)
                ? list(pattern: pattern, resolve, into: &found)
                : list(path: pattern, resolve(pattern), fitsFolder, into: &found)
            if found.count == before, listed == 0 { unmatched.append(index) }
        }
        files = found.map { ($0.key, $0.value.file, $0.value.size) }
            .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private mutating func list(
        pattern: String, _ resolve: (String) -> String, into found: inout [String: (file: String, size: Int)]
    ) -> Int {
        // The folder before the first name with a pattern in it is where the walk starts.
        let names = pattern.split(separator: "/", omittingEmptySubsequences: false)
        let plain = names.prefix { !Glob.isPattern(String($0)) }
        let root = plain.joined(separator: "/")
        let shownRoot = plain.isEmpty ? "" : (root.isEmpty ? "/" : root + "/")
        let glob = Glob(pattern)
        let folder = plain.isEmpty ? resolve(".") : root.isEmpty ? "/" : resolve(root)
        let isDeep = names.dropFirst(plain.count).count > 1
        var count = 0
        walk(folder, shown: shownRoot, isDeep: isDeep) { path, file, size in
            guard glob.matches(path) else { return }
            count += 1
            found[path] = (file, size)
        }
        return count
    }

    private mutating func list(
        path: String, _ file: String, _ fits: (String) -> Bool, into found: inout [String: (file: String, size: Int)]
    ) -> Int {
        var status = stat()
        // What the user names is followed even if it is a link.
        guard stat(file, &status) == 0 else { return 0 }
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            found[path] = (file, Int(status.st_size))
            return 1
        case S_IFDIR:
            var count = 0
            walk(file, shown: path.hasSuffix("/") ? path : path + "/", isDeep: true) { path, file, size in
                guard fits(path) else { return }
                count += 1
                found[path] = (file, size)
            }
            return count
        default:
            skipped["special", default: 0] += 1
            return 0
        }
    }

    private mutating func walk(_ root: String, shown: String, isDeep: Bool, _ visit: (String, String, Int) -> Void) {
        var pending = [(root, shown)]
        while let (folder, shown) = pending.popLast() {
            guard let directory = opendir(folder) else {
                skipped["folder", default: 0] += 1
                continue
            }
            defer { closedir(directory) }
            while let entry = readdir(directory) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                // Hidden names are no inputs: editors' and downloads' temporary files are among them.
                if name.hasPrefix(".") { continue }
                let file = folder.hasSuffix("/") ? folder + name : folder + "/" + name
                var status = stat()
                guard lstat(file, &status) == 0 else { continue }
                switch status.st_mode & S_IFMT {
                case S_IFREG: visit(shown + name, file, Int(status.st_size))
                case S_IFDIR: if isDeep { pending.append((file, shown + name + "/")) }
                case S_IFLNK: skipped["link", default: 0] += 1
                default: skipped["special", default: 0] += 1
                }
            }
        }
    }
}
