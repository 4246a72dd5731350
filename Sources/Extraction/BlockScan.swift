import Markup

/// Cuts a page into blocks and notes what stands around each, in one walk.
struct BlockScan {
    /// What each element says of itself, and what is said of it by all elements around it.
    private(set) var own = GrowingBuffer<UInt64>(capacity: 1 << 14)
    private(set) var around = GrowingBuffer<UInt64>(capacity: 1 << 14)
    private(set) var names = GrowingBuffer<UInt64>(capacity: 1 << 14)
    private var open = GrowingBuffer<Int32>(capacity: 1 << 10)
    private var depth = 0
    private var meanings = ClassMeanings()

    func deallocate() {
        own.deallocate()
        around.deallocate()
        names.deallocate()
        open.deallocate()
        meanings.deallocate()
    }

    mutating func run(_ nodes: PageNodes, into buffer: inout BlockBuffer) {
        own.removeAll()
        around.removeAll()
        names.removeAll()
        open.removeAll()
        buffer.removeAll()
        depth = 0
        own.reserve(nodes.count)
        var node = 0
        while node < nodes.count {
            leave(nodes, before: node, &buffer)
            if nodes.isText(node) {
                pass(1)
                appendText(nodes, node, &buffer)
                node += 1
            } else {
                node = enter(nodes, node, &buffer)
            }
        }
        leave(nodes, before: Int.max, &buffer)
        buffer.close()
        describe(nodes, &buffer)
    }

    /// Closes the elements that end before `node`.
    private mutating func leave(_ nodes: PageNodes, before node: Int, _ buffer: inout BlockBuffer) {
        while depth > 0, nodes.end(of: Int(open[depth - 1])) <= node {
            depth -= 1
            if Self.beginsLine(nodes.tag(Int(open[depth]))) { buffer.close() }
        }
    }

    private mutating func enter(_ nodes: PageNodes, _ node: Int, _ buffer: inout BlockBuffer) -> Int {
        let tag = nodes.tag(node)
        if Self.isSkipped(tag) {
            pass(nodes.end(of: node) - node)
            return nodes.end(of: node)
        }
        var context = BlockContext.element(tag)
        var name = UInt64(tag.rawValue) &* 0x9E37_79B9_7F4A_7C15
        nodes.forEachAttribute(of: node) { attribute, value in
            switch attribute {
            case .class, .id, .component, .testID, .itemprop, .role:
                let (meaning, hash) = meanings.look(up: value)
                context.formUnion(meaning)
                if attribute == .class { name ^= hash }
            case .hidden: context.insert(.hidden)
            default: break
            }
        }
        let parent = nodes.parent(node)
        // What a whole page's wrapper is called says nothing of a text: `<body class="has-sidebar">`.
        let isWrapper = tag == .body || tag == .html
        let inherited = parent >= 0 ? around[parent] : 0
        own.append(context.rawValue)
        around.append(isWrapper ? 0 : inherited | context.rawValue)
        names.append(name)
        if tag == .br {
            buffer.close(atBreak: true)
            return node + 1
        }
        if Self.beginsLine(tag) { buffer.close() }
        if tag == .a { buffer.countLink() }
        if depth < open.count {
            open[depth] = Int32(truncatingIfNeeded: node)
        } else {
            open.append(Int32(truncatingIfNeeded: node))
        }
        depth += 1
        return node + 1
    }

    private mutating func pass(_ count: Int) {
        for _ in 0..<count {
            own.append(0)
            around.append(0)
            names.append(0)
        }
    }

    private func appendText(_ nodes: PageNodes, _ node: Int, _ buffer: inout BlockBuffer) {
        let parent = nodes.parent(node)
        guard parent >= 0 else { return }
        var element = parent
        while element > 0, !Self.beginsLine(nodes.tag(element)) { element = nodes.parent(element) }
        let context = BlockContext(rawValue: around[parent])
        buffer.append(
            nodes.text(node),
            node: node,
            element: max(element, 0),
            isLink: context.contains(.anchor),
            isStrong: !context.isDisjoint(with: [.strong, .heading])
        )
    }

    private func describe(_ nodes: PageNodes, _ buffer: inout BlockBuffer) {
        for index in 0..<buffer.blocks.count {
            let element = Int(buffer.blocks[index].element)
            var near = around[nodes.parent(Int(buffer.blocks[index].node))] & ~around[element] | own[element]
            var path = names[element]
            var parent = nodes.parent(element)
            for step in 0..<2 where parent >= 0 {
                near |= own[parent]
                path = (path ^ (path >> 29)) &* 0xBF58_476D_1CE4_E5B9 ^ names[parent]
                if step == 0 { buffer.blocks[index].parentPath = names[parent] }
                parent = nodes.parent(parent)
            }
            buffer.blocks[index].around = BlockContext(rawValue: around[nodes.parent(Int(buffer.blocks[index].node))])
            buffer.blocks[index].near = BlockContext(rawValue: near)
            buffer.blocks[index].path = path
        }
    }

    static func isSkipped(_ tag: Tag) -> Bool {
        switch tag {
        case .head, .script, .style, .noscript, .template, .iframe, .svg, .math, .video, .audio, .object, .canvas,
            .textarea,
            .select, .title, .meta, .link, .map:
            true
        default: false
        }
    }

    static func beginsLine(_ tag: Tag) -> Bool {
        switch tag {
        case .text, .other, .span, .a, .strong, .b, .em, .i, .font, .u, .abbr, .mark, .sup, .sub, .small, .cite, .q, .s,
            .time, .img, .input, .label, .picture, .br, .wbr:
            false
        default: true
        }
    }
}

/// Remembers the meaning of class values: a page writes the same few hundred again and again.
struct ClassMeanings {
    private struct Entry: BitwiseCopyable {
        var hash: UInt64
        var meaning: UInt64
    }

    private let entries: UnsafeMutablePointer<Entry>
    private static let capacity = 2048
    private let tokens = ContextToken.table

    init() {
        entries = .allocate(capacity: Self.capacity)
        entries.initialize(repeating: Entry(hash: 0, meaning: 0), count: Self.capacity)
    }

    func deallocate() { entries.deallocate() }

    /// The meaning and a hash of an attribute's value.
    func look(up value: UnsafeBufferPointer<UInt8>) -> (BlockContext, UInt64) {
        guard value.count > 0 else { return ([], 0) }
        let hash = Self.hash(value)
        let slot = Int(truncatingIfNeeded: hash >> 20) & (Self.capacity - 1)
        if entries[slot].hash == hash { return (BlockContext(rawValue: entries[slot].meaning), hash) }
        let meaning = tokens.meaning(of: value)
        entries[slot] = Entry(hash: hash, meaning: meaning.rawValue)
        return (meaning, hash)
    }

    static func hash(_ value: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let raw = UnsafeRawBufferPointer(value)
        var hash = UInt64(value.count) &* 0x9E37_79B9_7F4A_7C15
        var i = 0
        while i + 8 <= raw.count {
            hash = (hash ^ raw.loadUnaligned(fromByteOffset: i, as: UInt64.self)) &* 0xBF58_476D_1CE4_E5B9
            hash ^= hash >> 29
            i += 8
        }
        while i < raw.count {
            hash = (hash ^ UInt64(raw[i])) &* 0x100_0000_01B3
            i += 1
        }
        return (hash ^ (hash >> 31)) | 1
    }
}
