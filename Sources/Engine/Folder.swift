#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A folder that stays the same one whatever becomes of its path: moved away or replaced while a run goes on, the run
/// still writes into it and nowhere else.
final class Folder: Sendable {
    let path: String
    private let descriptor: Int32

    init(_ path: String) throws(RunError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileSystem.failure(errno, "open the folder", path) }
    }

    private init(_ path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Whether the path still leads here.
    var isInPlace: Bool {
        FileSystem.identity(path) == FileSystem.identity(descriptor)
    }

    func place(_ name: String) -> String { path + "/" + name }

    /// The folder of that name in this one, created where it is missing.
    func makeFolder(_ name: String) throws(RunError) -> Folder {
        let code = FileSystem.attempt(.makeFolder, place(name)) { mkdirat(descriptor, name, 0o777) }
        guard code == 0 || code == EEXIST else {
            throw FileSystem.failure(code, "create the folder", place(name), creating: true)
        }
        let child = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard child >= 0 else { throw FileSystem.failure(errno, "open the folder", place(name)) }
        return Folder(place(name), descriptor: child)
    }

    /// Creates the folders above a path in this one.
    func makeFolders(above path: String) throws(RunError) {
        let names = path.split(separator: "/").dropLast()
        for count in names.indices { _ = try makeFolder(names[...count].joined(separator: "/")) }
    }

    /// Makes the names in the folders above some paths outlast a power cut, `top` among them.
    func syncFolders(below top: String, of paths: [String]) throws(RunError) {
        var folders: Set<[UInt8]> = [Array(top.utf8)]
        for path in paths {
            let names = path.split(separator: "/").dropLast()
            for count in names.indices { folders.insert(Array(names[...count].joined(separator: "/").utf8)) }
        }
        for folder in folders.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            try makeFolder(String(decoding: folder, as: UTF8.self)).sync()
        }
    }

    /// Gives a file elsewhere a second name in this folder.
    ///
    /// - Returns: false where the disk cannot.
    func link(_ name: String, to path: String) throws(RunError) -> Bool {
        let code = FileSystem.attempt(.link, place(name)) { linkat(AT_FDCWD, path, descriptor, name, 0) }
        if [EXDEV, EPERM, ENOTSUP, EMLINK].contains(code) { return false }
        guard code == 0 else { throw FileSystem.failure(code, "link", place(name), creating: true) }
        return true
    }

    /// A new file; it is an error when there is one already.
    func create(_ name: String) throws(RunError) -> Int32 {
        try openFile(name, O_WRONLY | O_CREAT | O_EXCL)
    }

    func openFile(_ name: String, _ flags: Int32) throws(RunError) -> Int32 {
        var file: Int32 = -1
        let code = FileSystem.attempt(.create, place(name)) {
            file = openat(descriptor, name, flags | O_CLOEXEC, 0o666)
            return file
        }
        guard code == 0 else { throw FileSystem.failure(code, "create", place(name), creating: true) }
        return file
    }

    func makeLink(_ name: String, to target: String) throws(RunError) {
        let code = FileSystem.attempt(.makeLink, place(name)) { symlinkat(target, descriptor, name) }
        guard code == 0 else { throw FileSystem.failure(code, "create the link", place(name), creating: true) }
    }

    /// Gives an entry a new name, in one step for whoever looks.
    func rename(_ name: String, to new: String) throws(RunError) {
        let code = FileSystem.attempt(.rename, place(new)) { renameat(descriptor, name, descriptor, new) }
        guard code == 0 else { throw FileSystem.failure(code, "rename to", place(new)) }
    }

    /// Removes a file or link; a missing one is removed already.
    func remove(_ name: String) throws(RunError) {
        let code = FileSystem.attempt(.remove, place(name)) { unlinkat(descriptor, name, 0) }
        guard code == 0 || code == ENOENT else { throw FileSystem.failure(code, "remove", place(name)) }
    }

    /// Makes the names in the folder outlast a power cut.
    func sync() throws(RunError) {
        let code = FileSystem.attempt(.sync, path) { fsync(descriptor) }
        guard code == 0 else { throw FileSystem.failure(code, "flush", path) }
    }
}
