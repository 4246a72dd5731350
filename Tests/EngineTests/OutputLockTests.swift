import Testing

@testable import Engine

@Suite struct OutputLockTests {
    private let scratch = Scratch()

    @Test func itDiesWithItsHolder() throws {
        var first: OutputLock? = try OutputLock(Folder(scratch.path))
        #expect(first?.isInPlace == true)
        let error = #expect(throws: RunError.self) { try OutputLock(Folder(scratch.path)) }
        #expect(error?.message == "another run is writing to this output (it holds \(scratch.path)/.lock)")
        first = nil
        _ = try OutputLock(Folder(scratch.path))
    }

    @Test func aLockWhoseFileWasRemovedIsNoLock() throws {
        let lock = try OutputLock(Folder(scratch.path))
        try FileSystem.remove(scratch.path + "/.lock")
        #expect(!lock.isInPlace)
        _ = try OutputLock(Folder(scratch.path))
        #expect(!lock.isInPlace)
    }
}
