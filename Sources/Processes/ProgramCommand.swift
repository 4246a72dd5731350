#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What is started: a program with its arguments, in a folder, with an environment of its own.
public struct ProgramCommand: Sendable {
    /// Name or path of the program, then its arguments.
    public let words: [String]
    /// The folder it starts in; empty for the working directory.
    public let directory: String
    /// `NAME=value`; nothing else of this program's environment passes.
    public let environment: [String]
    /// The program's file, as seen from `directory`.
    let file: String

    /// Finds the program: a path is relative to `directory`, a name is looked for along `PATH`.
    ///
    /// - Returns: nil when there is no such program.
    public init?(_ words: [String], directory: String, environment: [String]) {
        guard let name = words.first, let file = Self.find(name, directory) else { return nil }
        self.words = words
        self.directory = directory
        self.environment = environment
        self.file = file
    }

    private static func find(_ name: String, _ directory: String) -> String? {
        if name.utf8.contains(UInt8(ascii: "/")) {
            let path = name.hasPrefix("/") || directory.isEmpty ? name : directory + "/" + name
            return isProgram(path) ? name : nil
        }
        let folders = (variable("PATH") ?? "/usr/bin:/bin").split(separator: ":")
        return folders.lazy.filter { $0.hasPrefix("/") }.map { "\($0)/\(name)" }.first(where: isProgram)
    }

    private static func isProgram(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
    }

    /// A variable of this program's own environment.
    public static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
