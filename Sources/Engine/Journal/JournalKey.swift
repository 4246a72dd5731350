import Foundation
import Hashing
import Pipeline

/// What has to be the same for a run to take over what an interrupted one has done.
struct JournalKey: Equatable {
    /// Version, and the executable's size and time of change: models and lists are part of it.
    var program: String
    var definition: String
    /// Size and time of change of each file that stages read besides the inputs.
    var resources: String
    var batchArticles: Int
    /// Path, size and time of change of each input.
    var inputs: String
    /// What stages were told of all articles before they worked on one.
    var survey: String
    /// The run that the outputs show; 0 before the first.
    var lastRun: Int

    init(
        program: String,
        definition: String,
        resources: String,
        batchArticles: Int,
        inputs: String,
        survey: String,
        lastRun: Int
    ) {
        self.program = program
        self.definition = definition
        self.resources = resources
        self.batchArticles = batchArticles
        self.inputs = inputs
        self.survey = survey
        self.lastRun = lastRun
    }

    init(_ plan: Plan, inputs: [Digest256], batchArticles: Int, last: RunID?) {
        let executable = FileSystem.executable.flatMap(FileSystem.stamp) ?? ""
        let survey = plan.stages.compactMap { ($0.stage as? any SurveyingTransform)?.fingerprint }
        let resources = plan.stages.flatMap(\.stage.resources).map { FileSystem.stamp($0) ?? "" }
        self.init(
            program: "\(etlVersion) \(executable)",
            definition: plan.definition.hash.hex,
            resources: SHA256.hash(Array(resources.joined(separator: "\n").utf8)).hex,
            batchArticles: batchArticles,
            inputs: inputs.map(\.hex).joined(separator: " "),
            survey: survey.map(\.hex).joined(separator: " "),
            lastRun: last?.number ?? 0
        )
    }

    /// What is another here than it was there, as a clause; nil when the keys are equal.
    func difference(from old: JournalKey) -> String? {
        if program != old.program { return "the program is another one now" }
        if definition != old.definition { return "the definition was changed" }
        if resources != old.resources { return "a file that a stage reads was changed" }
        if lastRun != old.lastRun { return "the published run is another one now" }
        if inputs != old.inputs { return "the inputs were changed" }
        if survey != old.survey { return "what a stage knows of all articles is another now" }
        if batchArticles != old.batchArticles { return "--batch is another one now" }
        return nil
    }

    func encode(into encoder: inout ByteEncoder) {
        encoder.put(program)
        encoder.put(definition)
        encoder.put(resources)
        encoder.put(batchArticles)
        encoder.put(inputs)
        encoder.put(survey)
        encoder.put(lastRun)
    }

    init(from decoder: inout ByteDecoder) throws(ByteDecoder.Malformed) {
        program = try decoder.text()
        definition = try decoder.text()
        resources = try decoder.text()
        batchArticles = try decoder.number()
        inputs = try decoder.text()
        survey = try decoder.text()
        lastRun = try decoder.number()
    }
}

extension FileSystem {
    /// The program that runs.
    static var executable: String? {
        #if canImport(Glibc)
            "/proc/self/exe"
        #else
            Bundle.main.executablePath
        #endif
    }
}
