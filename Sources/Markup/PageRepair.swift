#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Rewrites a page so that libxml2 loses nothing of it and is given nothing that is thrown away later.
///
/// What libxml2 2.9 does to real pages, and what is done about it here:
/// - a NUL byte ends the parse: control characters are taken out;
/// - `</body></html>` in the middle drops what follows: those end tags, and second `<html>`, `<head>` and `<body>` tags,
///   are left out, the parser closes them at the end itself;
/// - attributes are compared pair by pair, 64,000 take 46 s: only the attributes that are looked at are passed on, each
///   once;
/// - `<` before anything but a name is markup to it: written as `&lt;`;
/// - HTML 5 void elements (`source`, `track`, `wbr`) swallow their followers: left out;
/// - scripts, styles, comments and drawings are most of a page's bytes: left out; JSON-LD scripts are kept aside.
///
/// One pass, linear in the input: a search that fails is not tried again.
struct PageRepair {
    /// The page for the parser.
    private(set) var output: GrowingBuffer<UInt8>
    /// Where the bodies of `application/ld+json` scripts stand in the input.
    private(set) var structuredData: [Range<Int>] = []
    /// An upper bound of how far the parser looks for the start tags of the page's end tags.
    private(set) var searchSteps = 0

    private var page = UnsafePointer<UInt8>(bitPattern: 1).unsafelyUnwrapped
    private var end = 0
    private var seen: UInt64 = 0
    private var depth = 0
    private var unclosedComment = false
    private var missingEndTags: UInt64 = 0
    private var missingQuotes: UInt8 = 0
    private let tags = NameTable.tags
    private let attributes = NameTable.attributes

    init() { output = GrowingBuffer(capacity: 1 << 18) }

    func deallocate() { output.deallocate() }

    mutating func run(_ html: UnsafeBufferPointer<UInt8>) {
        output.removeAll(keeping: 8 << 20)
        structuredData.removeAll(keepingCapacity: true)
        (seen, depth, searchSteps, unclosedComment, missingEndTags, missingQuotes) = (0, 0, 0, false, 0, 0)
        guard let base = html.baseAddress else { return }
        (page, end) = (base, html.count)
        output.reserve(end / 2)
        var i = 0
        while i < end {
            let next = find(UInt8(ascii: "<"), from: i) ?? end
            appendText(i, next)
            i = next < end ? markup(at: next) : end
        }
    }

    /// Handles what begins with the `<` at `start`; returns where the text goes on.
    private mutating func markup(at start: Int) -> Int {
        guard start + 1 < end else {
            output.append("&lt;")
            return start + 1
        }
        let byte = page[start + 1]
        if Self.isLetter(byte) { return startTag(at: start) }
        if byte == UInt8(ascii: "/"), start + 2 < end, Self.isLetter(page[start + 2]) { return endTag(at: start) }
        if byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "/") {
            return declaration(at: start)
        }
        output.append("&lt;")
        return start + 1
    }

    private mutating func declaration(at start: Int) -> Int {
        if start + 3 < end, page[start + 1] == UInt8(ascii: "!"), page[start + 2] == 0x2D, page[start + 3] == 0x2D,
            !unclosedComment
        {
            if let close = commentEnd(from: start + 4) { return close }
            unclosedComment = true
        }
        guard let close = find(UInt8(ascii: ">"), from: start + 1) else { return end }
        return close + 1
    }

    private func commentEnd(from start: Int) -> Int? {
        if start < end, page[start] == UInt8(ascii: ">") { return start + 1 }
        var i = start
        while let close = find(UInt8(ascii: ">"), from: i) {
            if page[close - 1] == 0x2D, page[close - 2] == 0x2D { return close + 1 }
            if page[close - 1] == UInt8(ascii: "!"), page[close - 2] == 0x2D, page[close - 3] == 0x2D {
                return close + 1
            }
            i = close + 1
        }
        return nil
    }

    private mutating func endTag(at start: Int) -> Int {
        let nameEnd = self.nameEnd(from: start + 2)
        let close = find(UInt8(ascii: ">"), from: nameEnd) ?? end
        let tag = tags.id(page + start + 2, nameEnd - start - 2)
        if tag == Tag.body.rawValue || tag == Tag.html.rawValue || Self.isLeftOut(tag) { return min(close + 1, end) }
        searchSteps += depth
        depth = max(0, depth - 1)
        output.append("</")
        appendName(start + 2, nameEnd)
        output.append(UInt8(ascii: ">"))
        return min(close + 1, end)
    }

    private mutating func startTag(at start: Int) -> Int {
        let nameEnd = self.nameEnd(from: start + 1)
        let tag = tags.id(page + start + 1, nameEnd - start - 1)
        let mark = output.count
        output.append(UInt8(ascii: "<"))
        appendName(start + 1, nameEnd)
        let isStructuredData = tag == Tag.script.rawValue
        let (next, hasDataType) = attributes(from: nameEnd, isScript: isStructuredData)
        if Self.isHidden(tag) {
            output.truncate(to: mark)
            return hiddenContent(tag, from: next, isStructuredData: hasDataType)
        }
        if tag == Tag.html.rawValue || tag == Tag.head.rawValue || tag == Tag.body.rawValue {
            let bit: UInt64 = 1 << UInt64(tag)
            if seen & bit != 0 {
                output.truncate(to: mark)
                return next
            }
            seen |= bit
        } else if Self.isLeftOut(tag) {
            output.truncate(to: mark)
            return next
        }
        output.append(UInt8(ascii: ">"))
        if tag == Tag.title.rawValue || tag == Tag.textarea.rawValue { return plainContent(tag, from: next) }
        depth += 1
        return next
    }

    /// Elements whose content is never text of the page.
    private static func isHidden(_ tag: UInt8) -> Bool {
        switch tag {
        case Tag.script.rawValue, Tag.style.rawValue, Tag.svg.rawValue, Tag.math.rawValue, Tag.iframe.rawValue,
            Tag.noframes.rawValue, Tag.noembed.rawValue:
            true
        default: false
        }
    }

    /// Elements without content that say nothing here.
    private static func isLeftOut(_ tag: UInt8) -> Bool {
        switch tag {
        case Tag.source.rawValue, Tag.wbr.rawValue, Tag.track.rawValue, Tag.input.rawValue, Tag.embed.rawValue,
            Tag.param.rawValue, Tag.area.rawValue, Tag.col.rawValue,
            Tag.picture.rawValue, Tag.path.rawValue:
            true
        default: false
        }
    }

    private mutating func hiddenContent(_ tag: UInt8, from start: Int, isStructuredData: Bool) -> Int {
        guard let close = endTag(of: tag, from: start) else {
            // Not closed: a script takes the rest of the page, as in browsers; a drawing only its tag.
            return tag == Tag.svg.rawValue || tag == Tag.math.rawValue || tag == Tag.iframe.rawValue ? start : end
        }
        if isStructuredData { structuredData.append(start..<close) }
        return min((find(UInt8(ascii: ">"), from: close) ?? end) + 1, end)
    }

    /// Text in which no tag but its own end tag counts.
    private mutating func plainContent(_ tag: UInt8, from start: Int) -> Int {
        guard let close = endTag(of: tag, from: start) else { return start }
        var i = start
        while i < close {
            let next = min(find(UInt8(ascii: "<"), from: i) ?? close, close)
            appendText(i, next)
            if next < close { output.append("&lt;") }
            i = next + 1
        }
        return endTag(at: close)
    }

    private mutating func endTag(of tag: UInt8, from start: Int) -> Int? {
        let bit: UInt64 = 1 << UInt64(tag & 63)
        guard missingEndTags & bit == 0 else { return nil }
        var i = start
        while let open = find(UInt8(ascii: "<"), from: i) {
            if open + 2 < end, page[open + 1] == UInt8(ascii: "/") {
                let nameEnd = self.nameEnd(from: open + 2)
                if tags.id(page + open + 2, nameEnd - open - 2) == tag { return open }
                i = nameEnd
            } else {
                i = open + 1
            }
        }
        missingEndTags |= bit
        return nil
    }

    // MARK: Attributes

    /// Passes the attributes on that are looked at; returns where the tag ends.
    private mutating func attributes(from start: Int, isScript: Bool) -> (next: Int, hasDataType: Bool) {
        var i = start
        var passed: UInt32 = 0
        var hasDataType = false
        while i < end {
            let byte = page[i]
            if byte == UInt8(ascii: ">") { return (i + 1, hasDataType) }
            // A tag that was never closed: the next one begins.
            if byte == UInt8(ascii: "<"), i + 1 < end, Self.isLetter(page[i + 1]) || page[i + 1] == UInt8(ascii: "/") {
                return (i, hasDataType)
            }
            if byte <= 0x20 || byte == UInt8(ascii: "/") {
                i += 1
                continue
            }
            let name = i
            i = attributeNameEnd(from: i + 1)
            let nameEnd = i
            let value = attributeValue(&i)
            let id = attributes.id(page + name, nameEnd - name)
            guard id != NameTable.missing, passed & (1 << UInt32(id)) == 0 else { continue }
            passed |= 1 << UInt32(id)
            if isScript {
                if id == Attribute.type.rawValue { hasDataType = isDataType(value) }
            } else {
                appendAttribute(id, name, nameEnd, value)
            }
        }
        return (end, hasDataType)
    }

    private func attributeNameEnd(from start: Int) -> Int {
        var i = start
        while i < end {
            let byte = page[i]
            if byte <= 0x20 || byte == UInt8(ascii: "=") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") {
                break
            }
            i += 1
        }
        return i
    }

    private mutating func attributeValue(_ i: inout Int) -> Range<Int> {
        var k = i
        while k < end, page[k] <= 0x20 { k += 1 }
        guard k < end, page[k] == UInt8(ascii: "=") else { return i..<i }
        k += 1
        while k < end, page[k] <= 0x20 { k += 1 }
        guard k < end else {
            i = k
            return k..<k
        }
        let quote = page[k]
        if quote == 0x22 || quote == 0x27 {
            let bit: UInt8 = quote == 0x22 ? 1 : 2
            if missingQuotes & bit == 0 {
                if let close = find(quote, from: k + 1) {
                    i = close + 1
                    return k + 1..<close
                }
                missingQuotes |= bit
            }
            k += 1
        }
        let start = k
        while k < end, page[k] > 0x20, page[k] != UInt8(ascii: ">") { k += 1 }
        i = k
        return start..<k
    }

    private mutating func appendAttribute(_ id: UInt8, _ name: Int, _ nameEnd: Int, _ value: Range<Int>) {
        if id == Attribute.style.rawValue {
            guard hides(value) else { return }
            output.append(" hidden=\"\"")
            return
        }
        output.append(0x20)
        appendName(name, nameEnd)
        output.append("=\"")
        var i = value.lowerBound
        while i < value.upperBound {
            let quote = min(find(0x22, from: i, to: value.upperBound) ?? value.upperBound, value.upperBound)
            appendText(i, quote)
            if quote < value.upperBound { output.append("&quot;") }
            i = quote + 1
        }
        output.append(0x22)
    }

    /// `display: none` or `visibility: hidden`.
    private func hides(_ value: Range<Int>) -> Bool {
        var i = value.lowerBound
        while i + 4 <= value.upperBound {
            let byte = page[i]
            if byte == UInt8(ascii: "n"), page[i + 1] == UInt8(ascii: "o"), page[i + 2] == UInt8(ascii: "n"),
                page[i + 3] == UInt8(ascii: "e")
            {
                return declares("display", before: i, value.lowerBound)
            }
            i += 1
        }
        return false
    }

    private func declares(_ property: StaticString, before valueStart: Int, _ start: Int) -> Bool {
        var k = valueStart
        while k > start, page[k - 1] == 0x20 || page[k - 1] == UInt8(ascii: ":") { k -= 1 }
        let count = property.utf8CodeUnitCount
        guard k - count >= start else { return false }
        for j in 0..<count where page[k - count + j] != property.utf8Start[j] { return false }
        return true
    }

    private func isDataType(_ value: Range<Int>) -> Bool {
        let word: StaticString = "ld+json"
        let count = word.utf8CodeUnitCount
        guard value.count >= count else { return false }
        for from in value.lowerBound...(value.upperBound - count) {
            var k = 0
            while k < count, NameTable.lower(page[from + k]) == word.utf8Start[k] { k += 1 }
            if k == count { return true }
        }
        return false
    }

    // MARK: Bytes

    private mutating func appendName(_ start: Int, _ nameEnd: Int) {
        for i in start..<nameEnd { output.append(NameTable.lower(page[i])) }
    }

    /// Appends text without control characters.
    private mutating func appendText(_ start: Int, _ stop: Int) {
        guard start < stop else { return }
        var plain = start
        var i = start
        while i < stop {
            if i + 8 <= stop, !Self.hasControl(UnsafeRawPointer(page + i).loadUnaligned(as: UInt64.self)) {
                i += 8
                continue
            }
            let byte = page[i]
            if byte < 0x20, byte != 0x0A, byte != 0x0D, byte != 0x09 {
                output.append(page + plain, i - plain)
                // A form feed is white space in HTML.
                if byte == 0x0C { output.append(0x20) }
                plain = i + 1
            }
            i += 1
        }
        output.append(page + plain, stop - plain)
    }

    /// True when one of eight bytes may be below 0x20 (line ends and tabs included: they are looked at singly).
    @inline(__always)
    private static func hasControl(_ word: UInt64) -> Bool {
        (word &- 0x2020_2020_2020_2020) & ~word & 0x8080_8080_8080_8080 != 0
    }

    private func nameEnd(from start: Int) -> Int {
        var i = start
        while i < end {
            let byte = page[i]
            if byte <= 0x20 || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "<") {
                break
            }
            i += 1
        }
        return i
    }

    @inline(__always)
    private func find(_ byte: UInt8, from start: Int, to stop: Int? = nil) -> Int? {
        let limit = stop ?? end
        guard start < limit, let hit = memchr(page + start, Int32(byte), limit - start) else { return nil }
        return UnsafeRawPointer(page).distance(to: UnsafeRawPointer(hit))
    }

    @inline(__always)
    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
}
