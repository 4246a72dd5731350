/// Everything that is wrong with the gazetteers, each problem with its file and line.
public struct GazetteerError: Error, Sendable, CustomStringConvertible {
    public struct Problem: Sendable, Equatable, CustomStringConvertible {
        public var file: String
        public var line: Int
        public var message: String

        public init(file: String, line: Int, message: String) {
            self.file = file
            self.line = line
            self.message = message
        }

        public var description: String { "\(file):\(line): \(message)" }
    }

    public var problems: [Problem]
    /// How many more there are than are told.
    public var omitted: Int

    public init(problems: [Problem], omitted: Int = 0) {
        self.problems = problems
        self.omitted = omitted
    }

    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
