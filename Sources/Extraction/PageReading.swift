import Markup

extension PageWorkspace {
    /// Parses a page and decides what of it is the article.
    func read(_ html: UnsafeBufferPointer<UInt8>, url: String?) throws(PageParseError) -> PageContent {
        var metadata = try describe(html, url: url)
        let nodes = parser.nodes
        let choice = BlockChoice(nodes, buffer, features, chances: scorer.chances)
        var text = choice.text(buffer)
        if text.isEmpty, let body = metadata.articleBody { text = body }
        metadata.completeTitle(buffer, choice)
        metadata.completeDates(nodes, buffer, choice, url: url)
        return PageContent(
            title: metadata.title,
            text: text,
            authors: metadata.authors,
            published: metadata.published,
            modified: metadata.modified,
            outlet: metadata.outlet,
            section: metadata.section,
            keywords: metadata.keywords,
            excerpt: metadata.excerpt,
            canonicalURL: metadata.canonicalURL,
            declaredLanguage: metadata.language,
            image: metadata.image,
            encoding: "utf-8",
            encodingFrom: "declared",
            removed: choice.removed(buffer)
        )
    }

    /// Parses a page, cuts it into blocks and computes their features.
    @discardableResult
    func describe(_ html: UnsafeBufferPointer<UInt8>, url: String?) throws(PageParseError) -> PageMetadata {
        let limits = parser.limits
        let deadline = Deadline(seconds: limits.maxSeconds)
        try parser.parse(html, until: deadline)
        let nodes = parser.nodes
        scan.run(nodes, into: &buffer)
        guard buffer.blocks.count <= limits.maxBlocks else { throw .tooManyBlocks(limit: limits.maxBlocks) }
        try deadline.check()
        let metadata = PageMetadata(nodes, scan, structuredData: structuredData(of: html), url: url)
        candidate.find(nodes, buffer)
        let hints = PageHints(title: metadata.title, excerpt: metadata.excerpt, articleBody: metadata.articleBody)
        try deadline.check()
        features.run(nodes, buffer, candidate, names: scan.names, hints: hints)
        try deadline.check()
        scorer.run(nodes, buffer, features)
        return metadata
    }

    private func structuredData(of html: UnsafeBufferPointer<UInt8>) -> [UnsafeBufferPointer<UInt8>] {
        parser.structuredData.map { UnsafeBufferPointer(rebasing: html[$0]) }
    }
}
