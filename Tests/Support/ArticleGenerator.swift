/// Seeded articles of invented Arabic words, and their alterations.
public struct ArticleGenerator {
    private var state: UInt64
    private let letters = Array("بتثجحخدذرزسشصضطظعغفقكلمنهوي")

    public init(seed: UInt64) { state = seed }

    public mutating func number(below bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ z >> 31) % UInt64(bound))
    }

    public mutating func word() -> String {
        String((0..<3 + number(below: 4)).map { _ in letters[number(below: letters.count)] })
    }

    public mutating func words(_ count: Int) -> [String] { (0..<count).map { _ in word() } }

    /// The words with `percent` of them replaced.
    public mutating func edited(_ words: [String], percent: Int) -> [String] {
        words.map { number(below: 100) < percent ? word() : $0 }
    }

    /// Originals with copies of several kinds among them, the same for the same seed.
    public mutating func stream(_ count: Int) -> [[String]] {
        var articles: [[String]] = []
        while articles.count < count {
            let earlier = articles.isEmpty ? [] : articles[number(below: articles.count)]
            switch articles.isEmpty ? 9 : number(below: 10) {
            case 0: articles.append(earlier)
            case 1: articles.append(edited(earlier, percent: 5))
            case 2: articles.append(edited(earlier, percent: 20))
            case 3: articles.append(Array(earlier.prefix(max(20, earlier.count / 3))))
            case 4: articles.append(words(8) + earlier + words(12))
            case 5: articles.append(earlier + words(earlier.count * 2))
            case 6: articles.append(words(4))
            default: articles.append(words(40 + number(below: 200)))
            }
        }
        return articles
    }
}
