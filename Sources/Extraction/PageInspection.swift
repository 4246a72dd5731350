import Markup

/// A page as the scorer sees it, for those who train or examine the scorer.
@_spi(Training)
public struct PageInspection {
    public static let columns = BlockFeatures.stride
    public var texts: [String] = []
    public var features: [Float] = []
    /// What the scorer says of each block.
    public var chances: [Float] = []
    public var paths: [UInt64] = []
    public var elements: [Int32] = []
    public var parents: [Int32] = []

    /// - Parameter firstChances: taken in place of the first round's, where they come from a model that has not seen
    ///   the page.
    public init(_ html: UnsafeBufferPointer<UInt8>, url: String?, firstChances: [Float]? = nil) throws(PageParseError) {
        let workspace = PageWorkspace.borrow(PageLimits())
        defer { workspace.giveBack() }
        try workspace.describe(html, url: url)
        if let firstChances {
            workspace.scorer.run(workspace.parser.nodes, workspace.buffer, workspace.features, first: firstChances)
        }
        for index in 0..<workspace.buffer.blocks.count {
            let block = workspace.buffer.blocks[index]
            texts.append(String(decoding: workspace.buffer.bytes(block), as: UTF8.self))
            paths.append(block.path)
            elements.append(block.element)
            parents.append(Int32(truncatingIfNeeded: workspace.parser.nodes.parent(Int(block.element))))
        }
        let count = workspace.features.rows * BlockFeatures.stride
        chances = (0..<workspace.features.rows).map { workspace.scorer.chances[$0] }
        features = Array(UnsafeBufferPointer(start: workspace.features.values.base, count: count))
    }
}
