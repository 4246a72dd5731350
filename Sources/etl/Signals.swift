import Foundation

/// SIGINT, SIGTERM and SIGHUP ask the run to stop; a second one ends the program at once.
enum Signals {
    /// Written by the handler alone, which may only touch a plain word.
    nonisolated(unsafe) private static var pending: sig_atomic_t = 0

    /// The signal that came; nil while none has.
    static var received: Int32? { pending == 0 ? nil : Int32(pending) }

    static func install() {
        // A reader that closes our output early is no reason to die in the middle of a run.
        signal(SIGPIPE, SIG_IGN)
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number) { number in
                if Signals.pending != 0 { _exit(128 + number) }
                Signals.pending = sig_atomic_t(number)
            }
        }
    }
}
