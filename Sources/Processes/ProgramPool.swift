import Locking

/// A line for a program, and the id by which its answer is known.
public struct ProgramRequest: Sendable {
    public let id: String
    /// With its line end.
    public let line: [UInt8]

    public init(id: String, line: [UInt8]) {
        self.id = id
        self.line = line
    }
}

/// Why no more programs are asked.
public struct ProgramsFailed: Error, Sendable {
    public let message: String
}

/// Long-lived programs of one command, one for each caller that asks at the same time.
///
/// What is answered depends on the request alone, as long as the program does: a request is blamed for a fault only when
/// a program that was freshly started fails on it and on nothing else. When a program fails with several requests open,
/// each of those is asked again by itself.
///
/// Cost: the programs' own; of this one a copy of each line and a system call for some dozen of them.
public final class ProgramPool<Answer: Sendable>: @unchecked Sendable {
    public typealias Parse =
        @Sendable (UnsafeBufferPointer<UInt8>) throws(ProgramFault) -> (id: String, answer: Answer)

    private let command: ProgramCommand
    private let limits: DialogueLimits
    private let maxPrograms: Int
    private let maxFaults: Int
    private let parse: Parse

    // Under the lock.
    private let lock = Monitor()
    private var idle: [RunningProgram] = []
    private var count = 0
    private var faults = 0
    private var said: [UInt8] = []
    private var saidBytes = 0

    /// - Parameters:
    ///   - maxPrograms: callers beyond this wait for one another.
    ///   - maxFaults: requests that may be blamed for a fault before ``ProgramsFailed`` is thrown.
    ///   - parse: tells whose answer a line is; called from any thread.
    public init(
        _ command: ProgramCommand,
        limits: DialogueLimits,
        maxPrograms: Int,
        maxFaults: Int,
        parse: @escaping Parse
    ) {
        self.command = command
        self.limits = limits
        self.maxPrograms = max(1, maxPrograms)
        self.maxFaults = maxFaults
        self.parse = parse
    }

    deinit { _ = end() }

    // MARK: Asking

    /// The answer to each request, or the fault that it is to blame for.
    public func answers(to requests: [ProgramRequest]) throws(ProgramsFailed) -> [Result<Answer, ProgramFault>] {
        var answers = [Result<Answer, ProgramFault>?](repeating: nil, count: requests.count)
        var left = Array(requests.indices)
        while !left.isEmpty {
            // Of requests with one id one is open at a time: nothing else tells their answers apart.
            var places: [String: Int] = [:]
            var later: [Int] = []
            for index in left {
                if places[requests[index].id] == nil { places[requests[index].id] = index } else { later.append(index) }
            }
            try ask(places, requests, &answers)
            left = later
        }
        return answers.map { $0 ?? .failure(.wrongAnswer("was not asked")) }
    }

    private func ask(
        _ places: [String: Int],
        _ requests: [ProgramRequest],
        _ answers: inout [Result<Answer, ProgramFault>?]
    ) throws(ProgramsFailed) {
        let indices = places.values.sorted()
        let program = try borrow()
        do throws(ProgramFault) {
            try program.ask(indices.map { requests[$0].line }, limits) { line throws(ProgramFault) in
                let (id, answer) = try parse(line)
                guard let place = places[id] else {
                    throw .wrongAnswer("answered for \"\(id.prefix(100))\", which it was not asked for")
                }
                guard answers[place] == nil else { throw .wrongAnswer("answered twice for \"\(id.prefix(100))\"") }
                answers[place] = .success(answer)
            }
            giveBack(program)
        } catch {
            discard(program)
            for place in indices where answers[place] == nil { answers[place] = try askAlone(requests[place]) }
        }
    }

    /// Asks for one thing; a program that was asked before may fail for an older reason, so another is started then.
    private func askAlone(_ request: ProgramRequest) throws(ProgramsFailed) -> Result<Answer, ProgramFault> {
        var program = try borrow()
        while true {
            do throws(ProgramFault) {
                var result: Answer?
                try program.ask([request.line], limits) { line throws(ProgramFault) in
                    let (id, answer) = try parse(line)
                    guard id == request.id else {
                        throw .wrongAnswer("answered for \"\(id.prefix(100))\", which it was not asked for")
                    }
                    result = answer
                }
                giveBack(program)
                return result.map { .success($0) } ?? .failure(.wrongAnswer("did not answer"))
            } catch {
                let isToBlame = !program.hasAnswered
                discard(program)
                if isToBlame {
                    try blame(error)
                    return .failure(error)
                }
                program = try borrow(fresh: true)
            }
        }
    }

    private func blame(_ fault: ProgramFault) throws(ProgramsFailed) {
        lock.lock()
        faults += 1
        let isTooMuch = faults > maxFaults
        lock.unlock()
        if isTooMuch { throw ProgramsFailed(message: fault.message) }
    }

    // MARK: Programs

    /// A program that nobody asks at the moment; waits where there may be no more.
    private func borrow(fresh: Bool = false) throws(ProgramsFailed) -> RunningProgram {
        lock.lock()
        while idle.isEmpty, count >= maxPrograms { lock.wait() }
        let program = idle.popLast()
        if program == nil { count += 1 }
        lock.unlock()
        if let program, !fresh { return program }
        if let program { end(program) }
        do throws(ProgramFault) {
            return try RunningProgram(command, maxSaidBytes: maxSaidBytes)
        } catch {
            lock.lock()
            count -= 1
            lock.announce()
            lock.unlock()
            throw ProgramsFailed(message: error.message)
        }
    }

    private func giveBack(_ program: RunningProgram) {
        lock.lock()
        idle.append(program)
        lock.announce()
        lock.unlock()
    }

    /// Ends a program that is of no use any more.
    private func discard(_ program: RunningProgram) {
        program.kill()
        lock.lock()
        count -= 1
        note(program.said)
        lock.announce()
        lock.unlock()
    }

    private func end(_ program: RunningProgram) {
        program.end(by: monotonicMilliseconds() + graceMilliseconds)
        lock.lock()
        note(program.said)
        lock.unlock()
    }

    /// Lets every idle program end, two seconds at most, and returns what all of them ever said on their standard
    /// errors, up to a limit.
    public func end() -> [UInt8] {
        lock.lock()
        let programs = idle
        idle = []
        count -= programs.count
        lock.unlock()
        for program in programs { program.closeInput() }
        let deadline = monotonicMilliseconds() + graceMilliseconds
        for program in programs { program.end(by: deadline) }
        lock.lock()
        defer { lock.unlock() }
        for program in programs { note(program.said) }
        let left = saidBytes - said.count
        return left == 0 ? said : said + Array("\n… and \(left) bytes more\n".utf8)
    }

    private func note(_ lines: SaidLines) {
        said += lines.beginning.prefix(maxSaidBytes - said.count)
        saidBytes += lines.total
    }
}

private let graceMilliseconds = 2000
private let maxSaidBytes = 262_144
