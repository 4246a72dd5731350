import CZlib
import Entities
import Foundation
import JSON
import Language

/// The whole way from texts to a model: clusters, features, votes by jackknife, the field.
struct Training {
    let settings: Settings
    private let corpus: Corpus
    private let clusters: WordClusters
    private var vocabulary: [UInt64: ModelWriter.Word] = [:]
    /// By line and token.
    private let features: [[[UInt64]]]
    private let voteKeys: [[UInt64]]
    private let hidden: Set<UInt64>
    private let texts: [String]

    init(data: String, settings: Settings) throws {
        self.settings = settings
        corpus =
            settings.isLatin
            ? try Corpus.english(data + "/entities")
            : try Corpus(conll: data + "/entities/anercorp.train.conll") { $0 == "PERS" ? "PER" : $0 }
        let texts = settings.usesClusters && !settings.isLatin ? try Self.texts(data + "/text/ant.jsonl.gz") : []
        self.texts = settings.usesPriors ? texts : []
        var words: [UInt64: ModelWriter.Word] = [:]
        for text in texts { Self.count(TokenList(text), &words) }
        words = words.filter { $0.value.count >= ExchangeClustering.leastCount }
        for sentence in corpus.sentences { Self.count(sentence.list, &words) }
        // A word that stood there once tells little for its place in the file.
        if settings.isLatin { words = words.filter { $0.value.count > 1 } }
        vocabulary = words
        let clusters = texts.isEmpty ? WordClusters() : ExchangeClustering(texts).clusters()
        self.clusters = clusters

        var features: [[[UInt64]]] = []
        var voteKeys: [[UInt64]] = []
        var hidden: Set<UInt64> = []
        for sentence in corpus.sentences {
            var own: [TokenFeatures] = []
            var keys: [UInt64] = []
            for token in sentence.list.tokens {
                let key = Array(sentence.list.keys[Int(token.keyStart)..<Int(token.keyEnd)])
                key.withUnsafeBufferPointer { key in
                    own.append(TokenFeatures(key: key, kind: token.kind, capitals: token.capitals, clusters: clusters))
                    keys.append(token.kind == .sign ? 0 : TokenFeatures.voteKey(key, token))
                }
            }
            for word in own {
                for feature in word.hashes where Self.identities.contains(feature.template) {
                    hidden.insert(SequenceFeatures.at(0, feature.hash))
                }
            }
            features.append(own.indices.map { SequenceFeatures.hashes(at: $0, own: own, extras: []) })
            voteKeys.append(keys)
        }
        self.features = features
        self.voteKeys = voteKeys
        self.hidden = hidden
    }

    private static let identities: Set<TokenFeatures.Template> = [.word, .rest, .prefix4, .suffix4]

    /// The model of all lines.
    func model() -> [UInt8] {
        let all = Array(features.indices)
        let (field, priors) = train(all)
        var writer = ModelWriter(field: field, clusters: clusters, priors: priors, isLatin: settings.isLatin)
        if settings.isLatin { writer.maxFeatures = 35_000 }
        return writer.bytes(vocabulary)
    }

    /// The corpus in three columns, word, gold and prediction, each line predicted by a field that has not seen it.
    ///
    /// The corpus does not say where its articles end. Twenty-five runs of lines that follow one another, every
    /// fifth one tested, keep all but a few articles whole.
    func crossvalidated() -> String {
        var out = ""
        let size = (features.count + 24) / 25
        for fold in 0..<settings.folds {
            let test = features.indices.filter { $0 / size % 5 == fold }
            let (model, priors) = train(features.indices.filter { $0 / size % 5 != fold })
            var labels = [[UInt8]](repeating: [], count: features.count)
            let known = test.map { priors.added(to: features[$0], voteKeys[$0]) }
            for (k, i) in test.enumerated() { labels[i] = model.decode(known[k]) }
            if settings.usesVotes {
                let lines = voted(test, known, labels)
                for (k, i) in test.enumerated() { labels[i] = model.decode(lines[k]) }
            }
            if settings.usesModelFile { compare(model, test) }
            for i in test {
                let sentence = corpus.sentences[i]
                for (k, tag) in Corpus.bio(sentence, labels[i]).enumerated() {
                    out += "\(sentence.words[k]) \(sentence.gold[k]) \(tag)\n"
                }
                out += "\n"
            }
        }
        return out
    }

    private func train(_ lines: [Int]) -> (field: ConditionalRandomField, priors: WordPriors) {
        var options = settings.field
        options.rounds = 8
        options.averagedRounds = 4
        func first(_ seen: [Int]) -> ConditionalRandomField {
            let field = ConditionalRandomField(options)
            field.train(seen.map { features[$0] }, seen.map { corpus.sentences[$0].labels }, hidden: hidden)
            return field
        }
        var chosen = lines.map { features[$0] }
        var labels = [[UInt8]](repeating: [], count: features.count)
        if settings.usesVotes || settings.usesPriors {
            // First-pass labels and priors for the training lines, each by a field that has not seen it.
            let parts = 4
            for part in 0..<parts {
                let field = first(lines.indices.filter { $0 / 40 % parts != part }.map { lines[$0] })
                let priors = priors(field)
                for k in lines.indices where k / 40 % parts == part {
                    labels[lines[k]] = field.decode(features[lines[k]])
                    chosen[k] = priors.added(to: chosen[k], voteKeys[lines[k]])
                }
            }
        }
        if settings.usesVotes { chosen = voted(lines, chosen, labels) }
        let field = ConditionalRandomField(settings.field)
        field.train(chosen, lines.map { corpus.sentences[$0].labels }, hidden: hidden)
        return (field, settings.usesPriors ? priors(first(lines)) : WordPriors())
    }

    /// What a field without priors makes of the words of the unannotated texts.
    private func priors(_ field: ConditionalRandomField) -> WordPriors {
        var priors = WordPriors()
        guard !texts.isEmpty,
            let model = try? EntityModel(bytes: ModelWriter(field: field, clusters: clusters).bytes(vocabulary))
        else { return priors }
        for text in texts {
            for line in text.split(separator: "\n") { priors.count(String(line), model.firstPassLabels(String(line))) }
        }
        return priors
    }

    /// The lines with what the other places of each word near by say added.
    private func voted(_ lines: [Int], _ known: [[[UInt64]]], _ labels: [[UInt8]]) -> [[[UInt64]]] {
        lines.indices.map { k in
            let i = lines[k]
            var votes = DocumentVotes(capacity: 1024)
            for near in max(0, k - settings.window)...min(lines.count - 1, k + settings.window)
            where abs(lines[near] - i) <= settings.window {
                for (word, label) in zip(voteKeys[lines[near]], labels[lines[near]]) where word != 0 {
                    votes.add(word, label)
                }
            }
            return features[i].indices.map { t in
                guard voteKeys[i][t] != 0, let feature = votes.feature(voteKeys[i][t], own: labels[i][t]) else {
                    return known[k][t]
                }
                return known[k][t] + [feature]
            }
        }
    }

    /// How often the model as written agrees with the field it was written from, line by line.
    private func compare(_ field: ConditionalRandomField, _ lines: [Int]) {
        guard let model = try? EntityModel(bytes: ModelWriter(field: field, clusters: clusters).bytes(vocabulary))
        else { return }
        var same = 0
        var total = 0
        for i in lines {
            let labels = model.firstPassLabels(corpus.sentences[i].text)
            total += labels.count
            same += zip(labels, field.decode(features[i])).count { $0 == $1 }
        }
        print("written model agrees on \(same) of \(total) tokens")
    }

    // MARK: Texts

    private static func count(_ list: TokenList, _ words: inout [UInt64: ModelWriter.Word]) {
        for token in list.tokens {
            let key = Array(list.keys[Int(token.keyStart)..<Int(token.keyEnd)])
            let hash = key.withUnsafeBufferPointer { TokenFeatures.whole($0, token.kind) }
            words[
                EntityModel.wordKey(hash, token),
                default: .init(key: key, kind: token.kind, capitals: token.capitals, count: 0)
            ].count += 1
        }
    }

    private static func texts(_ path: String) throws -> [String] {
        guard let file = gzopen(path, "rb") else { throw CocoaError(.fileReadNoSuchFile) }
        defer { gzclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = gzread(file, &buffer, UInt32(buffer.count)), count > 0 { bytes += buffer[..<Int(count)] }
        return try bytes.split(separator: 0x0A).map { line in
            let article = try JSONValue(parsing: Array(line))
            return (article["title"]?.string ?? "") + "\n" + (article["text"]?.string ?? "")
        }
    }
}
