import Pipeline

/// Why a run ended without publishing, with the exit code that says so.
public struct RunError: Error, Sendable, CustomStringConvertible {
    /// The exit codes of sysexits(3) that `etl` uses.
    public enum ExitCode: Int32, Sendable {
        /// A guard or the data refused the run.
        case refused = 65
        case noInput = 66
        case unavailable = 69
        /// A bug here.
        case bug = 70
        case cannotCreate = 73
        case ioError = 74
        /// Another run holds the lock.
        case locked = 75
        case permission = 77
    }

    public let code: ExitCode
    public let message: String
    public let hint: String?

    public init(_ code: ExitCode, _ message: String, hint: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    /// A source that has nothing to give, as the end of a run.
    public init(_ error: SourceError) {
        self.init(error.kind == .forbidden ? .permission : .noInput, error.message, hint: error.hint)
    }

    public var description: String { message + (hint.map { "; " + $0 } ?? "") }
}

/// A signal asked the run to stop; nothing was published.
public struct RunInterrupted: Error, Sendable {
    public let signal: Int32

    public init(signal: Int32) {
        self.signal = signal
    }
}
