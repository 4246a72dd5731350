import Foundation
import Testing

/// A pipeline that ran yesterday and is about to run today, and what unbroken runs publish on both days.
struct TwoDays {
    let old: [String: Data]
    let new: [String: Data]
    let yesterday: Pipeline

    init() throws {
        old = try #require(try Pipeline.expected(day: 1))
        new = try #require(try Pipeline.expected(day: 2))
        yesterday = try Pipeline()
        _ = try yesterday.etl().run()
        try yesterday.writeDay(2)
    }
}
