import Pipeline

/// What a record says about the page it holds.
struct PageFields {
    private var html: String?
    private var base64: String?
    private var encoding: String?

    /// Takes over a field of the page; false when it is none, or was given before.
    mutating func set(_ field: ArticleField?, _ value: String) -> Bool {
        switch field {
        case .html where html == nil: html = value
        case .htmlBase64 where base64 == nil: base64 = value
        case .encoding where encoding == nil: encoding = value
        default: return false
        }
        return true
    }

    /// The page, if there is one; raw bytes go before decoded text.
    func page(offset: Int) throws(ArticleError) -> Page? {
        if let base64 {
            guard let bytes = Base64.decode(base64) else {
                throw ArticleError(code: "invalid_base64", message: "html_b64 is no base64 (RFC 4648)", offset: offset)
            }
            return Page(.bytes(bytes), declaredEncoding: encoding)
        }
        return html.map { Page(.text($0)) }
    }
}
