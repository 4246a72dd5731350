import Hashing
import Language

/// SHA-256 of the folded text (``Folding``): equal for texts that a reader takes for the same words.
///
/// Empty texts all have the hash of no bytes, and are no duplicates of one another for that.
public func contentHash(of text: String) -> Digest256 {
    SHA256.hash(Folding.fold(text))
}
