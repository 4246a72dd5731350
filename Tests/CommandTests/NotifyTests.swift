import Foundation
import TestSupport
import Testing

/// `notify`: dead man's switches.
@Suite struct NotifyTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("{\"text\":\"one two\"}\n", to: "in.jsonl")
    }

    private func run(_ notify: String, guards: String = "", environment: [String: String] = [:]) throws
        -> Program.Result
    {
        try folder.write(
            """
            { "name": "n", "output": "out", "guards": { \(guards) }, "notify": { \(notify) }, "stages": [
              { "stage": "ingest", "paths": ["in.jsonl"] }, { "stage": "export", "file": "a.jsonl" } ] }
            """,
            to: "p.json"
        )
        return try Program.run(["run", folder.path + "/p.json"], environment: environment)
    }

    @Test func startAndEndAreTold() throws {
        let monitor = try Listener(answers: 2)
        let urls = #""start": "\#(monitor.url)/${secret:KEY}/start", "success": "\#(monitor.url)/${secret:KEY}""#
        let result = try run(urls + #", "failure": "\#(monitor.url)/fail""#, environment: ["KEY": "k-12"])
        #expect(result.exitCode == 0)
        #expect(result.errors.isEmpty)
        #expect(monitor.requests().map { $0.line } == ["GET /k-12/start HTTP/1.1", "GET /k-12 HTTP/1.1"])
    }

    @Test func aFailureSaysWhy() throws {
        let monitor = try Listener(answers: 1)
        let result = try run(#""failure": "\#(monitor.url)/fail""#, guards: #""minArticles": 2"#)
        #expect(result.exitCode == 65)
        let request = try #require(monitor.requests().first)
        #expect(request.line == "POST /fail HTTP/1.1")
        #expect(request.body.hasPrefix("1 articles were kept, fewer than guards.minArticles (2)"))
    }

    @Test func aMonitorThatIsDownIsAWarning() throws {
        let result = try run(#""success": "http://127.0.0.1:9/${secret:KEY}""#, environment: ["KEY": "k-12"])
        #expect(result.exitCode == 0)
        #expect(result.errors.hasPrefix("etl: n: cannot call notify.success: curl: (7) "))
        #expect(!result.errors.contains("k-12"))
        #expect(folder.exists("out/a.jsonl"))
    }

    @Test func whatIsNoURLIsRefused() throws {
        let result = try run(#""start": "ftp://a.example""#)
        #expect(result.exitCode == 78)
        #expect(result.errors.contains(#""start" in notify is no URL"#))
    }
}

/// Answers some requests on the loopback interface with 200, and keeps them.
private final class Listener {
    private let socket: Int32
    private let count: Int
    let url: String

    init(answers count: Int) throws {
        self.count = count
        #if canImport(Darwin)
            let kind = SOCK_STREAM
        #else
            let kind = Int32(SOCK_STREAM.rawValue)
        #endif
        let made = Foundation.socket(AF_INET, kind, 0)
        socket = made
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let size = length
        let isReady = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(made, $0, size) == 0 && listen(made, 8) == 0 && getsockname(made, $0, &length) == 0
            }
        }
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
        try #require(isReady)
        answer()
    }

    private let group = DispatchGroup()
    nonisolated(unsafe) private var seen: [(line: String, body: String)] = []

    private func answer() {
        nonisolated(unsafe) let this = self
        DispatchQueue(label: "listener").async(group: group) {
            for _ in 0..<this.count {
                let connection = accept(this.socket, nil, nil)
                guard connection >= 0 else { return }
                var bytes: [UInt8] = []
                var buffer = [UInt8](repeating: 0, count: 4096)
                while !Self.isWhole(bytes) {
                    let count = recv(connection, &buffer, buffer.count, 0)
                    guard count > 0 else { break }
                    bytes += buffer[0..<count]
                }
                let text = String(decoding: bytes, as: UTF8.self)
                let parts = text.components(separatedBy: "\r\n\r\n")
                this.seen.append((text.components(separatedBy: "\r\n")[0], parts.count > 1 ? parts[1] : ""))
                let reply = Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".utf8)
                _ = send(connection, reply, reply.count, 0)
                close(connection)
            }
        }
    }

    private static func isWhole(_ bytes: [UInt8]) -> Bool {
        let parts = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n\r\n")
        guard parts.count > 1 else { return false }
        let header = parts[0].lowercased().components(separatedBy: "content-length: ")
        let length = header.count > 1 ? Int(header[1].prefix { $0.isNumber }) ?? 0 : 0
        return parts[1].utf8.count >= length
    }

    /// What came, once everything has.
    func requests() -> [(line: String, body: String)] {
        _ = group.wait(timeout: .now() + 20)
        shutdown(socket, Int32(2))
        close(socket)
        return seen
    }
}
