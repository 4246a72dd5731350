import Testing

@testable import Charsets
