import Testing

@testable import Deduplication

struct CanonicalURLTests {
    @Test(arguments: [
        ("https://www.Example.com/a/B?x=1", "example.com/a/B?x=1"),
        ("http://example.com/a/B/?x=1", "example.com/a/B?x=1"),
        ("HTTPS://example.com:443/a#top", "example.com/a"),
        ("http://example.com:80/a", "example.com/a"),
        ("http://example.com:8080/a", "example.com:8080/a"),
        ("https://example.com/a?utm_source=x&id=7&fbclid=abc", "example.com/a?id=7"),
        ("https://example.com/a?utm_source=x", "example.com/a"),
        ("https://example.com/?p=12", "example.com?p=12"),
        ("https://example.com?p=12", "example.com?p=12"),
        ("https://example.com/%D9%84%D9%8a%D8%A8", "example.com/ليب"),
        ("https://example.com/ليب", "example.com/ليب"),
        ("  https://example.com/a  ", "example.com/a"),
        ("https://example.com/50%", "example.com/50%"),
    ])
    func canonical(url: String, expected: String) {
        #expect(CanonicalURL(url)?.text == expected)
    }

    @Test(arguments: [
        "", "example.com/a", "ftp://example.com/a", "https://example.com/", "https://example.com", "https:///a",
        "file:///a",
    ])
    func noPage(url: String) {
        #expect(CanonicalURL(url) == nil)
    }

    @Test func differentPagesStayDifferent() {
        let urls = [
            "https://e.com/a?id=1", "https://e.com/a?id=2", "https://e.com/a", "https://e.com/b", "https://m.e.com/a",
            "https://e.com/A",
        ]
        #expect(Set(urls.compactMap { CanonicalURL($0)?.text }).count == urls.count)
    }
}
