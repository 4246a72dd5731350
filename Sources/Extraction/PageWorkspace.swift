import Locking
import Markup

/// The memory one page at a time is worked on in.
///
/// Borrowed from a free list under a lock; between `borrow` and `giveBack` one thread owns it alone.
final class PageWorkspace {
    let parser: PageParser
    var scan = BlockScan()
    var buffer = BlockBuffer()
    var candidate = ContentCandidate()
    var features = BlockFeatures()
    var scorer = BlockScorer()

    private init(_ limits: PageLimits) {
        parser = PageParser(limits: limits)
    }

    deinit {
        scan.deallocate()
        buffer.deallocate()
        candidate.deallocate()
        features.deallocate()
        scorer.deallocate()
    }

    static func borrow(_ limits: PageLimits) -> PageWorkspace {
        let free = PageWorkspaces.shared.take()
        if let free, free.parser.limits == limits { return free }
        return PageWorkspace(limits)
    }

    func giveBack() {
        PageWorkspaces.shared.put(self)
    }
}

/// Workspaces that no thread owns at the moment.
private final class PageWorkspaces: @unchecked Sendable {
    static let shared = PageWorkspaces()

    private let monitor = Monitor()
    private var free: [PageWorkspace] = []
    private static let maxFree = 64

    func take() -> PageWorkspace? {
        monitor.lock()
        defer { monitor.unlock() }
        return free.popLast()
    }

    func put(_ workspace: PageWorkspace) {
        monitor.lock()
        defer { monitor.unlock() }
        if free.count < Self.maxFree { free.append(workspace) }
    }
}
