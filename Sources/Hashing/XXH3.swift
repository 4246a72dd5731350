import CXXHash

/// XXH3: a fast hash for keys inside a run and for state on disk. Its values are the same on every platform and in
/// every version since 0.8; it is no defence against someone who wants collisions.
///
/// Source: https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
public enum XXH3 {
    public static func hash64(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        XXH3_64bits(bytes.baseAddress, bytes.count)
    }

    public static func hash64(_ string: String) -> UInt64 {
        var string = string
        return string.withUTF8 { hash64(UnsafeRawBufferPointer($0)) }
    }
}
