/// What the words in classes and ids mean, whole words only: `share` is in `share-bar` and `shareBar`, not in `shareholder`.
struct ContextToken: Sendable {
    static let table = ContextToken()

    private var keys: [UInt64]
    private var meanings: [UInt64]
    private let mask = 2047

    private init() {
        keys = [UInt64](repeating: 0, count: mask + 1)
        meanings = [UInt64](repeating: 0, count: mask + 1)
        for (bit, line) in Self.words.split(separator: "\n").enumerated() {
            for word in line.split(separator: " ").dropFirst() {
                let bytes = Array(word.utf8)
                let key = bytes.withUnsafeBufferPointer { Self.key($0, 0, $0.count) }
                var slot = Self.slot(key, mask)
                while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
                keys[slot] = key
                meanings[slot] |= 1 << UInt64(bit + BlockContext.firstMeaning)
            }
        }
    }

    /// The meanings of every word in an attribute's value.
    func meaning(of value: UnsafeBufferPointer<UInt8>) -> BlockContext {
        var found: UInt64 = 0
        var start = 0
        var i = 0
        var previousIsLower = false
        while i <= value.count {
            let byte = i < value.count ? value[i] : 0x20
            let isLower = byte &- 0x61 < 26
            let isUpper = byte &- 0x41 < 26
            if !(isLower || isUpper) || (isUpper && previousIsLower) {
                if i - start > 1 { found |= lookUp(value, start, i) }
                start = isUpper ? i : i + 1
            }
            previousIsLower = isLower
            i += 1
        }
        return BlockContext(rawValue: found)
    }

    private func lookUp(_ value: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
        let key = Self.key(value, start, end)
        var slot = Self.slot(key, mask)
        while keys[slot] != 0 {
            if keys[slot] == key { return meanings[slot] }
            slot = (slot + 1) & mask
        }
        return 0
    }

    private static func key(_ value: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
        var key: UInt64 = 0
        // FNV-1a over the lower-cased letters.
        for i in start..<end { key = (key ^ UInt64(value[i] | 0x20)) &* 0x100_0000_01B3 }
        return key | 1
    }

    private static func slot(_ key: UInt64, _ mask: Int) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 40) & mask
    }

    // One meaning a line: its name, then its words. The order gives the bit.
    static let words = """
        body articlebody bodytext articletext storybody postbody entrycontent postcontent articlecontent bodycopy richtext storycontent articulo maincontent paragraph texte artikel fliesstext
        content content contents inhalt contenu contenido conteudo copy
        article article articles artikkel
        post post entry single blog hentry permalink posts
        story story news nachricht stories
        text text txt texto prose rte wysiwyg
        comment comment comments commentaire comentarios kommentar kommentare disqus respond commentlist reply replies discussion forum fb
        related related relacionadas relacionados verwandte aehnliche similar recommend recommended recommendations recommendation outbrain taboola zergnet more readmore recirc recirculation further suggested suggestions also weitere mehr alsoread relatedposts yarpp jp
        share share sharing social socials facebook twitter whatsapp telegram linkedin pinterest sharedaddy addtoany addthis sharebar follow shares instagram sns
        sidebar sidebar side aside rail sidebars complementary column secondary right left
        promo promo promotion promoted sponsored sponsor advert advertisement advertising ad ads adv banner werbung anzeige pub publicidad dfp adsense commercial affiliate shop marketing cta
        newsletter newsletter newsletters subscribe subscription signup mailing mailchimp abo optin
        breadcrumb breadcrumb breadcrumbs crumb crumbs
        tag tag tags topics topic keywords categories category cat labels terms taxonomy thema themen schlagworte tagcloud rubric
        author author authors byline autor auteur bio avatar writer contributor contributors vcard reporter byl profile
        caption caption captions credit credits legend copyright bildunterschrift imagecaption bu source photographer kicker
        menu menu nav navigation navbar topbar toolbar dropdown submenu megamenu mainmenu navi
        footer footer bottom foot colophon contentinfo
        header header masthead top head topbar hat
        cookie cookie cookies consent gdpr privacy onetrust cmp cc banner disclaimer
        gallery gallery slideshow carousel slider swiper slick lightbox galerie slide slides galleria photos
        widget widget widgets module block panel box
        date date time timestamp datetime published meta datum postmeta info dateline pubdate entrymeta details updated metadata
        title title headline heading hed titles titulo titre hl
        lead lead lede summary standfirst dek intro excerpt subtitle subheadline description teaser abstract subhead subheading deck chapo chapeau vorspann introduction synopsis anreisser bajada
        card card teaser teasers item items grid tile feed list listing cards loop archive thumb thumbnail row
        popular popular trending latest recent mostread mostviewed ticker breaking viewed headlines top10 bestseller newest hot
        paywall paywall login premium piano register registration account signin user regwall subscriber
        media video player media embed audio image img photo picture playlist youtube podcast figure wp
        quote quote pullquote blockquote quotation zitat tweet
        factbox factbox infobox fact sidenote callout highlight keypoints takeaways note tip inset fakta faktaboks faktarute faktabox facts infoboks infokasten kasten ramme encadre recuadro destaque scheda accordion expandable collapsible kurzfassung sammendrag
        toc toc contents index jump anchor
        rating rating ratings review reviews score stars votes vote poll survey quiz
        search search suche filter sort pagination pager pages paging prev next previous navlinks
        print print printable tools tool actions action button btn buttons buttons icon icons skip screen
        hidden hidden hide invisible noprint offscreen visuallyhidden sr srt mobile modal popup overlay lightbox tooltip dialog
        tease live event events calendar weather market stock sport scores
        help correction corrections edit report feedback contact about support donate donation donations
        """
}
