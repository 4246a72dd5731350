#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How long, how much and how far ahead a program may be asked.
public struct DialogueLimits: Sendable {
    /// A program that answers nothing for so long has fallen silent.
    public var timeoutSeconds: Int
    public var maxLineBytes: Int
    /// Requests that are sent before the first of them is answered.
    public var ahead: Int

    public init(timeoutSeconds: Int, maxLineBytes: Int, ahead: Int = 64) {
        self.timeoutSeconds = timeoutSeconds
        self.maxLineBytes = maxLineBytes
        self.ahead = ahead
    }
}

/// A program beside this one that answers lines with lines. One caller at a time, from any thread.
///
/// Its three streams are served together, so neither side ever waits for the other to read. It lives in a process group
/// of its own, which is killed as a whole; a guard in that group kills it too when this program dies by any means.
/// Cost: two processes and four descriptors, some milliseconds at the start.
final class RunningProgram: @unchecked Sendable {
    private let process: pid_t
    private let guardian: pid_t
    private var input: Descriptor
    private var output: Descriptor
    private var errors: Descriptor
    /// Open as long as this program lives: the guard waits for its end.
    private var tether: Descriptor
    private var isEnded = false
    private var unread: [UInt8] = []
    private var buffer = [UInt8](repeating: 0, count: 65_536)
    private(set) var said: SaidLines
    /// Whether it answered anything since it was started.
    private(set) var hasAnswered = false

    /// - Throws: ``ProgramFault/notStarted(_:)``.
    init(_ command: ProgramCommand, maxSaidBytes: Int) throws(ProgramFault) {
        _ = Self.outlivesBrokenPipes
        Spawn.lock.lock()
        defer { Spawn.lock.unlock() }
        said = SaidLines(maxBytes: maxSaidBytes)
        var pipes = (input: try Pipe(), output: try Pipe(), errors: try Pipe(), tether: try Pipe())
        defer {
            pipes.input.reading.close()
            pipes.output.writing.close()
            pipes.errors.writing.close()
            pipes.tether.reading.close()
        }
        guardian = try Self.startGuardian(pipes.tether.reading)
        do throws(ProgramFault) {
            process = try Spawn.start(
                command.file,
                command.words,
                directory: command.directory,
                environment: command.environment,
                streams: [pipes.input.reading.number, pipes.output.writing.number, pipes.errors.writing.number],
                group: guardian
            )
        } catch {
            Spawn.killGroup(guardian)
            Spawn.reap(guardian)
            for var end in [pipes.input.writing, pipes.output.reading, pipes.errors.reading, pipes.tether.writing] {
                end.close()
            }
            throw error
        }
        input = pipes.input.writing
        output = pipes.output.reading
        errors = pipes.errors.reading
        tether = pipes.tether.writing
        for end in [input, output, errors] { end.setNonblocking() }
    }

    deinit { kill() }

    /// A shell that leads the group and ends with it all when the tether breaks, be it by SIGKILL.
    private static func startGuardian(_ tether: Descriptor) throws(ProgramFault) -> pid_t {
        var nowhere = Descriptor(number: open("/dev/null", O_RDWR | O_CLOEXEC))
        defer { nowhere.close() }
        return try Spawn.start(
            "/bin/sh",
            ["sh", "-c", "read -r line; kill -9 0"],
            directory: "",
            environment: [],
            streams: [tether.number, nowhere.number, nowhere.number],
            group: 0
        )
    }

    /// A program that closes its input is a fault of its own, not the end of this one.
    private static let outlivesBrokenPipes: Void = { signal(SIGPIPE, SIG_IGN) }()

    // MARK: Dialogue

    /// Sends the requests, each a line with its end, and hands every line that comes back to `take`, which names the
    /// request it answers.
    ///
    /// - Throws: what the program or `take` found wrong; the program is of no use any more then.
    func ask(
        _ requests: [[UInt8]],
        _ limits: DialogueLimits,
        take: (UnsafeBufferPointer<UInt8>) throws(ProgramFault) -> Void
    ) throws(ProgramFault) {
        guard unread.isEmpty else { throw .wrongAnswer("answered more than it was asked") }
        var outgoing = Outgoing(requests: requests, ahead: limits.ahead)
        var answered = 0
        var isInputBroken = false
        var deadline = monotonicMilliseconds() + limits.timeoutSeconds * 1000
        while answered < requests.count {
            outgoing.fill(answered: answered)
            let isSending = !outgoing.isEmpty && !isInputBroken
            let ready = try wait(sending: isSending, until: deadline)
            if ready.errors { readErrors() }
            if ready.output {
                let before = answered
                let isOpen = try readOutput(limits.maxLineBytes) { line throws(ProgramFault) in
                    try take(line)
                    answered += 1
                    return answered < requests.count
                }
                if answered > before {
                    hasAnswered = true
                    deadline = monotonicMilliseconds() + limits.timeoutSeconds * 1000
                }
                if !isOpen, answered < requests.count { throw ending() }
            }
            // A program that reads no more may still answer what it has read.
            if ready.input, !outgoing.write(to: input) { isInputBroken = true }
            if answered < requests.count, monotonicMilliseconds() >= deadline {
                readErrors()
                throw .silent(seconds: limits.timeoutSeconds, lastLine: said.last)
            }
        }
    }

    private func wait(sending: Bool, until deadline: Int) throws(ProgramFault) -> (
        input: Bool, output: Bool, errors: Bool
    ) {
        var waits = [
            pollfd(fd: sending ? input.number : -1, events: Int16(POLLOUT), revents: 0),
            pollfd(fd: output.number, events: Int16(POLLIN), revents: 0),
            pollfd(fd: errors.number, events: Int16(POLLIN), revents: 0),
        ]
        let left = max(0, deadline - monotonicMilliseconds())
        if poll(&waits, 3, Int32(min(left, Int(Int32.max)))) < 0, errno != EINTR {
            throw .ended("cannot be waited for: \(describe(errno))", lastLine: said.last)
        }
        return (waits[0].revents != 0, waits[1].revents != 0, waits[2].revents != 0)
    }

    /// Reads what is there and takes its whole lines, as long as `take` wants more; false at the end of the stream.
    private func readOutput(
        _ maxLineBytes: Int,
        take: (UnsafeBufferPointer<UInt8>) throws(ProgramFault) -> Bool
    ) throws(ProgramFault) -> Bool {
        let count = read(output.number, &buffer, buffer.count)
        if count < 0 { return errno == EAGAIN || errno == EINTR }
        if count == 0 { return false }
        let scanned = unread.count
        unread.append(contentsOf: buffer[..<count])
        let used = try unread.withUnsafeBufferPointer { bytes throws(ProgramFault) in
            try Self.cut(bytes, scanned: scanned, take: take)
        }
        unread.removeFirst(used)
        guard unread.count <= maxLineBytes else {
            throw .wrongAnswer("answered with a line of more than \(maxLineBytes) bytes")
        }
        return true
    }

    /// Takes each whole line that is not blank; returns where the rest begins.
    private static func cut(
        _ bytes: UnsafeBufferPointer<UInt8>,
        scanned: Int,
        take: (UnsafeBufferPointer<UInt8>) throws(ProgramFault) -> Bool
    ) throws(ProgramFault) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        var start = 0
        var from = scanned
        while from < bytes.count, let found = memchr(base + from, 0x0A, bytes.count - from) {
            let end = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base
            let line = UnsafeBufferPointer(rebasing: bytes[start..<end])
            start = end + 1
            from = start
            if line.contains(where: { $0 > 0x20 }), try !take(line) { break }
        }
        return start
    }

    /// Reads what the program says, a bounded piece of it.
    private func readErrors() {
        guard errors.isOpen else { return }
        let count = read(errors.number, &buffer, buffer.count)
        if count > 0 {
            buffer.withUnsafeBufferPointer { said.append(UnsafeBufferPointer(rebasing: $0[..<count])) }
        } else if count == 0 {
            errors.close()
        }
    }

    // MARK: End

    /// How it ended, once its output has: the exit status may come a moment later.
    private func ending() -> ProgramFault {
        let deadline = monotonicMilliseconds() + 1000
        while !isEnded, monotonicMilliseconds() < deadline {
            guard let how = Spawn.ending(of: process) else {
                _ = poll(nil, 0, 2)
                continue
            }
            isEnded = true
            // All that it ever said is in the pipe by now.
            for _ in 0..<32 { readErrors() }
            return .ended(unread.isEmpty ? how : how + " in the middle of a line", lastLine: said.last)
        }
        return .ended("closed its standard output without ending", lastLine: said.last)
    }

    /// Tells the program that nothing more will come.
    func closeInput() { input.close() }

    /// Gives the program until the deadline to end by itself, then kills what is left of its group.
    func end(by deadline: Int) {
        input.close()
        while !isEnded, monotonicMilliseconds() < deadline {
            isEnded = Spawn.ending(of: process) != nil
            if isEnded { break }
            var waits = [pollfd(fd: errors.number, events: Int16(POLLIN), revents: 0)]
            _ = poll(&waits, 1, errors.isOpen ? 20 : 2)
            readErrors()
            _ = read(output.number, &buffer, buffer.count)
        }
        if isEnded { for _ in 0..<32 { readErrors() } }
        kill()
    }

    /// Ends the whole group at once.
    func kill() {
        guard tether.isOpen else { return }
        Spawn.killGroup(guardian)
        if !isEnded { Spawn.reap(process) }
        Spawn.reap(guardian)
        isEnded = true
        input.close()
        output.close()
        errors.close()
        tether.close()
    }
}

/// Requests on their way into a program.
private struct Outgoing {
    private let requests: [[UInt8]]
    private let ahead: Int
    private var bytes: [UInt8] = []
    private var written = 0
    private var sent = 0

    init(requests: [[UInt8]], ahead: Int) {
        self.requests = requests
        self.ahead = ahead
    }

    var isEmpty: Bool { written == bytes.count }

    /// Puts as many requests together as may be sent and as fit into a pipe.
    mutating func fill(answered: Int) {
        guard isEmpty else { return }
        bytes.removeAll(keepingCapacity: true)
        written = 0
        while sent < requests.count, sent - answered < ahead, bytes.count < 65_536 {
            bytes += requests[sent]
            sent += 1
        }
    }

    /// Writes what the pipe takes; false when nobody reads at its other end.
    mutating func write(to pipe: Descriptor) -> Bool {
        let count = bytes.withUnsafeBytes { bytes in
            bytes.baseAddress.map { writeFile(pipe.number, $0 + written, bytes.count - written) } ?? 0
        }
        if count < 0 { return errno == EAGAIN || errno == EINTR }
        written += count
        return true
    }
}

private func writeFile(_ number: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    #if canImport(Glibc)
        Glibc.write(number, bytes, count)
    #else
        Darwin.write(number, bytes, count)
    #endif
}
