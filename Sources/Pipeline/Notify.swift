import JSON

extension Definition {
    /// URLs that are called when a run starts and ends: dead man's switches, as healthchecks.io and its kin offer them.
    public struct Notify: Sendable {
        public var start: String?
        public var success: String?
        public var failure: String?

        static let start = StageOption<String?>("start", nil, "Called when a run begins.")
        static let success = StageOption<String?>(
            "success",
            nil,
            "Called when a run has ended well, also one that found nothing new."
        )
        static let failure = StageOption<String?>(
            "failure",
            nil,
            "Called when a run has failed, with the message as the body of a POST."
        )

        public static let options: [AnyStageOption] = [start.erased, success.erased, failure.erased]

        static func read(_ object: JSONValue?, directory: String, _ problems: inout [Problem]) -> Notify {
            let values = OptionReader(options, place: "notify").read(object, directory: directory, &problems)
            for name in ["start", "success", "failure"] {
                guard let url = object?[name]?.string, let range = values.range(of: name), !isURL(url) else { continue }
                problems.append(
                    Problem("\"\(name)\" in notify is no URL", at: range, hint: "it starts with https:// or http://")
                )
            }
            return Notify(start: values[start], success: values[success], failure: values[failure])
        }

        private static func isURL(_ text: String) -> Bool {
            (text.hasPrefix("https://") || text.hasPrefix("http://"))
                && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
        }
    }
}
