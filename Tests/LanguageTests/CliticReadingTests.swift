import Testing

@testable import Language

@Suite("Clitic readings")
struct CliticReadingTests {
    @Test(
        "each reading, the whole word first",
        arguments: [
            ("ليبيا", ["ليبيا", "ل+يبيا"]),
            ("وبوتين", ["وبوتين", "و+بوتين", "وب+وتين"]),
            ("للأمم", ["للامم", "ل+لامم", "ل+الامم"]),
            ("وللسراج", ["وللسراج", "و+للسراج", "ول+لسراج", "ول+السراج"]),
            ("كالين", ["كالين", "ك+الين"]),
            ("فبطرابلس", ["فبطرابلس", "ف+بطرابلس", "فب+طرابلس"]),
            ("حفتر", ["حفتر"]), ("ول", ["ول"]), ("Libya", ["libya"]), ("2020", ["2020"]),
        ] as [(String, [String])]
    )
    func readings(word: String, expected: [String]) {
        let list = TokenList(word)
        let known = Dictionary(
            expected.map { text in
                let rest = text.split(separator: "+").last.map(String.init) ?? text
                return (TokenHash.hash(rest), text)
            },
            uniquingKeysWith: { first, _ in first }
        )
        var found: [String] = []
        list.keys.withUnsafeBufferPointer { keys in
            guard let base = keys.baseAddress else { return }
            CliticReader.forEachReading(of: list.tokens[0], keys: base) { reading in
                found.append(known[reading.hash] ?? "?")
                let clitics = found.last?.split(separator: "+")
                #expect(reading.clitics.text == (clitics?.count == 2 ? clitics?.first.map(String.init) : nil))
            }
        }
        #expect(found == expected)
    }

    @Test("the raw length of a clitic counts the marks on it")
    func prefix() {
        var text = "وَبِـطَرابلس"
        let list = TokenList(text)
        text.withUTF8 { utf8 in
            let length = TokenList.prefixLength(of: list.tokens[0], letters: 2, in: utf8)
            #expect(length.scalars == 5)
            #expect(length.bytes == 10)
            #expect(TokenList.prefixLength(of: list.tokens[0], letters: 0, in: utf8).bytes == 0)
        }
    }
}
