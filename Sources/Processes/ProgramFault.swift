/// What a program did that ends the talk with it. It is stopped then; another one may be started.
public enum ProgramFault: Error, Sendable, Equatable {
    /// It could not be started.
    case notStarted(String)
    /// It ended: how, and what it said last on its standard error.
    case ended(String, lastLine: String?)
    /// It gave no answer in time.
    case silent(seconds: Int, lastLine: String?)
    /// It answered with something that is no answer.
    case wrongAnswer(String)

    /// For people: lower case, no full stop.
    public var message: String {
        switch self {
        case .notStarted(let message), .wrongAnswer(let message): message
        case .ended(let message, let line): message + (line.map { ": " + $0 } ?? "")
        case .silent(let seconds, let line):
            "gave no answer within \(seconds) s" + (line.map { "; it said last: " + $0 } ?? "")
        }
    }
}
