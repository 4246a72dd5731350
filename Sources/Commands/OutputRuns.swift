import Engine
import Language
import Pipeline

/// The runs of a definition's output, as the commands ask for them.
struct OutputRuns {
    let plan: Plan
    let published: PublishedRuns
    let runs: [RunID]

    init(_ plan: Plan) throws {
        self.plan = plan
        published = PublishedRuns(output: plan.definition.output)
        do throws(RunError) {
            runs = try published.list()
        } catch {
            throw Failure(error, plan)
        }
    }

    var current: RunID? { published.current }

    /// The run that a person names: its number, its whole name, or `current`.
    func named(_ name: String) throws -> RunID {
        if name == "current", let current { return current }
        if let run = runs.first(where: { $0.description == name || String($0.number) == name }) { return run }
        let known =
            runs.isEmpty ? "there is none yet" : "runs: " + runs.map { String($0.number) }.joined(separator: ", ")
        throw Failure(code: 66, message: "etl: \(plan.definition.name): no published run \"\(name)\"; \(known)")
    }

    func report(of run: RunID) throws -> RunReport {
        if let report = published.report(of: run) { return report }
        throw Failure(code: 65, message: "etl: the manifest of run \(run) in \(published.output) cannot be read")
    }

    /// The file of a run, for reading.
    func path(_ file: String, of run: RunID) -> String { published.path(of: run) + "/" + file }

    /// The file of a run, or all files of an export that is cut into many.
    func paths(_ file: String, of run: RunID) throws -> [String] {
        guard let name = try? PartitionedName(file) else { return [path(file, of: run)] }
        return try report(of: run).files.map(\.file)
            .filter { $0.hasPrefix(name.folder + "/") && $0.hasSuffix(name.suffix) }
            .map { path($0, of: run) }
    }
}

extension Failure {
    init(_ error: RunError, _ plan: Plan) {
        let text = "etl: \(plan.definition.name): " + error.message + (error.hint.map { "\n  " + $0 } ?? "")
        self.init(code: error.code.rawValue, message: text)
    }
}
