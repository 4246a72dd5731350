import Deduplication
import Formats
import Pipeline

/// Finds articles that repeat an earlier one.
public struct DedupeStage: OrderedStage {
    static let near = StageOption(
        "near",
        true,
        "Whether texts that are similar count as repeats, not identical ones alone."
    )
    static let threshold = StageOption(
        "threshold",
        40,
        in: 1...100,
        "From how many per cent of shared word pairs on two texts are the same story."
    )
    static let action = StageOption<Action>(
        "action",
        .drop,
        "`drop` takes repeats out; `mark` keeps them and says in `duplicate_of`, `duplicate_kind` and "
            + "`duplicate_similarity` what they repeat."
    )

    static let across = StageOption<Across>(
        "across",
        .run,
        "`run`: articles of one run are compared. `runs`: also with those of earlier runs of this pipeline."
    )
    static let window = StageOption<TimeSpan>(
        "window",
        TimeSpan(seconds: 30 * 86_400),
        "With `\"across\": \"runs\"`: for how long an article is compared with new ones, counted from the run that read "
            + "it first. What is identical is found for ever."
    )

    public static let reference = StageReference(
        name: "dedupe",
        summary: "Drops articles that repeat an earlier one.",
        discussion: """
            The earliest article in source order is kept. Another one repeats it as

            | kind | when |
            |---|---|
            | `exact` | the folded texts have the same SHA-256, `content_hash` |
            | `near` | they share at least `threshold` per cent of their word pairs |
            | `truncated` | it is the beginning of the earlier, longer one |
            | `same_page` | it has the same URL and a changed text: what was written first stays as it is |

            A later, longer version of an article is kept, and linked to it as `expanded`. An article that stands inside \
            another but not at its beginning, as in a round-up, repeats nothing and is repeated by nothing: both are kept, \
            and the pair is listed in `contained.csv`. An article is compared with \
            earlier ones, kept or dropped; `duplicate_of` names the kept one that the best match goes back to. Two texts \
            that are not similar themselves are never merged because a third one is similar to both.

            Folding passes over what outlets change and readers do not see: Unicode composition, tashkeel, tatweel, the \
            forms of alef, hamza, yeh and teh marbuta, presentation forms, the digits of every script, case, punctuation, \
            white space, zero-width and direction marks. So «أُعلِنَ، اليومَ، عن ٣ اتفاقيّات» repeats «أعلن اليوم عن 3 اتفاقيات».

            Below 15 words only the same URL, or the same title and text, make a repeat. An empty text repeats nothing.

            Every repeat is listed in `duplicates.jsonl`; `stories.csv` has one row for each kept article that an article of \
            this run repeats: how many do, of which outlets, published when.

            ### Across runs

            With `"across": "runs"` articles are compared with those of earlier runs of the pipeline as well, as if all runs \
            were one: the same words are found for ever, similar texts and the same URL for as long as the `window` reaches \
            back. What identifies an article over runs is its `id`.

            | run | id | text | becomes |
            |---|---|---|---|
            | Sunday | `noc-17` | «أعلنت المؤسسة الوطنية للنفط أن الإنتاج تجاوز مليون برميل …» | kept |
            | Monday | `noc-17` | the same | kept, as on Sunday |
            | Monday | `lana-4` | «أعلنت المؤسّسة الوطنيّة للنفط أنّ الإنتاج تجاوز مليون برميل …» | dropped: `exact`, of `noc-17` |
            | Tuesday | `lana-4` | the same as on Monday | dropped, as on Monday |
            | Tuesday | `noc-17` | «أعلنت المؤسسة الوطنية للنفط أن الإنتاج تجاوز 1.1 مليون برميل …» | kept: its new text |

            - An article that is read again, same `id` and same words, is decided as before. So a run over unchanged inputs \
              writes the same outputs, and counts nothing twice.
            - A new text under the `id` of an article that an earlier run kept is kept: an export that appends puts it in the \
              place of the old one. Within one run the first text stays.
            - `stories.csv` counts over all runs, for the stories that this run touches.
            - A run that is not published leaves nothing; `etl rollback` forgets what later runs learnt.
            - The memory is bound to `near` and `threshold`: with others the run is refused, and the message says how to begin \
              anew. `window` may be changed at any time.

            The memory lies in `.state/dedupe` of the output: about 0.7 kB for each article in the window, and for ever 28 bytes \
            for each content and what `stories.csv` says of a kept article.
            """,
        options: [near.erased, threshold.erased, action.erased, across.erased, window.erased],
        examples: [
            StageExample(
                "Tashkeel, digits and punctuation make no difference",
                [
                    (#"{"id":"1","text":"أعلن اليوم عن 3 اتفاقيات"}"#, .kept(#"{"id":"1","duplicate_of":null}"#)),
                    (#"{"id":"2","text":"أُعلِنَ، اليومَ، عن ٣ اتفاقيّات."}"#, .dropped(reason: "duplicate")),
                    (#"{"id":"3","text":"أعلن اليوم عن 4 اتفاقيات"}"#, .kept(#"{"id":"3"}"#)),
                ]
            ),
            StageExample(
                "Marked instead of dropped",
                options: #"{"action":"mark"}"#,
                [
                    (#"{"id":"1","text":"Output rose."}"#, .kept(#"{"duplicate_of":null}"#)),
                    (
                        #"{"id":"2","text":"OUTPUT ROSE"}"#,
                        .kept(#"{"duplicate_of":"1","duplicate_kind":"exact","duplicate_similarity":100}"#)
                    ),
                ]
            ),
            StageExample(
                "The same story, told a little differently",
                options: #"{"action":"mark"}"#,
                [
                    (
                        #"{"id":"1","text":"أعلنت المؤسسة الوطنية للنفط اليوم أن إنتاج البلاد من الخام تجاوز مليون برميل يوميا بعد انتهاء أعمال الصيانة في حقل الشرارة جنوب غربي ليبيا"}"#,
                        .kept(#"{"duplicate_of":null}"#)
                    ),
                    (
                        #"{"id":"2","text":"قالت المؤسسة الوطنية للنفط إن إنتاج البلاد من الخام تجاوز مليون برميل يوميا بعد انتهاء أعمال الصيانة في حقل الشرارة جنوب غربي ليبيا"}"#,
                        .kept(#"{"duplicate_of":"1","duplicate_kind":"near"}"#)
                    ),
                ]
            ),
        ]
    )

    enum Action: String, ChoiceOption {
        case drop, mark
    }

    enum Across: String, ChoiceOption {
        case run, runs
    }

    private let action: Action
    private let options: DedupeOptions
    private let window: TimeSpan
    public let remembers: Bool
    private var memory: (any Memory)?
    private var archive: DedupeArchive?
    private var deduplicator: Deduplicator
    private var stories = Stories()

    public init(_ options: StageOptions) throws(StageProblem) {
        action = options[Self.action]
        window = options[Self.window]
        remembers = options[Self.across] == .runs
        if !remembers, options.isGiven(Self.window.name) {
            throw StageProblem(
                "\"window\" is for a memory over runs",
                option: "window",
                hint: "add \"across\": \"runs\""
            )
        }
        self.options = DedupeOptions(near: options[Self.near], threshold: options[Self.threshold])
        deduplicator = Deduplicator(options: self.options)
    }

    public func prepare(_ article: inout Article) throws -> Signature {
        try article.requireText("dedupe")
        var signature = Signature(text: article.text, title: article.title, url: article.url, options: options)
        article.contentHash = signature.contentHash
        article.identify()
        signature.recollection = try reading { try archive?.memory.recollection(of: signature, id: article.id ?? "") }
        return signature
    }

    public mutating func decide(_ article: inout Article, _ signature: Signature) throws -> Verdict {
        try reading { try verdict(on: &article, signature) }
    }

    private mutating func verdict(on article: inout Article, _ signature: Signature) throws -> Verdict {
        let isKnown = signature.recollection?.isKnown ?? false
        switch try deduplicator.decide(signature, position: stories.count) {
        case .unique: break
        case .linked(let match): try mark(&article, match)
        case .revision(let position):
            try stories.revise(article, at: position)
            return .keep
        case .duplicate(let match), .update(let match):
            try mark(&article, match)
            try stories.addRepeat(article, of: match.position, isKnown: isKnown)
            if action == .drop { return .drop(reason: "duplicate") }
            // A marked repeat passes on and is no story of its own.
            return .keep
        }
        if let position = signature.recollection?.containedPosition {
            try stories.reportContained(at: position)
        } else if !isKnown {
            try stories.addKept(article, deduplicator.containments)
        }
        return .keep
    }

    public func finish() -> [ExtraTable] { [stories.table, stories.contained.table] }

    private mutating func mark(_ article: inout Article, _ match: DuplicateMatch) throws {
        article.duplicate = Duplicate(
            of: try stories.id(of: match.position),
            kind: match.kind.rawValue,
            similarity: match.similarity / 10
        )
    }
}

// MARK: Over runs

extension DedupeStage: RememberingStage {
    public mutating func recall(_ memory: any Memory) throws {
        let archive = try reading {
            try DedupeArchive(
                memory.files.map(StoredFile.init),
                options: options,
                started: memory.started.seconds,
                windowSeconds: window.seconds
            )
        }
        deduplicator = Deduplicator(options: options, memory: archive.memory)
        stories = Stories(memory: archive.stories)
        self.archive = archive
        self.memory = memory
    }

    public mutating func notes() throws -> [MemoryNote] {
        guard let memory, let archive else { return [] }
        try reading {
            try archive.add(deduplicator, stories: (stories.changed, stories.count)) { name in
                Sink(writer: try memory.create(name))
            } remove: { index in
                memory.remove(memory.files[index])
            }
        }
        return []
    }

    private struct StoredFile: StoredBytes {
        let file: any MemoryFile

        var name: String { "\(file.run)-\(file.name)" }
        var size: Int { file.size }

        func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws {
            try file.read(at: offset, into: buffer)
        }
    }

    private struct Sink: MemorySink {
        let writer: any MemoryWriter

        func append(_ bytes: [UInt8]) throws { try writer.append(bytes) }
        func finish() throws { try writer.finish() }
    }
}

/// A damaged file is the run's affair, not the article's.
private func reading<Value>(_ body: () throws -> Value) throws -> Value {
    do {
        return try body()
    } catch let error as MemoryFileError {
        throw MemoryError(error.message, hint: error.hint)
    }
}
