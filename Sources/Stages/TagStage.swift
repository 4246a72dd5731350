import Entities
import Formats
import Pipeline

/// Finds persons, places, organisations, dates and numbers, and says which one it is.
public struct TagStage: Transform {
    static let gazetteers = StageOption<[String]>(
        "gazetteers",
        [],
        "Files of known names (JSON Lines), relative to the definition."
    )
    static let types = StageOption<[EntityKind]?>("types", nil, "Only mentions of these types are kept.")
    static let link = StageOption(
        "link",
        true,
        "Gives the canonical id and name where it is certain which one is meant."
    )

    static let minScore = StageOption(
        "minScore",
        0,
        in: 0...100,
        "How probable, in per cent, a mention that the sequence model finds has to be; lists and grammar are certain."
    )

    static let model = StageOption<String?>(
        "model",
        nil,
        "A sequence model in place of the program's own, relative to the definition; `none` for lists and grammar alone."
    )

    public static let reference = StageReference(
        name: "tag",
        summary: "Tags persons, places, organisations and more, with canonical ids.",
        discussion: """
            A mention is `{start, end, text, type, id, name, source, clitic, value}`. `start` and `end` count Unicode code \
            points, half-open, so that `text[start:end]` in Python is the mention. A particle written together with a name \
            (و ب ل ف ك) stands outside the mention, in `clitic`. The text itself is never changed.

            A gazetteer has one JSON object a line:

            ```json
            {"id": "per:khalifa-haftar", "type": "PER", "name": "خليفة حفتر", "names": {"en": "Khalifa Haftar"}, "aliases": ["حفتر"], "ambiguous": []}
            ```

            An alias under `ambiguous` counts only where the article names the entity in full as well, or says by the words \
            around it what it is. A name that goes on («الاتحاد الليبي للشطرنج») is not the shorter one. Lists of more than \
            1 MiB are compiled once and kept in `$XDG_CACHE_HOME/etl` (else `~/.cache/etl`), found again by their times and \
            content; files there may be deleted at any time.

            A person whom the article names in full as the list has it is known by another spelling too («أنطونيو غوتيريش», then \
            «جوتيريس»), unless two such persons are named there.

            `minScore` is a probability: of the model's mentions between 60 and 70 six in ten are right, of those above 70 nine in \
            ten (432 mentions in the project's own annotated articles). At 0 everything is kept and no score is computed; at 100 \
            only what lists and grammar find is left.

            What is a mention: a name without titles, with its kind where the kind belongs to it («شارع جمال عبد الناصر», \
            «صحيفة الغارديان البريطانية», but «مدينة [سرت]»); a name inside a longer one is part of it. A DATE is a day, week, \
            month, year or decade, absolute or relative, with يوم، شهر، عام and the part of the day («مساء أمس الثلاثاء», \
            «قبل يومين», «هذا العام»); مطلع، نهاية and times of day stay outside. A NUMBER is a cardinal in digits or words with \
            its unit of measure («72 كيلومترا»), not an ordinal, a score («2-1») or a vague plural («آلاف»). `value` is ISO 8601 \
            for dates, counted from the article's time of publication (a weekday is the last one unless the sentence looks \
            ahead), and plain digits for numbers.

            Arabic and English texts each have a sequence model; for French, of which no annotated text was at hand, lists, \
            grammar and what names have in common with English ones do the work.
            """,
        options: [gazetteers.erased, types.erased, link.erased, minScore.erased, model.erased]
    )

    private let tagger: EntityTagger
    public let resources: [String]

    public init(_ options: StageOptions) throws(StageProblem) {
        resources = (options[Self.gazetteers] + [options[Self.model]].compactMap { $0 }).map(options.resolve)
        var tagging = TaggerOptions(
            types: options[Self.types].map { Set($0.map(\.rawValue)) },
            link: options[Self.link],
            minScore: Double(options[Self.minScore]) / 100
        )
        if let path = options[Self.model] { try Self.use(path, options, &tagging) }
        tagger = EntityTagger(gazetteer: try Self.gazetteer(options), options: tagging)
    }

    private static func gazetteer(_ options: StageOptions) throws(StageProblem) -> Gazetteer {
        let read = { () throws(StageProblem) in try lists(options) }
        guard let cache = GazetteerCache() else { return try compile(read()) }
        return try cache.gazetteer(options[Self.gazetteers].map(options.resolve), read: read, compile: compile)
    }

    private static func lists(_ options: StageOptions) throws(StageProblem) -> [(name: String, bytes: [UInt8])] {
        var sources: [(name: String, bytes: [UInt8])] = []
        for (index, path) in options[Self.gazetteers].enumerated() {
            let file = InputFile(path: path, file: options.resolve(path), format: .jsonl, size: nil)
            do throws(ArticleError) {
                sources.append((path, try file.bytes(limit: 1 << 30)))
            } catch {
                throw StageProblem("\(options.resolve(path)) \(error.message)", option: "gazetteers", element: index)
            }
        }
        return sources
    }

    private static func compile(_ sources: [(name: String, bytes: [UInt8])]) throws(StageProblem) -> Gazetteer {
        do throws(GazetteerError) {
            return try Gazetteer(sources: sources)
        } catch {
            let shown = error.problems.prefix(5).map(\.description).joined(separator: "\n")
            let more = error.problems.count - 5 + error.omitted
            let rest = more > 0 ? "\nand \(more) more" : ""
            throw StageProblem("a gazetteer cannot be used:\n\(shown)\(rest)", option: "gazetteers")
        }
    }

    private static func use(
        _ path: String,
        _ options: StageOptions,
        _ tagging: inout TaggerOptions
    ) throws(StageProblem) {
        guard path != "none" else {
            tagging.model = nil
            tagging.latinModel = nil
            return
        }
        let file = InputFile(path: path, file: options.resolve(path), format: .jsonl, size: nil)
        let bytes: [UInt8]
        do throws(ArticleError) {
            bytes = try file.bytes(limit: 1 << 28)
        } catch {
            throw StageProblem("\(options.resolve(path)) \(error.message)", option: "model")
        }
        do throws(EntityModelError) {
            let model = try EntityModel(bytes: bytes)
            if model.isLatin { tagging.latinModel = model } else { tagging.model = model }
        } catch {
            throw StageProblem("\(options.resolve(path)): \(error.message)", option: "model")
        }
    }

    public func apply(_ article: inout Article) throws -> Verdict {
        try article.requireText("tag")
        article.entities = tagger.tag(
            article.text,
            title: article.title,
            language: article.language,
            published: article.published
        ).map {
            Entity(
                start: $0.start,
                end: $0.end,
                text: $0.text,
                type: $0.type,
                id: $0.id,
                name: $0.name,
                source: $0.source,
                clitic: $0.clitic,
                value: $0.value
            )
        }
        return .keep
    }
}

/// The types a mention can have.
enum EntityKind: String, ChoiceOption {
    case person = "PER"
    case place = "LOC"
    case organisation = "ORG"
    case event = "EVENT"
    case other = "MISC"
    case date = "DATE"
    case number = "NUMBER"
    case money = "MONEY"
    case percent = "PERCENT"
}
