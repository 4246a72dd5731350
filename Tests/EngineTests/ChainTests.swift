import Testing

@testable import Engine

@Suite struct ChainTests {
    private let scratch = Scratch()

    /// Parallel and ordered steps of each segment.
    private func shape(_ stages: String) throws -> [[Int]] {
        let chain = try Chain(scratch.plan(stages), folder: Folder(scratch.path))
        return chain.segments.map { [$0.parallel.count, $0.ordered.count] }
    }

    private let numbers = #"{"stage":"numbers"}"#
    private let picky = #"{"stage":"picky"}"#
    private let first = #"{"stage":"first"}"#
    private func lines(_ name: String) -> String { #"{"stage":"lines","file":"\#(name)"}"# }

    @Test func stagesThatNeedNoOrderShareASegment() throws {
        #expect(try shape([numbers, picky, picky, lines("a")].joined(separator: ",")) == [[4, 1]])
    }

    @Test func whatStandsBehindAnOrderedStageIsASegmentOfItsOwn() throws {
        #expect(try shape([numbers, picky, first, picky, lines("a")].joined(separator: ",")) == [[3, 1], [2, 1]])
        #expect(
            try shape([numbers, lines("b"), first, first, lines("c")].joined(separator: ",")) == [
                [3, 2], [1, 1], [1, 1],
            ]
        )
    }

    @Test func anOrderedStageAtTheEndLeavesNoEmptySegment() throws {
        #expect(try shape([numbers, lines("a"), first].joined(separator: ",")) == [[3, 2]])
    }

    @Test func bytesOfAllSourcesAddUp() throws {
        let plan = try scratch.plan(
            [#"{"stage":"numbers","articles":5}"#, #"{"stage":"numbers","articles":8}"#, lines("a")].joined(
                separator: ","
            )
        )
        let chain = try Chain(plan, folder: Folder(scratch.path))
        #expect(chain.totalBytes == 13)
        #expect(chain.sources.map(\.index) == [0, 1])
    }
}
