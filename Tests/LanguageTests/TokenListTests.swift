import Testing

@testable import Language

@Suite("Tokens")
struct TokenListTests {
    @Test(
        "words, numbers and signs are cut and folded",
        arguments: [
            ("قال حفتر.", ["قال", "حفتر", "."]),
            ("إيمانويل أسامة آكار ٱلله", ["ايمانويل", "اسامه", "اكار", "الله"]),
            ("موسى مؤتمر رئيس ترهونة", ["موسي", "موتمر", "رييس", "ترهونه"]),
            ("السيسيّ مُعَمَّر ليبـــيا", ["السيسي", "معمر", "ليبيا"]),
            ("کرملین پوتین گاز", ["كرملين", "بوتين", "كاز"]),
            ("\u{FEDF}\u{FEF4}\u{FE92}\u{FEF4}\u{FE8E} \u{FEFB}", ["ليبيا", "لا"]),
            ("١٦ ألف و5,000.5 شخص ٪", ["16", "الف", "و", "5,000.5", "شخص", "٪"]),
            ("8/7/2020", ["8", "/", "7", "/", "2020"]),
            ("عام 2015.", ["عام", "2015", "."]),
            ("António ÇAVUŞOĞLU G20", ["antonio", "cavusoglu", "g20"]),
            ("سرت-الجفرة “ليبيا”", ["سرت", "-", "الجفره", "“", "ليبيا", "”"]),
            ("ab\u{200F}\u{200C}c\u{FEFF}", ["abc"]),
            ("الـ15", ["ال", "15"]),
            ("", []), ("  \n ", []), ("🇱🇾", ["🇱", "🇾"]),
        ] as [(String, [String])]
    )
    func keys(text: String, expected: [String]) {
        let list = TokenList(text)
        #expect(list.tokens.indices.map(list.key) == expected)
    }

    @Test("every token slices back to its raw text by bytes and by code points")
    func slices() {
        let text = "\u{FEFF}قالَ «حَفْتَر»:\u{200F} 🇱🇾 Ünïted ٣٫٥٪\r\n\nوبوتين\u{0301} x"
        let list = TokenList(text)
        let bytes = Array(text.utf8)
        let scalars = Array(text.unicodeScalars)
        var last = 0
        for token in list.tokens {
            #expect(Int(token.start) >= last)
            last = Int(token.end)
            let byBytes = String(decoding: bytes[Int(token.byteStart)..<Int(token.byteEnd)], as: UTF8.self)
            var byScalars = String.UnicodeScalarView()
            byScalars.append(contentsOf: scalars[Int(token.start)..<Int(token.end)])
            #expect(byBytes == String(byScalars))
            #expect(!byBytes.isEmpty)
        }
        #expect(list.tokens.map(\.gap)[0] == .paragraph)
        #expect(list.tokens.first { list.key($0) == "وبوتين" }?.gap == .paragraph)
    }

    @Test("the hash is that of the key")
    func hashes() {
        let list = TokenList("بوتين وماكرون")
        #expect(list.tokens[0].hash == TokenHash.hash("بوتين"))
        #expect(TokenHash.hash("بوتين") != TokenHash.hash("بوتيم"))
        #expect(TokenHash.hash("a") != TokenHash.hash("a\0"))
    }

    @Test(
        "capitals",
        arguments: [
            ("AP", Token.Capitals.all), ("Haftar", .first), ("haftar", .none), ("ليبيا", .none), ("G20", .first),
        ]
    )
    func capitals(text: String, expected: Token.Capitals) {
        #expect(TokenList(text).tokens[0].capitals == expected)
    }
}
