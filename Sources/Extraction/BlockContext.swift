import Markup

/// What stands around a text: one bit for each kind of element and each meaning of a class or id.
struct BlockContext: OptionSet, Sendable {
    var rawValue: UInt64

    init(rawValue: UInt64) { self.rawValue = rawValue }

    private init(bit: Int) { rawValue = 1 << UInt64(bit) }

    // Elements.
    static let article = Self(bit: 0), main = Self(bit: 1), section = Self(bit: 2), aside = Self(bit: 3)
    static let nav = Self(bit: 4), header = Self(bit: 5), footer = Self(bit: 6), figure = Self(bit: 7)
    static let figcaption = Self(bit: 8), form = Self(bit: 9), list = Self(bit: 10), table = Self(bit: 11)
    static let blockquote = Self(bit: 12), anchor = Self(bit: 13), heading = Self(bit: 14), strong = Self(bit: 15)
    static let button = Self(bit: 16), pre = Self(bit: 17), definition = Self(bit: 18), address = Self(bit: 19)
    static let hidden = Self(bit: 20), details = Self(bit: 21), paragraph = Self(bit: 22), emphasis = Self(bit: 23)

    // Meanings of class, id, itemprop, role and data-component tokens; the names stand in ``ContextToken``.
    static let firstMeaning = 24
    static let body = Self(bit: 24)

    static func element(_ tag: Tag) -> Self {
        switch tag {
        case .article: .article
        case .main: .main
        case .section: .section
        case .aside: .aside
        case .nav: .nav
        case .header: .header
        case .footer: .footer
        case .figure: .figure
        case .figcaption, .caption: .figcaption
        case .form, .fieldset, .select: .form
        case .ul, .ol, .menu: .list
        case .table: .table
        case .blockquote, .q: .blockquote
        case .a: .anchor
        case .h1, .h2, .h3, .h4, .h5, .h6: .heading
        case .strong, .b: .strong
        case .button, .label, .option: .button
        case .pre: .pre
        case .dl: .definition
        case .address: .address
        case .details, .dialog: .details
        case .p: .paragraph
        case .em, .i: .emphasis
        default: []
        }
    }
}
