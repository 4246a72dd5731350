import JSON
import Pipeline
import Processes

/// A stage in any language: hands articles to a program and takes its answers.
public struct ExecStage: BatchTransform {
    static let command = StageOption<[String]>(
        required: "command",
        "The program and its arguments. It starts in the definition's folder; a name without `/` is looked for in `PATH`."
    )
    static let fields = StageOption<[ExecField]?>(
        "fields",
        nil,
        "What is sent besides the id, and may be changed: names of fields, `extra`, `extra.NAME`. All but `entities` when left out."
    )
    static let timeout = StageOption(
        "timeout",
        TimeSpan(seconds: 30),
        "A program that answers nothing for so long, its start included, is killed."
    )
    static let restarts = StageOption(
        "restarts",
        10,
        in: 0...1_000_000,
        "On so many articles the program may end, fall silent or answer with nonsense, and is started again; one more ends the run (exit code 69)."
    )
    static let processes = StageOption<Int?>(
        "processes",
        nil,
        "How many of the program may run at a time, such as 1 for a large model; one for each worker when left out."
    )
    static let env = StageOption<[String]>(
        "env",
        [],
        "Names of environment variables that the program gets, or `NAME=value`. Without it only `PATH`, `LANG=C.UTF-8` and `PYTHONUNBUFFERED=1`."
    )

    public static let reference = StageReference(
        name: "exec",
        summary: "Hands articles to a program in any language and takes its answers.",
        discussion: """
            The program reads one JSON object a line from its standard input and writes one a line to its standard output, \
            in any order, until its input ends:

            ```json
            {"id": "7f3a", "title": "…", "text": "…", "extra": {}}
            {"id": "7f3a", "section": "economy", "sentiment": 0.4}
            ```

            An answer names the article's `id` and what changes: fields that it leaves out stay, `null` clears one, a key \
            that no article has goes to `extra`. `{"id": "7f3a", "drop": "advert"}` drops the article with that reason; \
            `{"id": "7f3a", "error": "…"}` quarantines it. A changed text loses its entities, so `exec` stands before `tag`.

            - The program has to write out each line at once (`flush=True`, `sed -u`, `jq --unbuffered`): it is sent up to \
            64 articles before the first is answered.
            - It is started once for each worker and stays. What it answers may depend on nothing but the article; the \
            outputs are then the same for any number of workers.
            - A program that ends, falls silent or answers with nonsense is killed with all that it has started. Its open \
            articles are asked again, one by one. The one on which a newly started program fails is quarantined as \
            `exec_ended`, `exec_silent` or `exec_answer`, with the last line of the standard error.
            - What it writes to its standard error is kept in `exec.log` of the run directory.
            - It ends with the run, however the run ends. When an interrupted run is continued, it is not asked again what \
            it has answered, unless its files were changed; `exec.log` has what it said since.
            """,
        options: [command.erased, fields.erased, timeout.erased, restarts.erased, processes.erased, env.erased],
        examples: [
            StageExample(
                "An editor of lines that is there already",
                options: #"{"command":["sed","-u","s/الليبيه/الليبية/g"],"fields":["text"]}"#,
                [
                    (#"{"id":"1","text":"الحكومة الليبيه"}"#, .kept(#"{"text":"الحكومة الليبية"}"#)),
                    (#"{"id":"2","title":"الليبيه","text":"x"}"#, .kept(#"{"title":"الليبيه"}"#)),
                ]
            ),
            StageExample(
                "A verdict",
                options: #"{"command":["sed","-u","/عاجل/s/\"text\".*/\"drop\":\"ticker\"}/"],"fields":["text"]}"#,
                [
                    (#"{"id":"1","text":"عاجل: وصول الوفد"}"#, .dropped(reason: "ticker")),
                    (#"{"id":"2","text":"وصل الوفد"}"#, .kept("{}")),
                ]
            ),
            StageExample(
                "An answer that changes what it may not",
                options: #"{"command":["sed","-u","s/\"text\"/\"title\"/"],"fields":["text"]}"#,
                [(#"{"id":"1","text":"x"}"#, .failed(code: "exec_answer"))]
            ),
        ]
    )

    private let fields: [ExecField]
    private let label: String
    private let secrets: [String]
    private let programs: ProgramPool<ExecAnswer>
    /// What of the command may be a file: the program, its script, its model.
    public let resources: [String]

    public init(_ options: StageOptions) throws(StageProblem) {
        let words = options[Self.command]
        guard let name = words.first, !name.isEmpty else {
            throw StageProblem("the command is empty", option: "command", hint: #"such as ["python3", "sentiment.py"]"#)
        }
        guard words.allSatisfy({ !$0.utf8.contains(0) }) else {
            throw StageProblem("the command holds a NUL character", option: "command")
        }
        let timeout = options[Self.timeout].seconds
        guard timeout > 0 else { throw StageProblem("a program needs some time to answer", option: "timeout") }
        if let processes = options[Self.processes], processes < 1 {
            throw StageProblem("\(processes) is out of range, expected 1 or more", option: "processes")
        }
        let environment = try ExecEnvironment(options[Self.env]).variables
        guard let command = ProgramCommand(words, directory: options.directory, environment: environment) else {
            throw StageProblem(
                "there is no program \"\(name)\"",
                option: "command",
                element: 0,
                hint: name.contains("/")
                    ? "expected an executable file, relative to the definition" : "it is in no folder of PATH"
            )
        }
        fields = options[Self.fields] ?? ExecField.usual
        secrets = options.secrets
        resources = words.map(options.resolve)
        label = Self.label(words)
        programs = ProgramPool(
            command,
            limits: DialogueLimits(timeoutSeconds: Int(timeout), maxLineBytes: options.limits.maxRecordBytes),
            maxPrograms: options[Self.processes] ?? Int.max,
            maxFaults: options[Self.restarts],
            parse: ExecAnswer.parse
        )
    }

    /// The command as messages show it.
    private static func label(_ words: [String]) -> String {
        let text = words.joined(separator: " ")
        return text.count > 60 ? text.prefix(59) + "…" : text
    }

    public func apply(to articles: inout [Article]) throws(StageFailure) -> [Result<Verdict, ArticleError>] {
        var results = [Result<Verdict, ArticleError>](repeating: .success(.keep), count: articles.count)
        var requests: [ProgramRequest] = []
        var places: [Int] = []
        for index in articles.indices {
            do throws(ArticleError) {
                requests.append(try request(&articles[index]))
                places.append(index)
            } catch {
                results[index] = .failure(error)
            }
        }
        let answers: [Result<ExecAnswer, ProgramFault>]
        do throws(ProgramsFailed) {
            answers = try programs.answers(to: requests)
        } catch {
            throw StageFailure(
                message(error.message),
                hint: "it failed on more articles than \"restarts\" admits; try it with `etl preview`"
            )
        }
        for (index, answer) in zip(places, answers) { results[index] = take(answer, into: &articles[index]) }
        return results
    }

    public func finish() -> [ExtraTable] {
        let said = programs.end()
        if said.isEmpty { return [] }
        let text = Array(redact(String(decoding: said, as: UTF8.self), secrets: secrets).utf8)
        return [ExtraTable(file: "exec.log", bytes: text, rows: text.count { $0 == 0x0A })]
    }

    private func request(_ article: inout Article) throws(ArticleError) -> ProgramRequest {
        try article.requireText("exec")
        article.identify()
        let id = article.id ?? ""
        var writer = JSONWriter()
        writer.reserve(article.text.utf8.count + 512)
        writer.object { w in
            w.key("id")
            w.value(id)
            for field in fields { field.write(article, to: &w) }
        }
        writer.newline()
        return ProgramRequest(id: id, line: writer.bytes)
    }

    private func take(
        _ answer: Result<ExecAnswer, ProgramFault>,
        into article: inout Article
    ) -> Result<Verdict, ArticleError> {
        do throws(ArticleError) {
            switch answer {
            case .success(let answer): return .success(try answer.apply(to: &article, fields: fields))
            case .failure(let fault):
                throw ArticleError(code: Self.code(fault), message: message(fault.message), mayPass: true)
            }
        } catch {
            let message = redact(error.message, secrets: secrets)
            return .failure(ArticleError(code: error.code, message: message, mayPass: error.mayPass))
        }
    }

    private func message(_ text: String) -> String {
        redact("\"\(label)\" \(text)", secrets: secrets)
    }

    private static func code(_ fault: ProgramFault) -> String {
        switch fault {
        case .notStarted, .ended: "exec_ended"
        case .silent: "exec_silent"
        case .wrongAnswer: "exec_answer"
        }
    }
}

/// What of the environment a program gets.
private struct ExecEnvironment {
    private(set) var variables: [String] = []

    init(_ wanted: [String]) throws(StageProblem) {
        for name in ["PATH"] { if let value = ProgramCommand.variable(name) { set(name, value) } }
        set("LANG", "C.UTF-8")
        // Python holds back what it prints into a pipe.
        set("PYTHONUNBUFFERED", "1")
        for (index, entry) in wanted.enumerated() {
            let parts = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts.first ?? "")
            guard Self.isName(name), !entry.utf8.contains(0) else {
                throw StageProblem(
                    "\"\(entry)\" is no name of an environment variable",
                    option: "env",
                    element: index,
                    hint: "expected NAME or NAME=value"
                )
            }
            if parts.count > 1 {
                set(name, String(parts[1]))
            } else if let value = ProgramCommand.variable(name) {
                set(name, value)
            }
        }
    }

    private mutating func set(_ name: String, _ value: String) {
        variables.removeAll { $0.hasPrefix(name + "=") }
        variables.append("\(name)=\(value)")
    }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(first &- 0x30 < 10) else { return false }
        return text.utf8.allSatisfy { $0 | 0x20 &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == UInt8(ascii: "_") }
    }
}
