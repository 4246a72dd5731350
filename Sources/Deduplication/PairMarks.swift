/// A bit for each possible word pair: those of one article are set, those of others counted against them.
struct PairMarks: Sendable {
    private var bits = [UInt64](repeating: 0, count: 1024)

    mutating func set(_ pairs: UnsafeBufferPointer<UInt16>) {
        bits.withUnsafeMutableBufferPointer { bits in
            for pair in pairs { bits[Int(pair >> 6)] |= 1 << UInt64(pair & 63) }
        }
    }

    mutating func clear(_ pairs: UnsafeBufferPointer<UInt16>) {
        bits.withUnsafeMutableBufferPointer { bits in
            for pair in pairs { bits[Int(pair >> 6)] = 0 }
        }
    }

    /// How many of `pairs` are marked, and how many of these have a number in them.
    func count(_ pairs: UnsafeBufferPointer<UInt16>) -> (all: Int, numbers: Int) {
        bits.withUnsafeBufferPointer { bits in
            var (all, numbers) = (0, 0)
            for pair in pairs {
                let isMarked = Int(truncatingIfNeeded: bits[Int(pair >> 6)] >> UInt64(pair & 63) & 1)
                all += isMarked
                numbers += isMarked & Int(pair >> 15)
            }
            return (all, numbers)
        }
    }

    /// The passages of `pairs` that are not marked.
    func passages(_ pairs: UnsafeBufferPointer<UInt16>) -> Passages {
        bits.withUnsafeBufferPointer { bits in
            var passages = Passages()
            var length = 0
            for pair in pairs {
                if bits[Int(pair >> 6)] >> UInt64(pair & 63) & 1 == 0 {
                    length += 1
                } else {
                    passages.add(length, isInner: passages.hasShared)
                    passages.hasShared = true
                    length = 0
                }
            }
            passages.add(length, isInner: false)
            return passages
        }
    }
}

/// The passages that one of two texts has for itself.
struct Passages {
    /// So many pairs in a row are a passage, not an edit.
    static let minLength = 10

    /// How many of them lie between shared words.
    var innerCount = 0
    /// How many pairs they have together.
    var length = 0
    fileprivate var hasShared = false

    fileprivate mutating func add(_ length: Int, isInner: Bool) {
        guard length >= Self.minLength else { return }
        innerCount += isInner ? 1 : 0
        self.length += length
    }
}
