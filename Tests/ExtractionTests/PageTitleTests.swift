import Testing

@testable import Extraction

@Suite struct PageTitleTests {
    struct Claims: Sendable {
        var heading = "Harbour opens again after ten years"
        var title = "Harbour opens again after ten years | Daily Example"
        var headline: String? = "Harbour opens again after ten years"
        var shared: String?
        var tweeted: String?
        var isNews = true
        var hasAlternative = false
    }

    static let filed = "Ten years on, ships return to the harbour"
    static let cases: [(claims: Claims, chosen: String)] = [
        (Claims(), "Harbour opens again after ten years"),
        // Page, title and data show what search engines read; the desk's own headline is the shared one.
        (Claims(shared: filed), filed),
        (Claims(shared: filed, tweeted: "Harbour opens again"), filed),
        // A wording that all sharing tags repeat is made for sharing.
        (Claims(shared: filed, tweeted: filed), "Harbour opens again after ten years"),
        (Claims(shared: "All the news from everywhere"), "Harbour opens again after ten years"),
        (Claims(shared: "Harbour opens"), "Harbour opens again after ten years"),
        // The data alone against the page.
        (
            Claims(headline: "Port to open in spring", shared: "Harbour opens again after ten years"),
            "Harbour opens again after ten years"
        ),
        (
            Claims(
                headline: "Port to open in spring",
                shared: "Harbour opens again after ten years",
                hasAlternative: true
            ), "Port to open in spring"
        ),
        (
            Claims(
                heading: "Harbour of the old town opens again after ten long years",
                title: "Harbour of the old town opens again after ten long years",
                headline: "Harbour of the old town opens again after ten long years",
                shared: "Harbour opens again after ten years",
                tweeted: "Harbour opens again after ten years"
            ), "Harbour opens again after ten years"
        ),
    ]

    @Test(arguments: cases)
    func headlineIsChosenAmongTheClaims(claims: Claims, chosen: String) {
        let title = PageTitle.choose(
            headings: [claims.heading],
            subheadings: [],
            headline: claims.headline,
            meta: claims.shared,
            tweeted: claims.tweeted,
            title: claims.title,
            excerpt: nil,
            outletNames: PageTitle.outletNames(["Daily Example"], nil),
            isNews: claims.isNews,
            hasAlternative: claims.hasAlternative
        )
        #expect(title == chosen)
    }
}
