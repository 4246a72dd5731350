import Deduplication
import Hashing
import Pipeline

extension Article {
    /// Fills in what every output has and no input need have: words, content hash, id.
    ///
    /// The id is the input's own where it has one, else stable over runs: from the URL, else from the outlet, the
    /// input's name without its folders, and the content hash. 96 bits of SHA-256: two of a hundred million articles
    /// share one with a chance of 1e-13.
    public mutating func identify() {
        _ = countWords()
        let hash = contentHash ?? Deduplication.contentHash(of: text)
        contentHash = hash
        guard id == nil else { return }
        let name = provenance.path.split(separator: "/").last ?? ""
        let seed = url.map { "url\n" + $0 } ?? "name\n\(outlet ?? "")\n\(name)\n\(hash.hex)"
        id = String(SHA256.hash(Array(seed.utf8)).hex.prefix(24))
    }
}
