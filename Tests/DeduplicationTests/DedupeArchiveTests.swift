import TestSupport
import Testing

@testable import Deduplication

struct DedupeArchiveTests {
    private func samples(_ count: Int, seed: UInt64) -> [Shelf.Sample] {
        var generator = ArticleGenerator(seed: seed)
        return generator.stream(count).enumerated().map { k, words in
            let url = generator.number(below: 4) == 0 ? "https://example.ly/\(generator.number(below: count / 2))" : nil
            let title = generator.number(below: 3) == 0 ? words.prefix(6).joined(separator: " ") : nil
            return Shelf.Sample(id: "\(k)", text: words.joined(separator: " "), title: title, url: url)
        }
    }

    @Test(arguments: [(1, 1), (2, 7), (3, 20), (4, 60)])
    func oneRunOrManyDecideTheSame(seed: UInt64, articlesPerRun: Int) throws {
        let samples = samples(600, seed: seed)
        let whole = try Shelf().run(samples)
        #expect(whole.filter(\.isKept).count < 500)
        #expect(Set(whole.compactMap(\.kind)) == [.exact, .near, .truncated, .expanded, .samePage])
        let shelf = Shelf()
        var inRuns: [Shelf.Outcome] = []
        for (run, start) in stride(from: 0, to: samples.count, by: articlesPerRun).enumerated() {
            inRuns += try shelf.run(Array(samples[start..<min(start + articlesPerRun, samples.count)]), day: run / 30)
        }
        #expect(inRuns == whole)
        // Neighbours become one file: few have to be asked, however many runs there were.
        #expect(shelf.files.count <= 3 * 12)
        #expect(shelf.files.contains { $0.name.hasPrefix("earlier-") })
    }

    @Test func whatIsReadAgainIsDecidedAgainTheSame() throws {
        let samples =
            samples(300, seed: 9) + [
                Shelf.Sample(id: "empty", text: "", title: "عنوان", url: "https://example.ly/empty"),
                Shelf.Sample(id: "empty", text: "", title: "عنوان آخر"),
            ]
        let shelf = Shelf()
        let first = try shelf.run(samples)
        let files = shelf.files.map(\.bytes)
        #expect(try shelf.run(samples, day: 1) == first)
        #expect(shelf.files.map(\.bytes) == files, "there was nothing to add")
        // With new articles between the old ones, too; and read twice in one run as it was in one run.
        var more = samples
        more.insert(Shelf.Sample(id: "new", text: samples[7].text + " وكلمة"), at: 3)
        let second = try shelf.run(more, day: 2)
        #expect(second.filter { $0.id != "new" } == first)
        #expect(try shelf.run(more, day: 3) == second)
        let twice = try Shelf().run([samples[0], samples[0]])
        let again = Shelf()
        _ = try again.run([samples[0]])
        #expect(try again.run([samples[0], samples[0]], day: 1) == twice)
    }

    @Test func aNewTextUnderAKnownIDIsARevision() throws {
        var generator = ArticleGenerator(seed: 21)
        let words = generator.words(120)
        func sample(_ id: String, _ words: [String]) -> Shelf.Sample {
            Shelf.Sample(id: id, text: words.joined(separator: " "))
        }
        let (old, new) = (sample("a", words), sample("a", generator.edited(words, percent: 8)))
        let shelf = Shelf()
        _ = try shelf.run([old])
        #expect(try shelf.run([new], day: 1) == [Shelf.Outcome(id: "a")])
        #expect(try shelf.run([new], day: 2) == [Shelf.Outcome(id: "a")])
        // What is similar to the new text repeats the same story.
        let other = try shelf.run([sample("b", generator.edited(words, percent: 8))], day: 3)
        #expect(other.map(\.of) == ["a"])
        // Beside the older text it stays its update.
        #expect(try shelf.run([old, new], day: 4).map(\.isKept) == [true, false])
        // Within a run the first text stays.
        #expect(try Shelf().run([old, new]).map(\.isKept) == [true, false])
    }

    @Test func theWindowEnds() throws {
        var generator = ArticleGenerator(seed: 22)
        let words = generator.words(150)
        func edited(_ id: String) -> Shelf.Sample {
            Shelf.Sample(id: id, text: generator.edited(words, percent: 5).joined(separator: " "))
        }
        let shelf = Shelf()
        let original = Shelf.Sample(id: "a", text: words.joined(separator: " "))
        _ = try shelf.run([original])
        #expect(try shelf.run([edited("b")], day: 30)[0].of == "a")
        // Now neither the original nor, some days later, its copy is compared with.
        #expect(try shelf.run([edited("c")], day: 61)[0].isKept)
        // The same words are found for ever.
        let copy = Shelf.Sample(id: "d", text: original.text)
        #expect(
            try shelf.run([copy], day: 4000)[0]
                == .init(id: "d", isKept: false, of: "a", kind: .exact, similarity: 1000)
        )
        #expect(shelf.files.filter { $0.name.hasSuffix("window") }.isEmpty)
    }

    @Test(arguments: [
        (DedupeOptions(threshold: 55), #""threshold": 40, now 55"#),
        (DedupeOptions(near: false), #""near": true, now false"#),
        (DedupeOptions(minWords: 3, maxCandidates: 9), "15 words at least, now 3; 48 candidates, now 9"),
    ])
    func anotherRuleIsRefused(options: DedupeOptions, difference: String) throws {
        let shelf = Shelf()
        _ = try shelf.run(samples(5, seed: 1))
        shelf.options = options
        let error = #expect(throws: MemoryFileError.self) { try shelf.run(samples(5, seed: 2), day: 1) }
        #expect(error?.message == "was decided by another rule (\(difference))")
        #expect(error?.hint == "go back to that rule, or begin the memory anew: etl state DEFINITION --rebuild")
    }

    @Test(arguments: [0, 1, 2])
    func aDamagedEndIsNoticed(file: Int) throws {
        let shelf = Shelf()
        _ = try shelf.run(samples(50, seed: 1))
        for change in [{ $0.removeLast(8) }, { $0[$0.count - 20] ^= 1 }, { $0 = Array("foreign".utf8) }, { $0 = [] }]
            as [(inout [UInt8]) -> Void]
        {
            let whole = shelf.files[file]
            change(&shelf.files[file].bytes)
            let error = #expect(throws: MemoryFileError.self) { try shelf.open(day: 1) }
            #expect(error?.message == "is damaged in \(whole.name)")
            shelf.files[file] = whole
        }
    }
}
