import Dispatch
import Testing

@testable import Locking

@Suite struct MonitorTests {
    private final class Counter: @unchecked Sendable {
        let monitor = Monitor()
        var count = 0
    }

    @Test func oneAtATime() {
        let counter = Counter()
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            for _ in 0..<1000 {
                counter.monitor.lock()
                counter.count += 1
                counter.monitor.unlock()
            }
        }
        #expect(counter.count == 8000)
    }

    @Test func whatIsAnnouncedWakesThoseWhoWait() {
        let counter = Counter()
        DispatchQueue.global().async {
            counter.monitor.lock()
            counter.count = 1
            counter.monitor.announce()
            counter.monitor.unlock()
        }
        counter.monitor.lock()
        while counter.count == 0 { counter.monitor.wait() }
        counter.monitor.unlock()
        #expect(counter.count == 1)
    }
}
