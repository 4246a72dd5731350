/// The tokens of a text, cut, folded and hashed in one pass over its UTF-8.
///
/// Use it wherever words are looked up by form while their place in the raw text has to stay exact. Cost: one pass,
/// two arrays; about 250 MB of Arabic a second.
public struct TokenList: Sendable {
    public private(set) var tokens: [Token] = []
    /// The folded forms of all tokens, one after another.
    public private(set) var keys: [UInt8] = []

    public init(_ text: String) {
        var text = text
        self = text.withUTF8 { TokenList(utf8: $0) }
    }

    /// - Parameter utf8: valid UTF-8, as that of any `String`; shorter than 4 GiB.
    public init(utf8: UnsafeBufferPointer<UInt8>) {
        tokens.reserveCapacity(utf8.count / 8)
        // No letter is folded to more bytes than it has but lam with alef in one, three bytes to four.
        keys = [UInt8](unsafeUninitializedCapacity: utf8.count + utf8.count / 3 + 16) { keys, count in
            guard let base = keys.baseAddress else { return }
            TokenTable.low.withUnsafeBufferPointer { table in
                var scanner = Scanner(utf8, table)
                count = scanner.run(&tokens, base)
            }
        }
    }

    /// Changes when the same text would be given other keys or hashes, for those who keep them on disk.
    public static var fingerprint: UInt64 { TokenTable.fingerprint }

    public func key(_ token: Token) -> String {
        String(decoding: keys[Int(token.keyStart)..<Int(token.keyEnd)], as: UTF8.self)
    }

    public func key(_ index: Int) -> String { key(tokens[index]) }

    /// Raw bytes of a string that hold its first `letters` letters of a token with the marks on them, and their code
    /// points: where the word behind a clitic begins.
    public static func prefixLength(
        of token: Token,
        letters: Int,
        in utf8: UnsafeBufferPointer<UInt8>
    ) -> (bytes: Int, scalars: Int) {
        var scanner = Scanner(utf8, at: Int(token.byteStart))
        var left = letters
        var scalars = 0
        var offset = scanner.offset
        while scanner.offset < Int(token.byteEnd) {
            let kind = scanner.nextClass()
            let counts = kind != .mark && kind != .ignored
            if counts, left == 0 { break }
            if counts { left -= 1 }
            scalars += 1
            offset = scanner.offset
        }
        return (offset - Int(token.byteStart), scalars)
    }
}

extension TokenList {
    private struct Scanner {
        let base: UnsafePointer<UInt8>
        let end: Int
        var offset: Int
        let table: UnsafePointer<UInt16>?

        init(_ utf8: UnsafeBufferPointer<UInt8>, _ table: UnsafeBufferPointer<UInt16>) {
            // An empty buffer may have no address; nothing is read through this one, as `end` is 0.
            base = utf8.baseAddress ?? UnsafePointer(bitPattern: 1).unsafelyUnwrapped
            end = utf8.count
            offset = 0
            self.table = table.baseAddress
        }

        init(_ utf8: UnsafeBufferPointer<UInt8>, at offset: Int) {
            base = utf8.baseAddress ?? UnsafePointer(bitPattern: 1).unsafelyUnwrapped
            end = utf8.count
            self.offset = offset
            table = nil
        }

        /// One code point of three or four bytes, or of any length when the table is not at hand.
        @inline(__always)
        mutating func decode() -> UInt32 {
            let lead = UInt32(base[offset])
            let width = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
            guard offset + width <= end else {
                offset = end
                return 0x20
            }
            defer { offset += width }
            switch width {
            case 1: return lead
            case 2: return (lead & 0x1F) << 6 | tail(1)
            case 3: return (lead & 0x0F) << 12 | tail(1) << 6 | tail(2)
            default: return (lead & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3)
            }
        }

        @inline(__always)
        private func tail(_ i: Int) -> UInt32 { UInt32(base[offset + i] & 0x3F) }

        mutating func nextClass() -> TokenTable.Class {
            let c = decode()
            return c < 0x800 ? TokenTable.Entry(raw: TokenTable.low[Int(c)]).kind : TokenTable.high(c).kind
        }

        /// Appends the tokens, writes their keys and returns how many bytes these have.
        mutating func run(_ tokens: inout [Token], _ keys: UnsafeMutablePointer<UInt8>) -> Int {
            guard let table else { return 0 }
            var keyEnd = 0
            var open: Token?
            var gap = Token.Gap.paragraph
            var lines = 0
            var scalars: UInt32 = 0

            while offset < end {
                let at = UInt32(offset)
                let c = decode()
                let entry = c < 0x800 ? TokenTable.Entry(raw: table[Int(c)]) : nil
                let (kind, folded) = entry.map { ($0.kind, $0.folded) } ?? highClass(c)
                let point = scalars
                scalars += 1

                switch kind {
                case .arabic, .letter, .digit:
                    let wanted: Token.Kind = kind == .arabic ? .arabic : kind == .letter ? .word : .number
                    let joins = open.map { $0.kind == wanted || ($0.kind == .word && kind == .digit) } ?? false
                    if !joins {
                        close(&open, &tokens, keys, keyEnd)
                        open = Token(
                            byteStart: at,
                            byteEnd: at,
                            start: point,
                            end: point,
                            keyStart: UInt32(keyEnd),
                            keyEnd: 0,
                            hash: 0,
                            kind: wanted,
                            gap: gap,
                            capitals: entry?.isCapital == true ? .all : .none
                        )
                    } else if open?.capitals == .all, entry?.isCapital != true {
                        open?.capitals = .first
                    }
                    gap = .none
                    lines = 0
                    if TokenTable.isLamAlef(c) {
                        append(0x644, keys, &keyEnd)
                        append(0x627, keys, &keyEnd)
                    } else {
                        append(folded, keys, &keyEnd)
                    }
                    if kind == .arabic { scalars += takeArabic(table, keys, &keyEnd) }
                    open?.byteEnd = UInt32(offset)
                    open?.end = scalars
                case .mark:
                    open?.byteEnd = UInt32(offset)
                    open?.end = scalars
                case .ignored:
                    continue
                case .space:
                    close(&open, &tokens, keys, keyEnd)
                    if gap == .none { gap = .space }
                case .line:
                    close(&open, &tokens, keys, keyEnd)
                    lines += 1
                    gap = max(gap, lines > 1 ? .paragraph : .line)
                case .sign:
                    if let token = open, token.kind == .number, isSeparator(c), nextIsDigit(table) {
                        append(c == 0x66B ? 0x2E : c == 0x66C ? 0x2C : c, keys, &keyEnd)
                        continue
                    }
                    close(&open, &tokens, keys, keyEnd)
                    let keyStart = UInt32(keyEnd)
                    append(c, keys, &keyEnd)
                    tokens.append(
                        Token(
                            byteStart: at,
                            byteEnd: UInt32(offset),
                            start: point,
                            end: scalars,
                            keyStart: keyStart,
                            keyEnd: UInt32(keyEnd),
                            hash: TokenHash.hash(keys + Int(keyStart), keyEnd - Int(keyStart)),
                            kind: .sign,
                            gap: gap,
                            capitals: .none
                        )
                    )
                    gap = .none
                    lines = 0
                }
            }
            close(&open, &tokens, keys, keyEnd)
            return keyEnd
        }

        /// The rest of an Arabic word as far as it is of two-byte letters and marks; returns their number.
        @inline(__always)
        private mutating func takeArabic(
            _ table: UnsafePointer<UInt16>,
            _ keys: UnsafeMutablePointer<UInt8>,
            _ keyEnd: inout Int
        ) -> UInt32 {
            let start = offset
            while offset + 1 < end, base[offset] & 0xFC == 0xD8 {
                let c = UInt32(base[offset] & 0x1F) << 6 | UInt32(base[offset + 1] & 0x3F)
                let entry = TokenTable.Entry(raw: table[Int(c)])
                if entry.kind == .arabic {
                    append(entry.folded, keys, &keyEnd)
                } else if entry.kind != .mark {
                    break
                }
                offset += 2
            }
            return UInt32(truncatingIfNeeded: (offset - start) / 2)
        }

        private func highClass(_ c: UInt32) -> (TokenTable.Class, UInt32) {
            TokenTable.isLamAlef(c) ? (.arabic, 0) : TokenTable.high(c)
        }

        @inline(__always)
        private func close(
            _ open: inout Token?,
            _ tokens: inout [Token],
            _ keys: UnsafeMutablePointer<UInt8>,
            _ keyEnd: Int
        ) {
            guard var token = open else { return }
            token.keyEnd = UInt32(keyEnd)
            token.hash = TokenHash.hash(keys + Int(token.keyStart), token.keyCount)
            tokens.append(token)
            open = nil
        }

        // A point, a comma and their Arabic twins stay inside a number; a slash or a colon does not.
        private func isSeparator(_ c: UInt32) -> Bool { c == 0x2E || c == 0x2C || c == 0x66B || c == 0x66C }

        private func nextIsDigit(_ table: UnsafePointer<UInt16>) -> Bool {
            var ahead = self
            guard ahead.offset < end else { return false }
            let c = ahead.decode()
            return c < 0x800 && TokenTable.Entry(raw: table[Int(c)]).kind == .digit
        }

        @inline(__always)
        private func append(_ c: UInt32, _ keys: UnsafeMutablePointer<UInt8>, _ keyEnd: inout Int) {
            let key = keys + keyEnd
            if c < 0x80 {
                key[0] = UInt8(truncatingIfNeeded: c)
                keyEnd += 1
            } else if c < 0x800 {
                key[0] = UInt8(truncatingIfNeeded: 0xC0 | c >> 6)
                key[1] = UInt8(truncatingIfNeeded: 0x80 | c & 0x3F)
                keyEnd += 2
            } else if c < 0x10000 {
                key[0] = UInt8(truncatingIfNeeded: 0xE0 | c >> 12)
                key[1] = UInt8(truncatingIfNeeded: 0x80 | c >> 6 & 0x3F)
                key[2] = UInt8(truncatingIfNeeded: 0x80 | c & 0x3F)
                keyEnd += 3
            } else {
                key[0] = UInt8(truncatingIfNeeded: 0xF0 | c >> 18)
                key[1] = UInt8(truncatingIfNeeded: 0x80 | c >> 12 & 0x3F)
                key[2] = UInt8(truncatingIfNeeded: 0x80 | c >> 6 & 0x3F)
                key[3] = UInt8(truncatingIfNeeded: 0x80 | c & 0x3F)
                keyEnd += 4
            }
        }
    }
}

extension Token.Gap: Comparable {
    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}
