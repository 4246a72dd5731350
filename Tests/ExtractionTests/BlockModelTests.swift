import Testing

@testable import Extraction

@Suite struct BlockModelTests {
    /// Two trees: the first asks two features, the second only one.
    private static let model = BlockModel(
        """
        0<0.5 1<-2.5 -0.25 1.5 0.125
            1<1e-35 10 2e1
        """
    )

    @Test(
        arguments: [
            ([0.5, -3], 9.75), ([0.5, -2], 11.5), ([0.6, 0], 10.125), ([0.6, 1e-3], 20.125),
        ] as [([Float], Float)]
    )
    func sumsTheLeavesOfEveryTree(row: [Float], sum: Float) {
        let sums = row.withUnsafeBufferPointer { row in
            row.baseAddress.map { Self.model.sums([$0, $0, $0, $0], skipsSure: false) }
        }
        #expect(sums == SIMD4(repeating: sum))
    }

    /// Of each number in the tables, whatever way it is written.
    @Test func numbersAreTheNearest() {
        for word in Set((BlockModelTables.first + " " + BlockModelTables.second).split { " \n<".contains($0) }) {
            let row: [Float] = [0]
            let sums = row.withUnsafeBufferPointer { row in
                row.baseAddress.map { BlockModel(String(word)).sums([$0, $0, $0, $0], skipsSure: false) }
            }
            #expect(sums?[0] == Float(word), "\(word)")
        }
    }
}
