import Testing

@testable import Deduplication
