import Testing

@testable import Extraction

@Suite struct PageAuthorsTests {
    @Test(arguments: [
        ("Salem Ali Example News", ["Salem Ali"]),
        ("Example News, Tripoli, Libya", ["Example News"]),
        ("By Salem Ali and Nura Hasan", ["Salem Ali", "Nura Hasan"]),
        ("Barnes and Noble", ["Barnes and Noble"]),
        ("von: Anna Meier; Jan Schmidt", ["Anna Meier", "Jan Schmidt"]),
        ("Example News", ["Example News"]),
        ("Mi Perfil", []),
    ])
    func statedAuthors(author: String, expected: [String]) throws {
        let html = """
            <html><head><title>The harbour opens again after ten years</title>
            <meta property="og:site_name" content="Example News | All the news">
            <meta name="author" content="\(author)"></head><body><article>
            <p>The harbour took containers again on Monday, after ten years in which no ship had called, its director said.</p>
            </article></body></html>
            """
        #expect(try PageExtractor().extract(html).authors == expected)
    }
}
