import Foundation

/// SIGINT, SIGTERM and SIGHUP ask the run to stop; a second one, or an article that takes too long, ends the program
/// at once.
enum Signals {
    /// Written by the handler alone, which may only touch a plain word.
    nonisolated(unsafe) private static var pending: sig_atomic_t = 0

    /// The signal that came; nil while none has.
    static var received: Int32? { pending == 0 ? nil : Int32(pending) }

    static func install() {
        occupyStandardStreams()
        // A reader that closes our output early is no reason to die in the middle of a run.
        signal(SIGPIPE, SIG_IGN)
        for number in asking where !isIgnored(number) {
            signal(number) { number in
                if Signals.pending != 0 { _exit(128 + number) }
                Signals.pending = sig_atomic_t(number)
                alarm(4)
            }
        }
        signal(SIGALRM) { _ in _exit(128 + Int32(Signals.pending)) }
        unblock(asking + [SIGALRM])
    }

    /// From here on it is too late to stop.
    static func ignore() {
        alarm(0)
        for number in asking { signal(number, SIG_IGN) }
    }

    private static let asking = [SIGINT, SIGTERM, SIGHUP]

    /// A parent's blocked signals are inherited; a run that nobody can stop helps nobody.
    private static func unblock(_ numbers: [Int32]) {
        var set = sigset_t()
        sigemptyset(&set)
        for number in numbers { sigaddset(&set, number) }
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
    }

    /// Under nohup, SIGHUP stays ignored.
    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(number, nil, &action) == 0 else { return false }
        #if canImport(Darwin)
            return unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self)
                == unsafeBitCast(SIG_IGN, to: Int.self)
        #else
            return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
                == unsafeBitCast(SIG_IGN, to: Int.self)
        #endif
    }

    /// Where a standard stream is closed the first file of the run would take its number, and messages would end in it.
    private static func occupyStandardStreams() {
        for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest free number is taken, and those below are in use by now.
            _ = open("/dev/null", O_RDWR)
        }
    }
}
