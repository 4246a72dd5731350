import Testing

@testable import Entities
