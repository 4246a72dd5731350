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

    static func print(_ text: String) {
        write(text + "\n", to: 1)
    }

    /// Writes what it can; a closed stream is no reason to stop a run.
    static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                return
            }
            bytes = bytes.dropFirst(count)
        }
    }
}

extension ParsableCommand {
    /// Runs a command's body and turns failures into messages and exit codes.
    func reportingFailures(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch let failure as Failure {
            Terminal.write(failure.message + "\n", to: 2)
            throw ExitCode(failure.code)
        }
    }
}
