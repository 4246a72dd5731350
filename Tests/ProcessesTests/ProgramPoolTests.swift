import Testing

@testable import Processes

/// Programs in the language of the shell that answer each line with itself, and what else they do.
@Suite(.timeLimit(.minutes(10))) struct ProgramPoolTests {
    /// A pool whose answers are the lines, and whose ids are what stands before the first blank.
    private func pool(
        _ script: String,
        programs: Int = 4,
        maxFaults: Int = 10,
        timeout: Int = 60,
        maxLineBytes: Int = 1 << 20
    ) throws -> ProgramPool<String> {
        let command = try #require(
            ProgramCommand(["sh", "-c", script], directory: "", environment: ["PATH=/usr/bin:/bin"])
        )
        return ProgramPool(
            command,
            limits: DialogueLimits(timeoutSeconds: timeout, maxLineBytes: maxLineBytes),
            maxPrograms: programs,
            maxFaults: maxFaults
        ) { line throws(ProgramFault) in
            let text = String(decoding: line, as: UTF8.self)
            return (String(text.prefix { $0 != " " }), text)
        }
    }

    private func requests(_ lines: [String]) -> [ProgramRequest] {
        lines.map { ProgramRequest(id: String($0.prefix { $0 != " " }), line: Array(($0 + "\n").utf8)) }
    }

    /// The lines that came back, faults as their messages.
    private func ask(_ pool: ProgramPool<String>, _ lines: [String]) throws -> [String] {
        try pool.answers(to: requests(lines)).map {
            switch $0 {
            case .success(let line): line
            case .failure(let fault): "! " + fault.message
            }
        }
    }

    @Test func everyLineComesBackInItsPlace() throws {
        let lines = (0..<3000).map { "\($0) " + String(repeating: "x", count: $0 % 700) }
        let pool = try pool("cat")
        #expect(try ask(pool, lines) == lines)
        #expect(try ask(pool, ["again 1"]) == ["again 1"])
    }

    @Test func answersMayComeInAnyOrder() throws {
        let reversing = #"while read -r a && read -r b && read -r c; do printf '%s\n' "$c" "" "$a" "$b"; done"#
        #expect(try ask(pool(reversing), ["1 a", "2 b", "3 c"]) == ["1 a", "2 b", "3 c"])
    }

    @Test func requestsWithOneIDAreAskedOneAfterTheOther() throws {
        let swapping = #"n=0; while read -r id rest; do n=$((n + 1)); echo "$id $rest $n"; done"#
        #expect(try ask(pool(swapping), ["1 a", "1 b", "2 c", "1 d"]) == ["1 a 1", "1 b 3", "2 c 2", "1 d 4"])
    }

    /// What a program does on the line `bad`, and what is said of it.
    static let faults: [(what: String, does: String, said: String)] = [
        ("exits", "echo 'out of memory' >&2; exit 3", "ended with exit code 3: out of memory"),
        ("exits well", "exit 0", "ended with exit code 0"),
        (
            "exits in the middle of a line", "printf '%s' \"$id\"; exit 0",
            "ended with exit code 0 in the middle of a line"
        ),
        ("is killed", "kill -9 $$", "was ended by signal 9"),
        ("hangs", "echo thinking >&2; sleep 100", "gave no answer within 2 s; it said last: thinking"),
        ("hangs with a child that holds the pipes", "sleep 100 & sleep 101", "gave no answer within 2 s"),
        ("hangs behind half a line", "printf '%s' \"$id\"; sleep 100", "gave no answer within 2 s"),
        ("gives no answer", "continue", "gave no answer within 2 s"),
        ("gives blank lines for ever", "while :; do echo; done", "gave no answer within 2 s"),
        ("closes its input", "exec <&-; sleep 100", "gave no answer within 2 s"),
        ("closes its output", "exec >&-; sleep 100", "closed its standard output without ending"),
        ("names a wrong id", "echo other thing; continue", "answered for \"other\", which it was not asked for"),
        ("floods lines", "yes", "answered for \"y\", which it was not asked for"),
        (
            "floods a line", "head -c 100000000 /dev/zero | tr '\\0' x; echo",
            "answered with a line of more than 1048576 bytes"
        ),
        ("floods its standard error", "yes >&2", "gave no answer within 2 s; it said last: y"),
    ]

    @Test(arguments: faults)
    func theLineToBlameIsFound(_ fault: (what: String, does: String, said: String)) throws {
        let script = #"while read -r id rest; do case $id in bad) \#(fault.does);; esac; echo "$id $rest"; done"#
        // Only those that fall silent are waited for: a busy machine must not make others do so.
        let pool = try pool(script, timeout: fault.said.hasPrefix("gave no answer") ? 2 : 60)
        let answers = try ask(pool, ["1 a", "2 b", "bad x", "3 c", "4 d"])
        #expect(answers[0] == "1 a" && answers[1] == "2 b" && answers[3] == "3 c" && answers[4] == "4 d")
        #expect(answers[2] == "! " + fault.said, "\(fault.what)")
    }

    @Test func aFloodOfErrorsDoesNotHoldUpTheAnswer() throws {
        let script = #"while read -r id; do head -c 20000000 /dev/zero | tr '\0' e >&2; echo "$id ok"; done"#
        let pool = try pool(script)
        #expect(try ask(pool, ["1", "2", "3"]) == ["1 ok", "2 ok", "3 ok"])
        let said = String(decoding: pool.end(), as: UTF8.self)
        #expect(said.hasPrefix("eee"))
        #expect(said.hasSuffix("\n… and \(60_000_000 - 262_144) bytes more\n"))
    }

    @Test func aProgramThatAnswersOnceAndEndsIsStartedForEach() throws {
        let pool = try pool("read -r line; echo \"$line\"", maxFaults: 0)
        #expect(try ask(pool, ["1 a", "2 b", "3 c"]) == ["1 a", "2 b", "3 c"])
    }

    /// The second answer comes while another line is asked for, which is not to blame.
    @Test func aProgramThatAnswersTwiceBlamesNobodyElse() throws {
        let script = #"while read -r id rest; do echo "$id $rest"; case $id in bad) echo "bad twice";; esac; done"#
        let answers = try ask(pool(script), ["1 a", "bad x", "2 b", "3 c"])
        #expect(answers == ["1 a", "bad x", "2 b", "3 c"])
    }

    @Test func tooManyFaultsEndItAll() throws {
        let script = #"while read -r id; do case $id in bad*) echo "no room" >&2; exit 1;; esac; echo "$id"; done"#
        let lines = ["1", "bad1", "2", "bad2", "bad3"]
        #expect(try ask(pool(script, maxFaults: 3), lines).filter { $0.hasPrefix("!") }.count == 3)
        let failure = #expect(throws: ProgramsFailed.self) { try ask(pool(script, maxFaults: 2), lines) }
        #expect(failure?.message == "ended with exit code 1: no room")
    }

    @Test func callersBeyondTheLimitWait() async throws {
        let pool = try pool(#"while read -r line; do echo "$line $$"; done"#, programs: 1)
        let programs = try await withThrowingTaskGroup(of: [String].self) { group in
            for task in 0..<4 {
                group.addTask { try self.ask(pool, (0..<50).map { "\(task)-\($0)" }) }
            }
            return try await group.reduce(into: Set<Substring>()) { ids, answers in
                for answer in answers { ids.insert(answer.drop { $0 != " " }) }
            }
        }
        #expect(programs.count == 1)
    }

    @Test func theProgramSeesTheEndOfItsInput() throws {
        let pool = try pool("cat; echo 'all done' >&2")
        _ = try ask(pool, ["1"])
        #expect(String(decoding: pool.end(), as: UTF8.self) == "all done\n")
    }

    @Test func aProgramThatIgnoresTheEndIsKilled() throws {
        let pool = try pool(
            "trap '' HUP TERM INT; while read -r line; do echo \"$line $$\"; done; sleep 100 & sleep 100"
        )
        let answer = try #require(try ask(pool, ["1"]).first)
        _ = pool.end()
        let process = try #require(answer.split(separator: " ").last.flatMap { Int32($0) })
        #expect(!isRunning(process))
    }

    @Test func whatIsNoProgramIsNotFound() {
        #expect(ProgramCommand(["no-such-program"], directory: "", environment: []) == nil)
        #expect(ProgramCommand(["./none"], directory: "/tmp", environment: []) == nil)
        #expect(ProgramCommand(["/etc/passwd"], directory: "", environment: []) == nil)
        #expect(ProgramCommand([], directory: "", environment: []) == nil)
    }

    @Test func startsInItsFolderWithItsEnvironmentAlone() throws {
        let script = #"while read -r id; do echo "$id $(pwd) $(env | sort | tr '\n' ' ')"; done"#
        let command = try #require(
            ProgramCommand(["sh", "-c", script], directory: "/usr", environment: ["PATH=/usr/bin:/bin", "A=b c"])
        )
        let limits = DialogueLimits(timeoutSeconds: 10, maxLineBytes: 1000)
        let pool = ProgramPool<String>(command, limits: limits, maxPrograms: 1, maxFaults: 0) { line in
            ("1", String(decoding: line, as: UTF8.self))
        }
        let answer = try #require(try ask(pool, ["1"]).first)
        #expect(answer.hasPrefix("1 /usr A=b c "))
        for name in ["HOME", "USER", "SHELL"] { #expect(!answer.contains(" \(name)=")) }
    }
}
