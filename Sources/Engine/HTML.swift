/// Markup in which every value that is put in is escaped: what comes from an article can only ever be text.
///
/// ```swift
/// let cell: HTML = "<td>\(title)</td>"   // a String is escaped, an HTML is not, an Int is grouped: 10,161
/// ```
struct HTML: ExpressibleByStringInterpolation, Sendable {
    private(set) var text: String

    init(stringLiteral text: String) {
        self.text = text
    }

    init(stringInterpolation: Interpolation) {
        text = stringInterpolation.text
    }

    static func += (left: inout HTML, right: HTML) { left.text += right.text }

    static func joined(_ pieces: some Sequence<HTML>) -> HTML {
        pieces.reduce(into: "") { $0 += $1 }
    }

    struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        init(literalCapacity: Int, interpolationCount: Int) {}

        mutating func appendLiteral(_ literal: String) { text += literal }
        mutating func appendInterpolation(_ html: HTML) { text += html.text }
        mutating func appendInterpolation(_ text: String) { self.text += HTML.escaped(text) }
        mutating func appendInterpolation(_ number: Int) { text += HTML.grouped(number) }
        /// A number of a drawing, in hundredths.
        mutating func appendInterpolation(at place: Double) { text += HTML.decimal(place, digits: 2) }
    }

    static func grouped(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return (number < 0 ? "−" : "") + text
    }

    static func decimal(_ number: Double, digits: Int) -> String {
        var scale = 1
        for _ in 0..<digits { scale *= 10 }
        guard number.isFinite, number.magnitude < 1e12 else { return "0" }
        let whole = Int((number * Double(scale)).rounded())
        let fraction = String(whole.magnitude % UInt(scale))
        let sign = whole < 0 ? "-" : ""
        let head = sign + String(whole.magnitude / UInt(scale))
        return digits == 0 ? head : head + "." + String(repeating: "0", count: digits - fraction.count) + fraction
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\t", "\n": result.unicodeScalars.append(scalar)
            // Control characters are errors in HTML.
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
