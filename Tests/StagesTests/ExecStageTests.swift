import Engine
import JSON
import Language
import Pipeline
import Stages
import TestSupport
import Testing

/// `exec` in whole runs, with programs of every kind; ``ProgramPoolTests`` tells of the faults one by one.
@Suite(.timeLimit(.minutes(10))) struct ExecStageTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let articles = (0..<40).map { #"{"id":"\#($0)","title":"t\#($0)","text":"خبر رقم \#($0)","rank":\#($0)}"# }
        try folder.write(articles.joined(separator: "\n") + "\n", to: "articles.jsonl")
    }

    /// Answers each line with what the shell code `does` prints, given `$line`, `$id` and `$n`, the article's number.
    private func write(_ does: String, to name: String = "program.sh") throws {
        try folder.write(
            #"""
            while read -r line; do
              id=${line#*'"id":"'}; id=${id%%'"'*}; n=$id
              \#(does)
            done

            """#,
            to: name
        )
    }

    private func plan(_ options: String = "", token: String = "s3cret-value") throws -> Plan {
        let definition = """
            {"output":"out","params":{"token":"${secret:TOKEN}"},"stages":[
            {"stage":"ingest","paths":["articles.jsonl"]},
            {"stage":"exec","command":["sh","program.sh"]\(options)},
            {"stage":"export","file":"out.jsonl"}]}
            """
        return try Plan(
            DefinitionText(name: "exec.json", bytes: Array(definition.utf8)),
            directory: folder.path,
            inputs: DefinitionInputs(environment: ["TOKEN": token]),
            stages: standardStages
        )
    }

    @discardableResult
    private func run(_ plan: Plan, jobs: Int = 2, batch: Int = 7) throws -> Run.Result {
        try Run(plan, options: .init(jobs: jobs, batchArticles: batch), started: Timestamp(seconds: 0)).execute()
    }

    private func rows(_ name: String = "out/out.jsonl") throws -> [JSONValue] {
        try folder.lines(name).map { try JSONValue(parsing: $0) }
    }

    private func problems(_ options: String) -> [String] {
        do {
            _ = try plan(options)
            return []
        } catch {
            return (error as? DefinitionError)?.problems.map { $0.message + ($0.hint.map { " | " + $0 } ?? "") } ?? []
        }
    }

    // MARK: Answers

    @Test func changesWhatTheAnswerNames() throws {
        try write(
            #"""
            printf '{"id":"%s","title":null,"keywords":["a","b"],"published":"2020-07-08T14:30:00Z","mood":{"score":%s}}\n' "$id" "$n"
            """#
        )
        try run(plan())
        let row = try rows()[5]
        #expect(row["title"]?.isNull == true)
        #expect(row["text"]?.string == "خبر رقم 5")
        #expect(row["keywords"]?.elements?.compactMap(\.string) == ["a", "b"])
        #expect(row["published"]?.string == "2020-07-08T14:30:00Z")
        #expect(row["extra"]?["mood"]?["score"]?.integer == 5)
        #expect(row["extra"]?["rank"]?.integer == 5)
    }

    @Test func sendsTheFieldsThatWereAskedFor() throws {
        try write(#"printf '%s\n' "$line" >> sent; printf '{"id":"%s"}\n' "$id""#)
        try run(plan(#","fields":["title","extra.rank","extra.none"],"processes":1"#))
        #expect(folder.lines("sent").sorted().first == #"{"id":"0","title":"t0","rank":0}"#)
    }

    @Test func takesEntitiesThatAreWhereTheySay() throws {
        try write(
            #"""
            case $n in
              1) e='{"start":4,"end":7,"text":"رقم","type":"MISC","name":"number"},{"start":0,"end":3,"type":"MISC"}';;
              2) e='{"start":4,"end":7,"text":"خبر","type":"MISC"}';;
              3) e='{"start":4,"end":700,"type":"MISC"}';;
              4) e='{"start":4,"end":7,"type":"THING"}';;
              *) e=;;
            esac
            printf '{"id":"%s","entities":[%s]}\n' "$id" "$e"
            """#
        )
        let result = try run(plan(#","fields":["text","entities"]"#))
        let entities = try #require(try rows()[1]["entities"]?.elements)
        #expect(entities.map { $0["text"]?.string } == ["خبر", "رقم"])
        #expect(entities.map { $0["source"]?.string } == ["exec", "exec"])
        #expect(result.manifest.counts.quarantined == ["exec_answer": 3])
        let messages = try rows("out/current/quarantine.jsonl").map { $0["message"]?.string }
        #expect(messages[0] == #""entities", mention 1: the text from 4 to 7 is "رقم", not "خبر""#)
    }

    @Test func dropsAndFailsAsTheProgramSays() throws {
        try write(
            #"""
            case $n in
              1) printf '{"id":"%s","drop":"advert"}\n' "$id";;
              2) printf '{"id":"%s","error":"no model for this"}\n' "$id";;
              3) printf '{"id":"%s","drop":"not a code"}\n' "$id";;
              4) printf '{"id":"%s","title":7}\n' "$id";;
              5) printf '{"id":"%s","drop":null,"error":null}\n' "$id";;
              *) printf '{"id":"%s"}\n' "$id";;
            esac
            """#
        )
        let counts = try run(plan()).manifest.counts
        #expect(counts.dropped == ["advert": 1])
        #expect(counts.quarantined == ["exec_error": 1, "exec_answer": 2])
        let messages = try rows("out/current/quarantine.jsonl").map { $0["message"]?.string }
        #expect(
            messages == [
                "no model for this",
                #""drop": expected a reason of letters, digits, _ and -, found "not a code""#,
                #""title": expected a string or null, found a number"#,
            ]
        )
    }

    @Test func refusesWhatFieldsDoNotName() throws {
        try write(#"printf '{"id":"%s","title":"new","mood":1}\n' "$id""#)
        #expect(try run(plan(#","fields":["title","extra.mood"]"#)).manifest.counts.kept == 40)
        let refused = try #require(try? plan(#","fields":["title"],"onError":"drop""#))
        #expect(throws: RunError.self) { try run(refused) }
        #expect(try run(plan(#","fields":["title"],"when":{"title":["t1"]}"#)).manifest.counts.quarantinedTotal == 1)
        let message = try rows("out/current/quarantine.jsonl").first?["message"]?.string
        #expect(message == #"the program answered with "mood"; "fields" has no "extra.mood""#)
    }

    @Test func newTextForgetsOldEntities() throws {
        try folder.write(
            #"{"id":"1","text":"طرابلس اليوم","entities":[{"start":0,"end":6,"text":"طرابلس","type":"LOC"}]}"# + "\n"
                + #"{"id":"2","text":"بنغازي اليوم","entities":[{"start":0,"end":6,"text":"بنغازي","type":"LOC"}]}"#,
            to: "articles.jsonl"
        )
        try write(
            #"case $n in 1) printf '{"id":"1","text":"x"}\n';; *) printf '{"id":"2","text":"بنغازي اليوم"}\n';; esac"#
        )
        try run(plan())
        #expect(try rows().map { $0["entities"]?.elements?.count } == [0, 1])
    }

    // MARK: Faults

    /// One article makes the program fail, each time in another way; the others come through as they are.
    @Test(
        "the same bytes for any number of workers and size of batches",
        arguments: [(1, 1), (1, 256), (2, 7), (8, 3)]
    )
    func faultsAreFoundWhateverTheWorkersDo(jobs: Int, batch: Int) throws {
        try write(
            #"""
            case $n in
              3) echo 'out of memory' >&2; exit 1;;
              11) printf '{"id":"%s"' "$id"; exit 0;;
              12) kill -9 $$;;
              20) echo '{"id":"elsewhere"}';;
              21) echo 'Loading model …';;
              22) echo '["no object"]';;
              23) yes;;
              24) yes "{\"id\":\"$id\"}";;
              *) printf '{"id":"%s","section":"s%s"}\n' "$id" "$n";;
            esac
            """#
        )
        let counts = try run(plan(), jobs: jobs, batch: batch).manifest.counts
        // Number 24 was answered; what is too much is nobody's fault.
        #expect(counts.quarantined == ["exec_ended": 3, "exec_answer": 4])
        let ids = try rows().map { $0["id"]?.string ?? "" }
        #expect(ids == (0..<40).filter { ![3, 11, 12, 20, 21, 22, 23].contains($0) }.map(String.init))
        let messages = try rows("out/current/quarantine.jsonl").map { $0["message"]?.string ?? "" }
        let program = #""sh program.sh" "#
        #expect(
            messages == [
                program + "ended with exit code 1: out of memory",
                program + "ended with exit code 0 in the middle of a line",
                program + "was ended by signal 9",
                program + #"answered for "elsewhere", which it was not asked for"#,
                program + "answered with what is no JSON: Loading model …",
                program + #"answered with a list where an object was expected: ["no object"]"#,
                program + "answered with what is no JSON: y",
            ]
        )
    }

    @Test func aProgramThatCannotWorkEndsTheRun() throws {
        try folder.write("echo 'no module named camel' >&2; exit 1", to: "program.sh")
        let failure = #expect(throws: RunError.self) { try run(plan()) }
        #expect(failure?.code == .unavailable)
        #expect(failure?.message == #"stage 2 (exec): "sh program.sh" ended with exit code 1: no module named camel"#)
        #expect(!folder.exists("out/out.jsonl"))
    }

    @Test func keepsWhatTheProgramSaysWithoutItsSecrets() throws {
        try write(#"[ "$n" = 0 ] && echo "token $TOKEN, home $HOME." >&2; printf '{"id":"%s"}\n' "$id""#)
        try run(plan(#","env":["TOKEN=${token}"],"processes":1"#))
        #expect(folder.read("out/current/exec.log") == "token ***, home .\n")
    }

    @Test func aQuietProgramLeavesNoLog() throws {
        try write(#"printf '{"id":"%s"}\n' "$id""#)
        try run(plan())
        #expect(!folder.exists("out/current/exec.log"))
    }

    // MARK: Definition

    @Test(arguments: [
        (
            #","timeout":"soon""#,
            #"timeout" in stage 2 (exec): expected a length of time such as "60s", found a string | a number with s, m, h or d"#
        ),
        (#","timeout":"0s""#, "a program needs some time to answer"),
        (#","fields":["titel"]"#, #"unknown field "titel" | did you mean "title"?"#),
        (#","processes":0"#, "0 is out of range, expected 1 or more"),
        (#","env":["1=x"]"#, #""1=x" is no name of an environment variable | expected NAME or NAME=value"#),
        (#","comand":[]"#, #"unknown option "comand" in stage 2 (exec) | did you mean "command"?"#),
    ])
    func mistakesAreFoundBeforeAnythingIsRun(options: String, problem: String) throws {
        let found = problems(options)
        #expect(found.count == 1)
        #expect(found.first?.contains(problem) == true, "\(found)")
    }

    @Test func aProgramThatIsNotThereIsAMistake() throws {
        let definition = """
            {"output":"out","stages":[{"stage":"ingest","paths":["articles.jsonl"]},
            {"stage":"exec","command":["sentiment.py"]},{"stage":"exec","command":["./sentiment.py"]},
            {"stage":"exec","command":[]},{"stage":"export","file":"out.jsonl"}]}
            """
        let error = #expect(throws: DefinitionError.self) {
            try Plan(
                DefinitionText(name: "exec.json", bytes: Array(definition.utf8)),
                directory: folder.path,
                stages: standardStages
            )
        }
        #expect(
            error?.problems.map { "\($0.message) | \($0.hint ?? "")" } == [
                #"stage 2 (exec): there is no program "sentiment.py" | it is in no folder of PATH"#,
                #"stage 3 (exec): there is no program "./sentiment.py" | expected an executable file, relative to the definition"#,
                #"stage 4 (exec): the command is empty | such as ["python3", "sentiment.py"]"#,
            ]
        )
    }
}
