import ArgumentParser
import Foundation

/// Why a command ends with a code other than 0: the message for the standard error, then the exit.
struct Failure: Error {
    let code: Int32
    let message: String
}

/// What people read: results on the standard output, everything else on the standard error.
enum Terminal {
    static let isInteractive = isatty(2) == 1

    /// Columns of the terminal, 80 where nobody knows.
    static var width: Int {
        var size = winsize()
        return ioctl(2, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    static func note(_ text: String) {
        write("etl: \(text)\n", to: 2)
    }

    /// A result; one that cannot be written whole ends the program with 74, unless its reader has gone or there never was one.
    static func print(_ text: String, terminator: String = "\n") {
        guard !write(text + terminator, to: 1), errno != EPIPE, errno != EBADF else { return }
        note("cannot write the output: " + String(cString: strerror(errno)))
        exit(74)
    }

    /// Writes what it can and says whether that was all; a closed stream is no reason to stop a run.
    @discardableResult
    static func write(_ text: String, to descriptor: Int32) -> Bool {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                return false
            }
            bytes = bytes.dropFirst(count)
        }
        return true
    }
}

extension ParsableCommand {
    /// Runs a command's body and turns failures into messages and exit codes.
    func reportingFailures(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch let failure as Failure {
            if !failure.message.isEmpty { Terminal.write(failure.message + "\n", to: 2) }
            throw ExitCode(failure.code)
        }
    }
}
