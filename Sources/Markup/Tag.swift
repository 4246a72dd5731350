/// The name of an element: one byte, compared in place of a string.
@frozen
public enum Tag: UInt8, CaseIterable, Sendable {
    // `text` is a run of text, `custom` an element with a hyphen in its name, `other` any that is not listed.
    case text, other, custom, html, head, body, title, meta, link, base, script, style, noscript, template
    case iframe, svg, math, div, p, span, a, br, hr, img, h1, h2, h3, h4, h5, h6, ul, ol, li, dl, dt, dd, table
    case tr, td, th, tbody, thead, tfoot, caption, article, section, main, aside, nav, header, footer, figure
    case figcaption, blockquote, pre, form, fieldset, button, select, option, textarea, label, input, time
    case address, details, summary, dialog, center, strong, b, em, i, picture, video, audio, source, wbr, track
    case object, embed, canvas, noframes, noembed, xmp, sup, sub, small, cite, font, u, abbr, mark, optgroup
    case hgroup, legend, menu, frameset, param, area, map, col, colgroup, marquee, q, path, s, search

    @inlinable
    public var isHeading: Bool { rawValue >= Tag.h1.rawValue && rawValue <= Tag.h6.rawValue }
}

/// An attribute that extraction looks at; all others are left out before parsing.
@frozen
public enum Attribute: UInt8, CaseIterable, Sendable {
    case `class`, id, href, rel, itemprop, itemtype, property, name, content, datetime, lang, role, type, style, hidden
    case title, testID, component, httpEquiv

    var written: String {
        switch self {
        case .testID: "data-testid"
        case .component: "data-component"
        case .httpEquiv: "http-equiv"
        default: "\(self)"
        }
    }
}
