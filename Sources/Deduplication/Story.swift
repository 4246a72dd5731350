/// A kept article as its repeats and the list of stories name it, with all that repeated it.
public struct Story: Sendable, Equatable {
    public var id: String
    public var title: String?
    public var outlet: String?
    /// Seconds since 1970, as are the others.
    public var published: Int64?
    /// How many articles repeat it.
    public var repeats = 0
    /// Of the article and its repeats, in the order in which they came.
    public var outlets: [String] = []
    public var firstPublished: Int64?
    public var lastPublished: Int64?
    /// What it is contained in, and what it contains.
    public var containments: [Containment] = []

    public init(id: String, title: String?, outlet: String?, published: Int64?) {
        self.id = id
        self.title = title
        self.outlet = outlet
        self.published = published
    }

    /// Counts an article that repeats it.
    public mutating func addRepeat(outlet: String?, published: Int64?) {
        if repeats == 0 { note(self.outlet, self.published) }
        repeats += 1
        note(outlet, published)
    }

    private mutating func note(_ outlet: String?, _ published: Int64?) {
        if let outlet, !outlets.contains(outlet) { outlets.append(outlet) }
        guard let published else { return }
        firstPublished = firstPublished.map { min($0, published) } ?? published
        lastPublished = lastPublished.map { max($0, published) } ?? published
    }
}

// MARK: In a file

extension Story {
    private static let none = UInt32.max

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        func add<Word: FixedWidthInteger>(_ word: Word) { withUnsafeBytes(of: word.littleEndian) { bytes += $0 } }
        func add(_ text: String?) {
            guard let text else { return add(Self.none) }
            add(UInt32(text.utf8.count))
            bytes += text.utf8
        }
        for time in [published, firstPublished, lastPublished] { add(time ?? .min) }
        add(UInt32(repeats))
        for text in [id, title, outlet] { add(text) }
        add(UInt32(outlets.count))
        for outlet in outlets { add(outlet) }
        add(UInt32(containments.count))
        for containment in containments {
            add(UInt32(containment.other))
            add(UInt32(containment.share << 1 | (containment.isInner ? 1 : 0)))
        }
        return bytes
    }

    init(bytes: [UInt8]) throws {
        var rest = bytes[...]
        func word<Word: FixedWidthInteger>(_: Word.Type) throws -> Word {
            let size = MemoryLayout<Word>.size
            guard rest.count >= size else { throw MemoryFileError.damaged }
            defer { rest = rest.dropFirst(size) }
            return rest.prefix(size).withUnsafeBytes { Word(littleEndian: $0.loadUnaligned(as: Word.self)) }
        }
        func time() throws -> Int64? { try word(Int64.self).nonMinimum }
        func text() throws -> String? {
            let count = try word(UInt32.self)
            if count == Self.none { return nil }
            guard rest.count >= Int(count) else { throw MemoryFileError.damaged }
            defer { rest = rest.dropFirst(Int(count)) }
            return String(decoding: rest.prefix(Int(count)), as: UTF8.self)
        }
        let (published, first, last) = (try time(), try time(), try time())
        let repeats = try Int(word(UInt32.self))
        let (id, title, outlet) = (try text(), try text(), try text())
        guard let id else { throw MemoryFileError.damaged }
        self.init(id: id, title: title, outlet: outlet, published: published)
        (firstPublished, lastPublished) = (first, last)
        self.repeats = repeats
        for _ in 0..<(try word(UInt32.self)) { outlets.append(try text() ?? "") }
        for _ in 0..<(try word(UInt32.self)) {
            let (other, share) = (try Int(word(UInt32.self)), try Int(word(UInt32.self)))
            containments.append(Containment(other: other, share: share >> 1, isInner: share & 1 == 1))
        }
    }
}

extension Int64 {
    fileprivate var nonMinimum: Int64? { self == .min ? nil : self }
}
