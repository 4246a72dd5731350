import Testing

@testable import Hashing
