/// Why a line of scraped text is no part of its article; the raw value is the stable code in ``RemovedText/reason``.
enum ChromeReason: String, CaseIterable, Sendable {
    /// The title once more.
    case repeatedHeadline = "repeated_headline"
    /// A number alone above or below the article: comments, shares, views.
    case counter
    /// The section's name, above the title.
    case sectionLabel = "section_label"
    /// Who wrote it, for whom and where.
    case byline
    /// When it was published or changed, how long it takes to read.
    case dateLine = "date_line"
    /// "Read also" and the like, above links to other articles.
    case relatedLabel = "related_label"
    /// The headline of another article.
    case relatedLink = "related_link"
    case commentForm = "comment_form"
    case navigation
    case share
    case sourceLabel = "source_label"
    case subscription
    case copyright
    case tags
    case advertisement
    /// Cookies, privacy choices.
    case consent
    /// The credit or the label of a picture or a film.
    case media
    /// A short line that stands in many articles of the outlet.
    case outletLine = "outlet_line"
    /// What a whole page has above the article: menus, banners.
    case beforeBody = "before_body"
    /// What a whole page has between the article's paragraphs: boxes, teasers.
    case insideBody = "inside_body"
    /// What a whole page has below the article: teasers, comments, the foot.
    case afterBody = "after_body"

    /// Whether nothing of the article follows a certain phrase of this kind that stands behind the last paragraph.
    var opensTail: Bool {
        switch self {
        case .relatedLabel, .commentForm, .navigation, .share, .subscription, .copyright, .consent, .tags: true
        default: false
        }
    }

    /// Whether a phrase of this kind may be followed by a colon and what belongs to it.
    var takesText: Bool {
        switch self {
        case .relatedLabel, .byline, .dateLine, .share, .sourceLabel, .tags, .media, .subscription: true
        default: false
        }
    }
}
