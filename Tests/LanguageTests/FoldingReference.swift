import Foundation

/// The folding by its rules, scalar by scalar, from Unicode's own properties: slow, and what the table has to equal.
enum FoldingReference {
    /// What a scalar folds to, a space standing for a separator.
    static func fold(_ scalar: Unicode.Scalar) -> String {
        if isPresentationOfMark(scalar) { return "" }
        var text = String(Character(scalar))
        while true {
            let next = text.decomposedStringWithCompatibilityMapping.unicodeScalars.map(step).joined()
            // String's == holds canonical equivalents for the same.
            if next.utf8.elementsEqual(text.utf8) { break }
            text = next
        }
        return text.split(separator: " ", omittingEmptySubsequences: false).reduce(into: [Substring]()) { parts, part in
            if !(part.isEmpty && parts.count > 1 && parts.last?.isEmpty == true) { parts.append(part) }
        }.joined(separator: " ")
    }

    /// Isolated and medial tashkeel: Unicode decomposes them to a space or a tatweel with the mark, but they stand
    /// inside words.
    private static func isPresentationOfMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xFC5E...0xFC63, 0xFCF2...0xFCF4, 0xFE70...0xFE72, 0xFE74, 0xFE76...0xFE7F: true
        default: false
        }
    }

    private static let variants: [Unicode.Scalar: String] = [
        "\u{0640}": "", "\u{0674}": "",
        "ٱ": "ا", "ٲ": "ا", "ٳ": "ا",
        "ى": "ي", "ی": "ي", "ې": "ي",
        "ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ۃ": "ه",
        "ک": "ك", "ڪ": "ك",
        "\u{02BC}": " ",
    ]

    private static func step(_ scalar: Unicode.Scalar) -> String {
        if let variant = variants[scalar] { return variant }
        let properties = scalar.properties
        if properties.isDefaultIgnorableCodePoint { return "" }
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark, .format: return ""
        case .decimalNumber: return String(Int(properties.numericValue ?? 0))
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .letterNumber,
            .otherNumber:
            // Upper then lower, so that ß meets SS, ς meets Σ and the Turkish ı meets I.
            return properties.uppercaseMapping.unicodeScalars.map(\.properties.lowercaseMapping).joined()
        default: return " "
        }
    }
}
