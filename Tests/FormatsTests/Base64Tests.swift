import Foundation
import Testing

@testable import Formats

struct Base64Tests {
    @Test(
        "the examples of RFC 4648, with and without padding and white space",
        arguments: [
            ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"), ("Zm9vYmE=", "fooba"),
            ("Zm9vYmFy", "foobar"),
            ("Zm9vYg", "foob"), ("Zm9v\r\nYmFy\n", "foobar"), (" Z g = = ", "f"),
        ]
    )
    func decoded(text: String, expected: String) {
        #expect(Base64.decode(text) == Array(expected.utf8))
    }

    @Test("what is no base64 is refused", arguments: ["Z", "Zm9vY", "Zg==Zg==", "Zm9v!", "Zm-_", "ل"])
    func refused(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test("every byte at every place survives", arguments: 0..<50)
    func roundTrip(length: Int) {
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ length) }
        #expect(Base64.decode(Data(bytes).base64EncodedString()) == bytes)
    }
}
