#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a path leads to.
public enum FileKind: Sendable {
    case file, folder, special, missing

    public init(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            self = .missing
            return
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: self = .file
        case S_IFDIR: self = .folder
        default: self = .special
        }
    }
}
