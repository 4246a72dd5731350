#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
import Entities
import Hashing

/// Gazetteers that earlier runs have compiled, in files that are mapped in place of compiling the lists again.
///
/// The files lie in the user's cache folder and not with a run's outputs: every pipeline that names the same lists shares
/// them, they may be deleted at any time, and a plan that is only checked writes nothing beside its definition. Nothing
/// here can fail a run: without a folder, or with a damaged file, lists are compiled as if there were no cache.
///
/// A file is found by the place, size and times of the lists, or else by their content. Cost: one checksum, about 10 ms
/// for a million names.
struct GazetteerCache {
    /// Smaller lists are compiled faster than they are worth a file.
    static let minBytes = 1 << 20
    private static let maxFiles = 16
    private static let suffix = ".gazetteer"

    let folder: String

    init(folder: String) { self.folder = folder }

    /// In `$XDG_CACHE_HOME`, else `~/.cache`; cron may leave both and `$HOME` unset, so the user's own record is asked last.
    init?(environment: (String) -> String? = { getenv($0).map { String(cString: $0) } }) {
        func absolute(_ path: String?) -> String? { path.flatMap { $0.hasPrefix("/") ? $0 : nil } }
        if let cache = absolute(environment("XDG_CACHE_HOME")) {
            folder = cache + "/etl"
        } else if let home = absolute(environment("HOME"))
            ?? absolute(getpwuid(getuid()).flatMap { $0.pointee.pw_dir.map { String(cString: $0) } })
        {
            folder = home + "/.cache/etl"
        } else {
            return nil
        }
    }

    /// The gazetteer of some lists: mapped where it is known, else compiled and kept.
    ///
    /// - Parameter read: the lists' bytes; asked only when their place, size and times are not known.
    func gazetteer<Failure: Error>(
        _ paths: [String],
        read: () throws(Failure) -> [(name: String, bytes: [UInt8])],
        compile: ([(name: String, bytes: [UInt8])]) throws(Failure) -> Gazetteer
    ) throws(Failure) -> Gazetteer {
        guard let listing = Listing(paths), listing.bytes >= Self.minBytes else { return try compile(read()) }
        if let known = map(listing.key) { return known }
        let sources = try read()
        let content = Self.key(sources)
        if let known = map(content) {
            link(content, as: listing)
            return known
        }
        let gazetteer = try compile(sources)
        keep(gazetteer, as: content)
        link(content, as: listing)
        return gazetteer
    }

    // MARK: Keys

    /// What the file system says of some lists.
    private struct Listing {
        var bytes = 0
        var key: UInt64
        /// Whether a further change within the clock's grain would show.
        var isSettled = true

        /// Nil when one of them is no ordinary file.
        init?(_ paths: [String]) {
            var words = [Gazetteer.fingerprint]
            let now = Int64(time(nil))
            for path in paths {
                var status = stat()
                guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
                #if canImport(Darwin)
                    let (changed, modified) = (status.st_ctimespec, status.st_mtimespec)
                #else
                    let (changed, modified) = (status.st_ctim, status.st_mtim)
                #endif
                bytes += Int(status.st_size)
                isSettled = isSettled && now - Int64(changed.tv_sec) > 2 && now - Int64(modified.tv_sec) > 2
                for number in [
                    Int64(truncatingIfNeeded: status.st_dev), Int64(truncatingIfNeeded: status.st_ino),
                    Int64(status.st_size), Int64(changed.tv_sec), Int64(changed.tv_nsec), Int64(modified.tv_sec),
                    Int64(modified.tv_nsec),
                ] { words.append(UInt64(bitPattern: number)) }
            }
            key = words.withUnsafeBytes(XXH3.hash64)
        }
    }

    private static func key(_ sources: [(name: String, bytes: [UInt8])]) -> UInt64 {
        var words = [Gazetteer.fingerprint]
        for source in sources {
            words += [UInt64(source.bytes.count), source.bytes.withUnsafeBytes(XXH3.hash64)]
        }
        return words.withUnsafeBytes(XXH3.hash64)
    }

    private func path(_ key: UInt64) -> String {
        let digits = String(key, radix: 16)
        return folder + "/" + String(repeating: "0", count: 16 - digits.count) + digits + Self.suffix
    }

    // MARK: Files

    private func map(_ key: UInt64) -> Gazetteer? {
        let descriptor = open(path(key), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_size > 0 else { return nil }
        let count = Int(status.st_size)
        guard let base = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), base != MAP_FAILED else { return nil }
        nonisolated(unsafe) let mapped = base
        guard
            let gazetteer = Gazetteer(
                compiled: UnsafeRawBufferPointer(start: base, count: count),
                release: { munmap(mapped, count) }
            )
        else {
            munmap(base, count)
            return nil
        }
        // The ones used last are kept.
        futimens(descriptor, nil)
        return gazetteer
    }

    /// Written under a name of its own and renamed, so that nobody ever maps half a file.
    private func keep(_ gazetteer: Gazetteer, as key: UInt64) {
        makeFolder()
        var name = Array((path(key) + ".XXXXXX").utf8CString)
        let descriptor = mkstemp(&name)
        guard descriptor >= 0 else { return }
        let isWritten = gazetteer.withCompiled { bytes in
            var offset = 0
            while offset < bytes.count {
                let count = write(descriptor, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                offset += count
            }
            return true
        }
        if close(descriptor) != 0 || !isWritten || rename(name, path(key)) != 0 { unlink(name) }
        removeOldest()
    }

    private func link(_ content: UInt64, as listing: Listing) {
        guard listing.isSettled else { return }
        // A link that is there is to a damaged file, or to that of lists that were here before.
        unlink(path(listing.key))
        _ = Self.makeLink(path(content), path(listing.key))
    }

    private static func makeLink(_ file: String, _ name: String) -> Bool {
        #if canImport(Darwin)
            Darwin.link(file, name) == 0
        #else
            Glibc.link(file, name) == 0
        #endif
    }

    private func makeFolder() {
        var path = ""
        for name in folder.split(separator: "/") {
            path += "/" + name
            mkdir(path, 0o700)
        }
    }

    private func removeOldest() {
        guard let directory = opendir(folder) else { return }
        defer { closedir(directory) }
        var files: [(path: String, seconds: Int)] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            // Those that a killed process left half written end in other letters.
            guard name.contains(Self.suffix) else { continue }
            var status = stat()
            guard stat(folder + "/" + name, &status) == 0 else { continue }
            #if canImport(Darwin)
                files.append((folder + "/" + name, Int(status.st_mtimespec.tv_sec)))
            #else
                files.append((folder + "/" + name, Int(status.st_mtim.tv_sec)))
            #endif
        }
        files.sort { ($0.seconds, $0.path) > ($1.seconds, $1.path) }
        for file in files.dropFirst(Self.maxFiles) { unlink(file.path) }
    }
}
