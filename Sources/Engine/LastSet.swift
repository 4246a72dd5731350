import Pipeline

/// The files of the run that the outputs show, for exports that go on from them.
struct LastSet {
    let run: RunID
    private let folder: String
    private let files: [[UInt8]: OutputFile.Summary]

    init(_ report: RunReport, folder: String) {
        run = report.run
        self.folder = folder
        files = Dictionary(report.outputs.map { (Array($0.name.utf8), $0) }) { first, _ in first }
    }

    /// What the run wrote under a name; nil when it wrote no such file.
    func file(_ name: String) -> OutputFile.Summary? { files[Array(name.utf8)] }

    /// The files in a folder that end with a suffix, by their names.
    func files(in folder: String, suffix: String) -> [OutputFile.Summary] {
        files.values.filter { $0.name.hasPrefix(folder + "/") && $0.name.hasSuffix(suffix) }
    }

    func path(_ name: String) -> String { folder + "/" + name }

    /// Puts a file of the run into another run's folder, as it is.
    ///
    /// - Throws: ``RunError``, `refused` when the file is no longer as long as it was written.
    func link(_ file: OutputFile.Summary, into target: Folder) throws(RunError) -> OutputFile.Summary {
        guard FileSystem.contentSize(path(file.name)) == file.bytes else { throw changed(file.name) }
        guard try target.link(file.name, to: path(file.name)) else { return try copy(file, into: target) }
        return file
    }

    /// Where the disk knows no second names for a file.
    private func copy(_ file: OutputFile.Summary, into target: Folder) throws(RunError) -> OutputFile.Summary {
        let copy = try OutputFile(name: file.name, in: target)
        let source = try FileReader(path(file.name))
        while let bytes = try source.next() { try copy.write(bytes) }
        var summary = try copy.finish()
        summary.rows = file.rows
        return summary
    }

    func changed(_ name: String) -> RunError {
        RunError(
            .refused,
            "\(path(name)) is not what run \(run) wrote",
            hint: "nothing was published; etl rollback shows an older run, which the next one then goes on from"
        )
    }
}
