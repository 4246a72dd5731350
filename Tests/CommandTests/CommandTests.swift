import Testing

@testable import etl
