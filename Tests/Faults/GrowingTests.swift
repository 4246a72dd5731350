import Foundation
import Testing

#if FAULTS
    /// FAULTS 1, 4: sets that grow over runs, killed or out of space at any call.
    @Suite(.serialized) struct GrowingTests {
        private let yesterday: Pipeline
        private let old: [String: Data]
        private let new: [String: Data]

        init() throws {
            yesterday = try Pipeline()
            try yesterday.write(
                """
                { "name": "small", "output": "output", "keepRuns": 2, "stages": [
                    { "stage": "ingest", "paths": ["data"], "only": "new" },
                    { "stage": "dedupe", "across": "runs" },
                    { "stage": "export", "file": "articles.jsonl", "mode": "append" },
                    { "stage": "export", "file": "by/{language}.csv", "mode": "append" } ] }
                """,
                "small.json"
            )
            let more = #"{"id":"x","language":"fr","text":"un texte"}"# + "\n"
            try yesterday.write(more, "data/d.jsonl")
            _ = try yesterday.etl().run()
            try yesterday.write(#"{"id":"y","language":"ar","text":"نص آخر تماما"}"# + "\n", "data/e.jsonl")
            try yesterday.write(#"{"id":"x","language":"en","text":"a new text"}"# + "\n", "data/f.jsonl")
            old = try #require(Self.set(yesterday))
            let other = try yesterday.copy()
            _ = try other.etl().run()
            new = try #require(Self.set(other))
        }

        /// The whole set as a reader finds it, with the files of a folder.
        private static func set(_ pipeline: Pipeline) -> [String: Data]? {
            guard var set = pipeline.published() else { return nil }
            for name in pipeline.names("output/by") {
                set["by/" + name] = FileManager.default.contents(atPath: pipeline.output + "/by/" + name)
            }
            set["load.py"] = nil
            set["report.html"] = nil
            return set
        }

        @Test func theSetGrew() {
            #expect(old["by/fr.csv"] != nil && new["by/fr.csv"] == nil)
            #expect(new["by/en.csv"] != nil)
            #expect(new["articles.jsonl"]?.count ?? 0 > old["articles.jsonl"]?.count ?? 0)
        }

        @Test func killedAtAnyCall() throws {
            let calls = try yesterday.calls()
            for call in struck(calls) {
                let pipeline = try yesterday.copy()
                _ = try pipeline.etl("run", "--jobs", "1", fault: "kill:\(call + 1)").run()
                let seen = Self.set(pipeline)
                #expect(seen == old || seen == new, "killed at \(calls[call])")
                let again = try pipeline.etl().run()
                #expect(again.code == 0, "after a kill at \(calls[call]): \(again.errors)")
                #expect(Self.set(pipeline) == new, "after a kill at \(calls[call])")
            }
        }

        @Test func aDiskThatFillsUpAtAnyCall() throws {
            let calls = try yesterday.calls()
            for call in struck(calls, 1) {
                let pipeline = try yesterday.copy()
                let ending = try pipeline.etl("run", "--jobs", "1", fault: "full:\(call + 1)").run()
                #expect([0, 74].contains(ending.code), "at \(calls[call]): \(ending.errors)")
                let seen = Self.set(pipeline)
                #expect(seen == old || seen == new, "full at \(calls[call])")
                #expect(try pipeline.etl().run().code == 0)
                #expect(Self.set(pipeline) == new, "after a full disk at \(calls[call])")
            }
        }

        @Test func everythingIsFlushedBeforeTheSwitch() throws {
            let calls = try yesterday.calls().map { line -> (call: String, path: String) in
                let parts = line.split(separator: " ", maxSplits: 2).map(String.init)
                return (parts[1], parts[2])
            }
            let switched = try #require(calls.lastIndex { $0.call == "rename" && $0.path.hasSuffix("/current") })
            var dirty: Set<String> = []
            for (call, path) in calls[..<switched] {
                switch call {
                case "write": dirty.insert(path)
                case "create", "mkdir", "link": dirty.insert((path as NSString).deletingLastPathComponent)
                case "unlink": dirty.remove(path)
                case "fsync": dirty.remove(path)
                default: break
                }
            }
            let output = (calls[switched].path as NSString).deletingLastPathComponent
            #expect(dirty.filter { $0.hasPrefix(output + "/runs") }.isEmpty, "\(dirty)")
        }
    }
#endif
