import ArgumentParser
import Engine
import Foundation
import Pipeline

/// What every command takes that works on a definition.
struct DefinitionArguments: ParsableArguments {
    @Argument(help: "The pipeline definition (JSON).", completion: .file(extensions: ["json"]))
    var definition: String

    @Option(help: ArgumentHelp("Set a parameter of the definition; may be repeated.", valueName: "name=value"))
    var param: [String] = []

    @Option(
        help: ArgumentHelp(
            "Set a value of the definition, e.g. stages.3.minWords=20; may be repeated.",
            valueName: "path=value"
        )
    )
    var set: [String] = []

    func validate() throws {
        for pair in param where !pair.contains("=") { throw ValidationError("--param \(pair): expected name=value") }
        for pair in set where !pair.contains("=") { throw ValidationError("--set \(pair): expected path=value") }
    }

    /// Reads, checks and builds; prints every problem and exits with 78 when there is one.
    func plan() throws -> Plan {
        let path = try DefinitionFile.find(definition)
        guard let bytes = FileManager.default.contents(atPath: path) else {
            let reason = access(path, R_OK) == 0 ? EISDIR : errno
            throw Failure(
                code: reason == EACCES ? 77 : 78,
                message: "\(path) cannot be read: \(String(cString: strerror(reason)))"
            )
        }
        let inputs = DefinitionInputs(
            params: param.map(Self.pair),
            sets: set.map(Self.pair).map { (path: $0.name, value: $0.value) },
            environment: ProcessInfo.processInfo.environment
        )
        do throws(DefinitionError) {
            return try Plan(
                DefinitionText(name: path, bytes: Array(bytes)),
                directory: DefinitionFile.directory(of: path),
                inputs: inputs,
                stages: ETLCommand.stages
            )
        } catch {
            throw Failure(code: 78, message: error.report)
        }
    }

    private static func pair(_ text: String) -> (name: String, value: String) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }
}

/// Finds the definition's file.
enum DefinitionFile {
    /// The path itself, or the one file that it matches when case is passed over.
    static func find(_ path: String) throws -> String {
        if FileManager.default.fileExists(atPath: path) { return path }
        let matches = caseInsensitiveMatches(path)
        if matches.count == 1, let match = matches.first {
            Terminal.note("\(path) does not exist; reading \(match)")
            return match
        }
        let hint = matches.count > 1 ? "; it could be " + matches.sorted().joined(separator: " or ") : ""
        throw Failure(code: 78, message: "no definition at \(path)\(hint)")
    }

    /// The folder that relative paths start from; empty for the working directory.
    static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func caseInsensitiveMatches(_ path: String) -> [String] {
        var found = [path.hasPrefix("/") ? "/" : ""]
        for name in path.split(separator: "/").map(String.init) {
            found = found.flatMap { folder -> [String] in
                let prefix = folder.isEmpty || folder == "/" ? folder : folder + "/"
                if name == "." || name == ".." { return [prefix + name] }
                let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
                return names.filter { $0.lowercased() == name.lowercased() }.map { prefix + $0 }
            }
        }
        return found
    }
}
