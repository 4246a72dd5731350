import Locking

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Starts programs; the one place that knows `posix_spawn` and how the platforms differ in it.
enum Spawn {
    /// Held from the making of pipes to the start of the program they are for.
    static let lock = Monitor()

    /// Starts a program with these ends of pipes as its first three descriptors, and no others.
    ///
    /// The folder is changed by a shell that the program replaces: glibc's call for it is not part of POSIX.
    /// Signals are as a program finds them that is started from a shell, whatever this one ignores.
    ///
    /// - Parameter group: the process group to join; 0 founds one.
    static func start(
        _ file: String,
        _ words: [String],
        directory: String,
        environment: [String],
        streams: [Int32],
        group: pid_t
    ) throws(ProgramFault) -> pid_t {
        var actions = FileActions()
        defer { actions.destroy() }
        for (number, stream) in streams.enumerated() { actions.duplicate(stream, to: Int32(number)) }
        var attributes = Attributes(group: group)
        defer { attributes.destroy() }
        let start = directory.isEmpty ? [] : ["sh", "-c", "cd \"$0\" && exec \"$@\"", directory, file]
        var words = (start.isEmpty ? words : start + words.dropFirst()).map { strdup($0) } + [nil]
        var environment = environment.map { strdup($0) } + [nil]
        defer { for string in words + environment { free(string) } }
        var process: pid_t = 0
        let status = posix_spawn(
            &process,
            start.isEmpty ? file : "/bin/sh",
            &actions.raw,
            &attributes.raw,
            &words,
            &environment
        )
        guard status == 0 else { throw .notStarted("cannot be started: \(describe(status))") }
        return process
    }

    /// How a process ended; nil while it goes on.
    static func ending(of process: pid_t) -> String? {
        var status: Int32 = 0
        while true {
            let found = waitpid(process, &status, WNOHANG)
            if found == 0 { return nil }
            if found < 0, errno == EINTR { continue }
            guard found == process else { return "ended" }
            let signal = status & 0x7F
            return signal == 0 ? "ended with exit code \(status >> 8 & 0xFF)" : "was ended by signal \(signal)"
        }
    }

    /// Ends every process of a group at once.
    static func killGroup(_ group: pid_t) { _ = kill(-group, SIGKILL) }

    /// Waits for a process that was killed.
    static func reap(_ process: pid_t) {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }
}

private struct FileActions {
    #if canImport(Glibc)
        var raw = posix_spawn_file_actions_t()
    #else
        var raw: posix_spawn_file_actions_t?
    #endif

    init() { posix_spawn_file_actions_init(&raw) }
    mutating func duplicate(_ from: Int32, to: Int32) { posix_spawn_file_actions_adddup2(&raw, from, to) }
    mutating func destroy() { posix_spawn_file_actions_destroy(&raw) }
}

private struct Attributes {
    #if canImport(Glibc)
        var raw = posix_spawnattr_t()
    #else
        var raw: posix_spawnattr_t?
    #endif

    init(group: pid_t) {
        posix_spawnattr_init(&raw)
        var flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
        #if !canImport(Glibc)
            flags |= POSIX_SPAWN_CLOEXEC_DEFAULT
        #endif
        posix_spawnattr_setflags(&raw, Int16(flags))
        posix_spawnattr_setpgroup(&raw, group)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&raw, &none)
        var usual = sigset_t()
        sigemptyset(&usual)
        for signal in [SIGHUP, SIGINT, SIGPIPE, SIGALRM, SIGTERM] { sigaddset(&usual, signal) }
        posix_spawnattr_setsigdefault(&raw, &usual)
    }

    mutating func destroy() { posix_spawnattr_destroy(&raw) }
}
