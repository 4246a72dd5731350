import Language

/// When an article was published and changed, from the most to the least deliberate statement of the page.
enum PageDates {
    static func published(data: StructuredData, meta: MetaTags, marked: MarkedElements, url: String?) -> ParsedTime? {
        let stated =
            [data.published].compactMap(\.self) + publishedNames.compactMap { meta.first($0) } + marked.published
        for text in stated {
            if let time = parse(text) { return time }
        }
        if let time = marked.times.lazy.compactMap({ $0.machine.flatMap(parse) }).first { return time }
        if let time = url.flatMap(inAddress) { return time }
        return marked.times.lazy.compactMap { $0.text.flatMap(parse) }.first
    }

    static func modified(data: StructuredData, meta: MetaTags, marked: MarkedElements) -> ParsedTime? {
        let stated = [data.modified].compactMap(\.self) + modifiedNames.compactMap { meta.first($0) } + marked.modified
        return stated.lazy.compactMap(parse).first
    }

    private static let publishedNames = [
        "article:published_time", "og:article:published_time", "article:published", "og:published_time",
        "datepublished",
        "date", "publishdate", "pubdate", "publish-date", "publish_date", "dc.date.issued", "dcterms.issued",
        "dcterms.created",
        "dc.date", "dc.date.created", "dcterms.date", "parsely-pub-date", "sailthru.date", "article.published",
        "published-date",
        "publication_date", "datecreated", "article_date_original", "cxenseparse:recs:publishtime", "displaydate",
        "iso-8601-publish-date",
        "originalpublicationdate", "rnews:datepublished", "timestamp", "cse_date", "og:pubdate", "release_date",
        "citation_publication_date",
    ]
    private static let modifiedNames = [
        "article:modified_time", "og:updated_time", "article:updated_time", "og:article:modified_time", "datemodified",
        "last-modified",
        "dcterms.modified", "dc.date.modified", "lastmod", "updated_time", "dateupdated",
    ]

    static func parse(_ text: String) -> ParsedTime? {
        guard text.utf8.count <= 200 else { return nil }
        return (DateParser.parseMachine(text) ?? DateParser.parse(text)).map {
            ParsedTime(timestamp: $0.timestamp, hasTime: $0.hasTime, asWritten: text)
        }
    }

    /// `/2020/07/08/`, `/2020-07-08-`, `/20200708`
    static func inAddress(_ url: String) -> ParsedTime? {
        let bytes = Array(url.utf8)
        var i = bytes.firstIndex(of: UInt8(ascii: "/")) ?? bytes.count
        while i + 8 < bytes.count {
            defer { i += 1 }
            guard !isDigit(bytes[i]), isDigit(bytes[i + 1]), let year = number(bytes, i + 1, 4) else { continue }
            guard (1995...2100).contains(year) else { continue }
            let sign = bytes[i + 5]
            let isPlain = isDigit(sign)
            guard isPlain || sign == UInt8(ascii: "/") || sign == UInt8(ascii: "-") || sign == UInt8(ascii: "_") else {
                continue
            }
            let month = i + (isPlain ? 5 : 6)
            let monthLength = isPlain || (month + 1 < bytes.count && isDigit(bytes[month + 1])) ? 2 : 1
            let day = month + monthLength + (isPlain ? 0 : 1)
            guard isPlain || (day - 1 < bytes.count && bytes[day - 1] == sign) else { continue }
            let dayLength = day + 1 < bytes.count && isDigit(bytes[day + 1]) ? 2 : 1
            let end = day + dayLength
            guard !isPlain || dayLength == 2, end >= bytes.count || !isDigit(bytes[end]) else { continue }
            guard let m = number(bytes, month, monthLength), let d = number(bytes, day, dayLength),
                let timestamp = Timestamp(year: year, month: m, day: d)
            else { continue }
            return ParsedTime(
                timestamp: timestamp,
                hasTime: false,
                asWritten: String(decoding: bytes[i + 1..<end], as: UTF8.self)
            )
        }
        return nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    private static func number(_ bytes: [UInt8], _ start: Int, _ length: Int) -> Int? {
        guard start + length <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[start..<start + length] {
            guard isDigit(byte) else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        return value
    }

    /// The date nearest to the article's beginning, in short lines above it or just inside it, else just below it.
    static func visible(_ buffer: BlockBuffer, _ choice: BlockChoice) -> ParsedTime? {
        let first = choice.span.lowerBound
        let above = stride(from: min(first + 3, buffer.blocks.count) - 1, through: max(0, first - 25), by: -1)
        for index in above {
            if let time = visible(buffer, index) { return time }
        }
        for index in choice.span.upperBound..<min(choice.span.upperBound + 10, buffer.blocks.count) {
            if let time = visible(buffer, index) { return time }
        }
        return nil
    }

    private static func visible(_ buffer: BlockBuffer, _ index: Int) -> ParsedTime? {
        let block = buffer.blocks[index]
        guard block.digits >= 4, block.length <= 200 else { return nil }
        let bytes = buffer.bytes(block)
        guard let date = DateParser.parse(utf8: bytes) else { return nil }
        return ParsedTime(
            timestamp: date.timestamp,
            hasTime: date.hasTime,
            asWritten: String(decoding: UnsafeBufferPointer(rebasing: bytes[date.range]), as: UTF8.self)
        )
    }
}
