import Markup

/// The parts of the element that holds the article: its children, each with the blocks in it.
///
/// Paragraphs are parts of one block; a box, a gallery or a second article is one of many, and is kept or left out as a
/// whole. A block outside that element stands in the child of the nearest element around both.
struct BodyParts {
    struct Part: BitwiseCopyable {
        var element: Int32
        var first: Int32
        var count: Int32 = 0
        var size: Int32 = 0
        var linkSize: Int32 = 0
        var sentences: Int32 = 0
        var headings: Int32 = 0
        var phrases: Int32 = 0
        var controls: Int32 = 0
        var kinds: UInt16 = 0
        /// The topic's words found in it.
        var topic: UInt64 = 0
        var name: UInt64 = 0
    }

    private var parts = GrowingBuffer<Part>(capacity: 1024)
    private var ofBlock = GrowingBuffer<Int32>(capacity: 1024)
    private var names = PathCounts()

    func deallocate() {
        parts.deallocate()
        ofBlock.deallocate()
        names.deallocate()
    }

    func part(of block: Int) -> Part { parts[Int(ofBlock[block])] }

    /// The parts with the same tag and class.
    func alike(_ part: Part) -> PathCounts.Entry { names.find(part.name) }

    mutating func find(_ nodes: PageNodes, _ buffer: BlockBuffer, names elementNames: GrowingBuffer<UInt64>, best: Int)
    {
        parts.removeAll()
        ofBlock.removeAll()
        var end = 0
        for index in 0..<buffer.blocks.count {
            let block = buffer.blocks[index]
            if Int(block.element) >= end {
                let child = Self.child(around: Int(block.element), best, nodes)
                // Text of the element itself, set off by line breaks: each line is a part.
                let isDirect = child <= best && best < nodes.end(of: child)
                end = isDirect ? 0 : nodes.end(of: child)
                var part = Part(
                    element: Int32(truncatingIfNeeded: child),
                    first: Int32(truncatingIfNeeded: index)
                )
                part.name = elementNames[child] &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(isDirect ? 1 : 0)
                parts.append(part)
            }
            ofBlock.append(Int32(truncatingIfNeeded: parts.count - 1))
            let last = parts.base + (parts.count - 1)
            last.pointee.count += 1
            last.pointee.size += block.size
            last.pointee.linkSize += block.linkSize
            if block.endsSentence { last.pointee.sentences += 1 }
            if block.around.contains(.heading) { last.pointee.headings += 1 }
            if block.around.contains(.button) { last.pointee.controls += 1 }
        }
        names.removeAll(for: parts.count)
        for index in 0..<parts.count {
            let part = parts[index]
            var whole = Block(element: 0, node: 0, start: 0)
            (whole.size, whole.linkSize) = (part.size, part.linkSize)
            names.add(part.name, whole)
        }
    }

    func add(_ words: LineWords, isPhrase: Bool, to block: Int) {
        let part = parts.base + Int(ofBlock[block])
        part.pointee.kinds |= words.kinds
        part.pointee.topic |= words.topic
        if isPhrase { part.pointee.phrases += 1 }
    }

    /// The outermost element around another that does not hold the best one.
    private static func child(around element: Int, _ best: Int, _ nodes: PageNodes) -> Int {
        var child = element
        while true {
            let parent = nodes.parent(child)
            guard parent >= 0, !(parent <= best && best < nodes.end(of: parent)) else { return child }
            child = parent
        }
    }
}
