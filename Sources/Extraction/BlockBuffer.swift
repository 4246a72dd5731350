import Markup

/// A run of text between two block boundaries of a page, with the counts that tell prose from chrome.
struct Block: BitwiseCopyable {
    /// The nearest element around it that begins a line of its own.
    var element: Int32
    /// The first text node.
    var node: Int32
    var start: Int32
    var length: Int32 = 0
    /// Characters; an ideograph counts as three.
    var size: Int32 = 0
    var linkSize: Int32 = 0
    var strongSize: Int32 = 0
    var words: Int32 = 0
    var links: Int32 = 0
    var commas: Int32 = 0
    var stops: Int32 = 0
    var digits: Int32 = 0
    var uppers: Int32 = 0
    var marks: Int32 = 0
    var ideographs: Int32 = 0
    /// Ends with `.`, `!`, `؟`, `。` …, closing quotes passed over.
    var endsSentence = false
    var endsWithColon = false
    var startsLower = false
    /// Begins or ends at a `<br>`.
    var afterBreak = false
    var beforeBreak = false
    var around = BlockContext()
    var near = BlockContext()
    /// Of the tags and classes of the element and its two parents.
    var path: UInt64 = 0
    var parentPath: UInt64 = 0
}

/// The blocks of one page and their text, in reading order; the memory is used again.
struct BlockBuffer {
    var blocks = GrowingBuffer<Block>(capacity: 1024)
    var text = GrowingBuffer<UInt8>(capacity: 1 << 16)
    private var isOpen = false
    private var needsSpace = false
    private var block = Block(element: 0, node: 0, start: 0)
    private var previousIsSpace = true
    private var breakBefore = false

    func deallocate() {
        blocks.deallocate()
        text.deallocate()
    }

    mutating func removeAll() {
        blocks.removeAll(keeping: 1 << 16)
        text.removeAll(keeping: 4 << 20)
        (isOpen, needsSpace, breakBefore) = (false, false, false)
    }

    func bytes(_ block: Block) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: text.base + Int(block.start), count: Int(block.length))
    }

    /// Ends the block; a line break element marks both its neighbours.
    mutating func close(atBreak: Bool = false) {
        if isOpen {
            block.length = Int32(truncatingIfNeeded: text.count) - block.start
            block.beforeBreak = atBreak
            finishEnding()
            blocks.append(block)
            isOpen = false
            breakBefore = false
        }
        if atBreak { breakBefore = true }
        needsSpace = false
    }

    mutating func countLink() {
        if isOpen { block.links += 1 }
    }

    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, node: Int, element: Int, isLink: Bool, isStrong: Bool) {
        guard let base = bytes.baseAddress else { return }
        let end = bytes.count
        var i = 0
        var size: Int32 = 0
        while i < end {
            let byte = base[i]
            if byte <= 0x20 {
                needsSpace = true
                i += 1
                continue
            }
            let length = Self.sequenceLength(byte)
            guard i + length <= end else { break }
            let kind = length == 1 ? Kind.ascii : Self.kind(base + i, length)
            if kind == .space || kind == .dropped {
                if kind == .space { needsSpace = true }
                i += length
                continue
            }
            if !isOpen { open(node: node, element: element, isLink: isLink) }
            if needsSpace {
                if text.count > Int(block.start) {
                    text.append(0x20)
                    size += 1
                }
                block.words += 1
                needsSpace = false
            }
            size += count(byte, kind)
            text.append(base + i, length)
            i += length
        }
        guard isOpen else { return }
        block.size += size
        if isLink { block.linkSize += size }
        if isStrong { block.strongSize += size }
    }

    private mutating func open(node: Int, element: Int, isLink: Bool) {
        block = Block(
            element: Int32(truncatingIfNeeded: element),
            node: Int32(truncatingIfNeeded: node),
            start: Int32(truncatingIfNeeded: text.count)
        )
        block.afterBreak = breakBefore
        block.links = isLink ? 1 : 0
        isOpen = true
        needsSpace = true
    }

    private mutating func count(_ byte: UInt8, _ kind: Kind) -> Int32 {
        switch kind {
        case .ascii:
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): break
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): block.uppers += 1
            case UInt8(ascii: "0")...UInt8(ascii: "9"): block.digits += 1
            case UInt8(ascii: ","), UInt8(ascii: ";"): block.commas += 1
            case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): block.stops += 1
            default: block.marks += 1
            }
            return 1
        case .comma:
            block.commas += 1
            return 1
        case .stop:
            block.stops += 1
            return 1
        case .digit:
            block.digits += 1
            return 1
        case .ideograph:
            block.ideographs += 1
            return 3
        default: return 1
        }
    }

    private enum Kind: UInt8 {
        case ascii, letter, space, dropped, comma, stop, digit, ideograph, mark
    }

    @inline(__always)
    private static func sequenceLength(_ lead: UInt8) -> Int {
        lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    }

    /// What a character beyond ASCII is, by its UTF-8 bytes.
    @inline(__always)
    private static func kind(_ p: UnsafePointer<UInt8>, _ length: Int) -> Kind {
        switch length {
        case 2:
            switch p[0] {
            // No-break space; soft hyphen.
            case 0xC2: return p[1] == 0xA0 || p[1] == 0x85 ? .space : p[1] == 0xAD || p[1] < 0xA0 ? .dropped : .mark
            // ، ؛ ؟ and Arabic-Indic digits.
            case 0xD8: return p[1] == 0x8C || p[1] == 0x9B ? .comma : p[1] == 0x9F ? .stop : .letter
            case 0xD9: return (0xA0...0xA9).contains(p[1]) ? .digit : .letter
            // ۔ of Urdu; extended Arabic-Indic digits.
            case 0xDB: return p[1] == 0x94 ? .stop : (0xB0...0xB9).contains(p[1]) ? .digit : .letter
            default: return .letter
            }
        case 3: return wideKind(p)
        default: return .letter
        }
    }

    private static func wideKind(_ p: UnsafePointer<UInt8>) -> Kind {
        switch p[0] {
        case 0xE2:
            guard p[1] == 0x80 else { return p[1] == 0x81 && p[2] == 0x9F ? .space : .mark }
            switch p[2] {
            // En quad … hair space, line and paragraph separator, narrow no-break space.
            case 0x80...0x8A, 0xA8, 0xA9, 0xAF: return .space
            // Zero-width space; overrides, which show letters in another order than they stand.
            case 0x8B, 0xAD, 0xAE: return .dropped
            case 0xA6: return .stop
            default: return .mark
            }
        case 0xE3:
            if p[1] == 0x80 {
                switch p[2] {
                case 0x80: return .space
                case 0x81: return .comma
                case 0x82: return .stop
                default: return p[2] < 0xA0 ? .mark : .ideograph
                }
            }
            return .ideograph
        case 0xE4...0xE9: return .ideograph
        // The Devanagari danda.
        case 0xE0: return p[1] == 0xA5 && (p[2] == 0xA4 || p[2] == 0xA5) ? .stop : .letter
        case 0xEF:
            if p[1] == 0xBB, p[2] == 0xBF { return .dropped }
            if p[1] == 0xBC {
                switch p[2] {
                case 0x8C, 0x9B: return .comma
                case 0x81, 0x9F, 0x8E: return .stop
                default: return .mark
                }
            }
            // Noncharacters U+FFFE and U+FFFF.
            if p[1] == 0xBF, p[2] >= 0xBE { return .dropped }
            return .letter
        default: return .letter
        }
    }

    private mutating func finishEnding() {
        let bytes = self.bytes(block)
        guard let first = bytes.first else { return }
        block.startsLower = first &- 0x61 < 26
        var end = bytes.count
        while end > 0, Self.isCloser(bytes, &end) {}
        guard end > 0 else { return }
        let last = bytes[end - 1]
        block.endsWithColon = last == UInt8(ascii: ":")
        if last < 0x80 {
            block.endsSentence = last == UInt8(ascii: ".") || last == UInt8(ascii: "!") || last == UInt8(ascii: "?")
            return
        }
        var start = end - 1
        while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        guard let base = bytes.baseAddress else { return }
        let length = end - start
        block.endsSentence = length <= 3 && length > 1 && Self.kind(base + start, length) == .stop
        // Full-width colon.
        if length == 3, bytes[start] == 0xEF, bytes[start + 1] == 0xBC, bytes[start + 2] == 0x9A {
            block.endsWithColon = true
        }
    }

    /// Moves `end` before a closing quote or bracket.
    private static func isCloser(_ bytes: UnsafeBufferPointer<UInt8>, _ end: inout Int) -> Bool {
        switch bytes[end - 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ")"), UInt8(ascii: "]"):
            end -= 1
            return true
        case 0xBB where end >= 2 && bytes[end - 2] == 0xC2, 0xAB where end >= 2 && bytes[end - 2] == 0xC2:
            end -= 2
            return true
        case 0x99 where end >= 3 && bytes[end - 2] == 0x80 && bytes[end - 3] == 0xE2,
            0x9C where end >= 3 && bytes[end - 2] == 0x80 && bytes[end - 3] == 0xE2,
            0x9D where end >= 3 && bytes[end - 2] == 0x80 && bytes[end - 3] == 0xE2,
            0x8D where end >= 3 && bytes[end - 2] == 0x80 && bytes[end - 3] == 0xE3:
            end -= 3
            return true
        default: return false
        }
    }
}
