import CZlib
import Entities
import Foundation
import JSON
import Language

/// Trains the sequence tagger's model, and measures it by five-fold cross-validation.
///
///     EntityTrainer train DATA MODEL
///     EntityTrainer crossvalidate DATA CONLL [folds=5] [votes=1] [clusters=1] …
///     EntityTrainer tag GAZETTEER MODEL|none TEXT…
///     EntityTrainer predict GAZETTEER,… MODEL|none ARTICLES.jsonl
///
/// DATA holds `entities/anercorp.train.conll` and `text/ant.jsonl.gz`.
@main
struct EntityTrainer {
    static func main() throws {
        var arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count >= 3 else {
            FileHandle.standardError.write(
                Data("usage: EntityTrainer train|crossvalidate DATA OUTPUT [option=value …]\n".utf8)
            )
            exit(64)
        }
        let (command, data, output) = (arguments[0], arguments[1], arguments[2])
        arguments.removeFirst(3)
        if command == "predict" { return try Prediction(gazetteers: data, model: output).run(arguments) }
        if command == "tag" { return try Reading(gazetteer: data, model: output).run(arguments) }
        let settings = try Settings(arguments)
        switch command {
        case "train":
            let training = try Training(data: data, settings: settings)
            try Data(training.model()).write(to: URL(fileURLWithPath: output))
        case "crossvalidate":
            let training = try Training(data: data, settings: settings)
            try training.crossvalidated().write(toFile: output, atomically: true, encoding: .utf8)
        default:
            FileHandle.standardError.write(
                Data("unknown command \"\(command)\"; commands: crossvalidate, train\n".utf8)
            )
            exit(64)
        }
    }
}

/// What is trained and how; every option is `name=value`.
struct Settings {
    var field = ConditionalRandomField.Options()
    var folds = 5
    var usesVotes = true
    var usesClusters = true
    var usesModelFile = false
    /// Whether the model's own labels of unannotated text become features of their words.
    var usesPriors = true
    /// English texts in place of Arabic ones.
    var isLatin = false
    /// Lines before and after that count as the same article where the corpus does not say.
    var window = 12

    init(_ arguments: [String]) throws {
        for argument in arguments {
            let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let value = Float(parts[1]) else { throw SettingsError(argument: argument) }
            switch parts[0] {
            case "rounds": field.rounds = Int(value)
            case "averaged": field.averagedRounds = Int(value)
            case "rate": field.rate = value
            case "decay": field.decay = value
            case "dropout": field.wordDropout = value
            case "cost": field.missCost = value
            case "bias": field.bias = value
            case "min": field.minCount = Int(value)
            case "seed": field.seed = UInt64(value)
            case "folds": folds = Int(value)
            case "votes": usesVotes = value != 0
            case "clusters": usesClusters = value != 0
            case "quantised": usesModelFile = value != 0
            case "latin": isLatin = value != 0
            case "priors": usesPriors = value != 0
            case "window": window = Int(value)
            default: throw SettingsError(argument: argument)
            }
        }
    }
}

struct SettingsError: Error, CustomStringConvertible {
    var argument: String
    var description: String { "unknown option \"\(argument)\"" }
}
