import CLibXML2

/// Parses pages into one reused tree of columns: repair, then libxml2's events, then ``PageNodes``.
///
/// Use one parser a worker: it is not for two threads at once. No tree of libxml2's own is built, nothing outside the
/// page is read or fetched, and no depth or length is cut silently. The text has to be UTF-8; bytes that are not are
/// replaced.
///
/// Cost: less than a libxml2 DOM parse, as scripts, styles and most attributes never reach libxml2.
public final class PageParser {
    public let limits: PageLimits
    private var repair = PageRepair()
    private let builder: UnsafeMutablePointer<PageTreeBuilder>
    private let events = PageParser.makeEvents()

    public init(limits: PageLimits = PageLimits()) {
        _ = LibXML2.isReady
        self.limits = limits
        builder = .allocate(capacity: 1)
        builder.initialize(to: PageTreeBuilder(limits: limits))
    }

    deinit {
        builder.pointee.deallocate()
        builder.deinitialize(count: 1)
        builder.deallocate()
        repair.deallocate()
    }

    /// Where the bodies of `application/ld+json` scripts stand in the page parsed last.
    public var structuredData: [Range<Int>] { repair.structuredData }

    /// The page parsed last, until the next parse.
    public var nodes: PageNodes { builder.pointee.tree.nodes }

    /// Parses a page into ``nodes``.
    public func parse(_ html: UnsafeBufferPointer<UInt8>, until deadline: Deadline? = nil) throws(PageParseError) {
        let deadline = deadline ?? Deadline(seconds: limits.maxSeconds)
        builder.pointee.begin(until: deadline)
        guard html.count <= limits.maxBytes else { throw .tooLarge(bytes: html.count, limit: limits.maxBytes) }
        repair.run(html)
        guard repair.searchSteps <= limits.maxSearchSteps else { throw .tooTangled }
        try deadline.check()
        guard repair.output.count > 0 else { return }
        try readEvents()
        builder.pointee.finish()
        if let failure = builder.pointee.failure { throw failure }
    }

    private func readEvents() throws(PageParseError) {
        let text = UnsafeRawPointer(repair.output.base).assumingMemoryBound(to: CChar.self)
        guard let context = htmlCreateMemoryParserCtxt(text, Int32(truncatingIfNeeded: repair.output.count)),
            let handler = context.pointee.sax
        else { throw .outOfMemory }
        defer { htmlFreeParserCtxt(context) }
        handler.pointee = events
        context.pointee.userData = UnsafeMutableRawPointer(builder)
        builder.pointee.context = context
        defer { builder.pointee.context = nil }
        _ = htmlCtxtUseOptions(context, Self.options)
        xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8)
        htmlParseDocument(context)
    }

    private static let options =
        Int32(HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue)
        | Int32(HTML_PARSE_NONET.rawValue | HTML_PARSE_IGNORE_ENC.rawValue) | Int32(XML_PARSE_HUGE.rawValue)

    private static func makeEvents() -> htmlSAXHandler {
        var events = htmlSAXHandler()
        events.initialized = 1
        events.startElement = { builder, name, pairs in
            guard let builder, let name else { return }
            let target = builder.assumingMemoryBound(to: PageTreeBuilder.self)
            if !target.pointee.startElement(name, pairs) { xmlStopParser(target.pointee.context) }
        }
        events.endElement = { builder, _ in
            builder?.assumingMemoryBound(to: PageTreeBuilder.self).pointee.endElement()
        }
        let characters: charactersSAXFunc = { builder, text, length in
            guard let builder, let text else { return }
            builder.assumingMemoryBound(to: PageTreeBuilder.self).pointee.characters(text, Int(length))
        }
        events.characters = characters
        events.cdataBlock = characters
        events.ignorableWhitespace = characters
        return events
    }
}

/// libxml2's global state, set up once before any thread parses.
enum LibXML2 {
    static let isReady: Bool = {
        xmlInitParser()
        return true
    }()
}
