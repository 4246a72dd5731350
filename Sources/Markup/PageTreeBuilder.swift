import CLibXML2

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Turns libxml2's events into a ``PageTree``.
struct PageTreeBuilder {
    private(set) var tree = PageTree()
    let limits: PageLimits
    private(set) var failure: PageParseError?
    /// The parser that sends the events, to stop it.
    var context: htmlParserCtxtPtr?
    /// Open elements, outermost first.
    private var open = GrowingBuffer<Int32>(capacity: 1 << 10)
    private var depth = 0
    private var deadline: Deadline?
    private let tags = NameTable.tags
    private let attributes = NameTable.attributes

    init(limits: PageLimits) {
        self.limits = limits
    }

    func deallocate() {
        tree.deallocate()
        open.deallocate()
    }

    mutating func begin(until deadline: Deadline) {
        self.deadline = deadline
        tree.removeAll()
        open.removeAll()
        depth = 0
        failure = nil
    }

    /// Closes what is still open.
    mutating func finish() {
        while depth > 0 { endElement() }
    }

    /// False when a limit is passed and the parse has to stop.
    mutating func startElement(_ name: UnsafePointer<UInt8>, _ pairs: UnsafeMutablePointer<UnsafePointer<UInt8>?>?)
        -> Bool
    {
        guard failure == nil else { return false }
        if depth >= limits.maxDepth { failure = .tooDeep(limit: limits.maxDepth) }
        if tree.count >= limits.maxNodes { failure = .tooManyNodes(limit: limits.maxNodes) }
        // The clock is read seldom: it costs as much as an element.
        if tree.count & 0xFFFF == 0xFFFF, let deadline, deadline.isOver {
            failure = .tooSlow(seconds: limits.maxSeconds)
        }
        let id = tags.id(name, strlen(UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self)))
        let first = tree.attributeNames.count
        appendAttributes(pairs)
        appendNode(
            id == NameTable.missing ? Self.unlisted(name) : id,
            start: first,
            count: tree.attributeNames.count - first
        )
        let node = Int32(truncatingIfNeeded: tree.count - 1)
        if depth < open.count { open[depth] = node } else { open.append(node) }
        depth += 1
        return failure == nil
    }

    mutating func endElement() {
        guard depth > 0 else { return }
        depth -= 1
        tree.ends[Int(open[depth])] = Int32(truncatingIfNeeded: tree.count)
    }

    mutating func characters(_ text: UnsafePointer<UInt8>, _ length: Int) {
        guard failure == nil, length > 0 else { return }
        let parent = depth > 0 ? open[depth - 1] : -1
        let last = tree.count - 1
        let start = tree.bytes.count
        // The parser hands long texts over in pieces; they stand side by side in the buffer.
        if last >= 0, tree.tags[last] == 0, tree.parents[last] == parent,
            Int(tree.starts[last] + tree.counts[last]) == start
        {
            tree.bytes.append(text, length)
            tree.counts[last] += Int32(truncatingIfNeeded: length)
            return
        }
        tree.bytes.append(text, length)
        appendNode(0, start: start, count: length)
    }

    private static func unlisted(_ name: UnsafePointer<UInt8>) -> UInt8 {
        var i = 0
        while name[i] != 0 {
            if name[i] == UInt8(ascii: "-") { return Tag.custom.rawValue }
            i += 1
        }
        return Tag.other.rawValue
    }

    private mutating func appendAttributes(_ pairs: UnsafeMutablePointer<UnsafePointer<UInt8>?>?) {
        guard var pair = pairs else { return }
        while let name = pair[0] {
            let value = pair[1]
            pair += 2
            let id = attributes.id(name, strlen(UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self)))
            guard id != NameTable.missing else { continue }
            let length = value.map { strlen(UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self)) } ?? 0
            tree.attributeNames.append(id)
            tree.attributeStarts.append(Int32(truncatingIfNeeded: tree.bytes.count))
            tree.attributeCounts.append(Int32(truncatingIfNeeded: length))
            if let value { tree.bytes.append(value, length) }
        }
    }

    private mutating func appendNode(_ tag: UInt8, start: Int, count: Int) {
        tree.tags.append(tag)
        tree.parents.append(depth > 0 ? open[depth - 1] : -1)
        tree.starts.append(Int32(truncatingIfNeeded: start))
        tree.counts.append(Int32(truncatingIfNeeded: count))
        tree.ends.append(Int32(truncatingIfNeeded: tree.tags.count))
    }
}
