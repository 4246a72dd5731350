import Language

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// An output folder and the one run that writes to it now.
///
/// ```
/// <output>/runs/000041-20201122T031500Z/   everything a run produced, unchanged once published
/// <output>/current -> runs/000041-…         switched by one rename(2)
/// <output>/articles.jsonl -> current/articles.jsonl
/// <output>/refused/                         the last run that a guard held back
/// ```
/// Killed at any moment, `current` leads to one whole run; what was left behind is swept by the next start.
final class RunDirectory {
    /// Names inside a run directory that exports may not have.
    static let reserved: Set<String> = ["manifest.json", "quarantine.jsonl", "duplicates.jsonl", "dropped.jsonl", "stories.csv"]

    let output: String
    /// Grows with every run whatever the clock says, so that names sort by age.
    let id: String
    var path: String { "\(output)/runs/\(id)" }
    private let lock: Int32

    /// Creates the output folder where it is missing, takes its lock, sweeps what a killed run left, and makes the
    /// run's own folder.
    ///
    /// - Throws: ``RunError``; `locked` at once when another run holds the output.
    init(output: String, started: Timestamp) throws(RunError) {
        try FileSystem.makeFolders(output + "/runs")
        // From here on the run stays where it is, whatever happens to the working directory.
        let output = FileSystem.canonical(output)
        self.output = output
        lock = try FileSystem.lock(output + "/.lock")
        let runs = FileSystem.names(in: output + "/runs")
        let current = Self.current(of: output)
        for run in runs where !Self.isComplete(output, run) && run != current {
            try FileSystem.removeTree("\(output)/runs/\(run)")
        }
        let last = runs.compactMap { Int($0.prefix { $0 != "-" }) }.max() ?? 0
        let stamp = started.rfc3339.filter { $0 != "-" && $0 != ":" }
        let number = String(last + 1)
        id = String(repeating: "0", count: max(0, 6 - number.utf8.count)) + number + "-" + stamp
        try FileSystem.makeFolder("\(output)/runs/\(id)")
    }

    deinit { FileSystem.unlock(lock) }

    /// The id of the published run.
    static func current(of output: String) -> String? {
        FileSystem.linkTarget(output + "/current").map { String($0.dropFirst("runs/".count)) }
    }

    /// A manifest is written last: a run without one was killed.
    private static func isComplete(_ output: String, _ run: String) -> Bool {
        FileSystem.exists("\(output)/runs/\(run)/manifest.json")
    }

    /// What stands in the way of the links is found before any work.
    func checkLinks(_ files: [String]) throws(RunError) {
        for name in files + ["current"] {
            let path = output + "/" + name
            if FileSystem.exists(path), FileSystem.linkTarget(path) == nil {
                throw RunError(.cannotCreate, "\(path) exists and is no link of a run", hint: "move it away or choose another output")
            }
        }
    }

    /// Makes this run the current one.
    func publish(files: [String], keepRuns: Int) throws(RunError) {
        try FileSystem.syncFolder(path)
        try FileSystem.syncFolder(output + "/runs")
        for name in files where FileSystem.linkTarget("\(output)/\(name)") != "current/\(name)" {
            try FileSystem.switchLink("\(output)/\(name)", to: "current/\(name)")
        }
        try FileSystem.switchLink(output + "/current", to: "runs/\(id)")
        try FileSystem.syncFolder(output)
        try tidy(files: files, keepRuns: keepRuns)
    }

    /// Links of files that are exported no more and runs beyond the number to keep go; the set is published already.
    private func tidy(files: [String], keepRuns: Int) throws(RunError) {
        for name in FileSystem.names(in: output) where !files.contains(name) {
            if FileSystem.linkTarget("\(output)/\(name)") == "current/\(name)" { try FileSystem.remove("\(output)/\(name)") }
        }
        for run in FileSystem.names(in: output + "/runs").dropLast(keepRuns) where run != id {
            try FileSystem.removeTree("\(output)/runs/\(run)")
        }
    }

    /// Keeps a run that a guard held back where it can be looked at; returns its new place.
    func refuse() throws(RunError) -> String {
        let refused = output + "/refused"
        try FileSystem.removeTree(refused)
        try FileSystem.move(path, to: refused)
        return refused
    }

    /// Leaves nothing of the run behind.
    func discard() {
        try? FileSystem.removeTree(path)
    }
}
