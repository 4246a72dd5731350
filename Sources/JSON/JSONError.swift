/// What is wrong with a JSON text, and at which byte of it.
public struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Kind: Sendable {
        /// The text is no JSON.
        case syntax
        /// A string is no UTF-8.
        case encoding
    }

    public let kind: Kind
    public let message: String
    /// Bytes from the start of the text that was read.
    public let offset: Int

    public init(_ message: String, at offset: Int, kind: Kind = .syntax) {
        self.kind = kind
        self.message = message
        self.offset = offset
    }

    public var description: String { "\(message) at byte \(offset)" }
}
