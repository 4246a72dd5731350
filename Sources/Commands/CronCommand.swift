import ArgumentParser
import Engine
import Foundation

struct CronCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cron",
        abstract: "Print what runs a pipeline every night: crontab, systemd and logrotate.",
        discussion: "Every path is absolute; a run that succeeds says nothing. Nothing is installed."
    )

    @OptionGroup var arguments: DefinitionArguments

    @Option(help: ArgumentHelp("When, every day.", valueName: "hh:mm"))
    var at = "03:15"

    @Option(
        help: ArgumentHelp(
            "Where failures are written to; the output's path with .log when left out.",
            valueName: "file"
        )
    )
    var log: String?

    func validate() throws {
        guard time != nil else { throw ValidationError("--at \(at): expected a time such as 03:15") }
    }

    func run() throws {
        try reportingFailures {
            let plan = try arguments.plan()
            let definition = absolute(try DefinitionFile.find(arguments.definition))
            let words =
                [program, "run", definition] + arguments.param.flatMap { ["--param", $0] }
                + arguments.set.flatMap { ["--set", $0] }
            let schedule = Schedule(
                name: plan.definition.name,
                words: words,
                log: absolute(log ?? plan.definition.output + ".log"),
                hour: time?.hour ?? 0,
                minute: time?.minute ?? 0
            )
            Terminal.print(schedule.text)
        }
    }

    private var time: (hour: Int, minute: Int)? {
        let parts = at.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0...23).contains(hour),
            (0...59).contains(minute)
        else { return nil }
        return (hour, minute)
    }

    private var program: String { absolute(Bundle.main.executablePath ?? CommandLine.arguments[0]) }

    private func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.path
    }
}

/// A daily run as the schedulers of a system want it written.
struct Schedule {
    let name: String
    let words: [String]
    let log: String
    let hour: Int
    let minute: Int

    var text: String {
        """
        # crontab -e
        # Exit 75 means that the last run is still at work. Run it once by hand first.
        \(crontab)

        # /etc/systemd/system/\(unit).service
        [Unit]
        Description=etl run of \(name.replacingOccurrences(of: "%", with: "%%"))
        Wants=network-online.target
        After=network-online.target

        [Service]
        Type=oneshot
        ExecStart=\(words.map(Self.systemd).joined(separator: " "))
        Nice=10
        TimeoutStopSec=10

        # /etc/systemd/system/\(unit).timer    then: systemctl enable --now \(unit).timer
        [Unit]
        Description=etl run of \(name.replacingOccurrences(of: "%", with: "%%")), every day

        [Timer]
        OnCalendar=*-*-* \(two(hour)):\(two(minute)):00
        RandomizedDelaySec=5m
        Persistent=true

        [Install]
        WantedBy=timers.target

        # /etc/logrotate.d/\(unit)
        \(Self.logrotate(log)) {
            weekly
            rotate 8
            compress
            missingok
            notifempty
        }
        """
    }

    /// In a crontab an unescaped % ends the command, whatever the quotes.
    var crontab: String {
        let command = words.map(Self.shell).joined(separator: " ") + " 2>> " + Self.shell(log)
        return "\(minute) \(hour) * * * " + command.replacingOccurrences(of: "%", with: "\\%")
    }

    private var unit: String {
        "etl-"
            + String(
                name.unicodeScalars.map {
                    $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0)) ? Character($0) : "-"
                }
            )
    }

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// A word for sh: as it is, or in single quotes.
    static func shell(_ word: String) -> String {
        let isPlain = !word.isEmpty && word.utf8.allSatisfy { plain.contains($0) }
        return isPlain ? word : "'" + word.replacingOccurrences(of: "'", with: #"'\''"#) + "'"
    }

    /// A word for ExecStart=, where % and $ have meanings of their own (systemd.service(5), "Command lines").
    static func systemd(_ word: String) -> String {
        let escaped = word.replacingOccurrences(of: "%", with: "%%").replacingOccurrences(of: "$", with: "$$")
        if !word.isEmpty, word.utf8.allSatisfy({ plain.contains($0) }) { return escaped }
        return "\"" + escaped.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
            + "\""
    }

    static func logrotate(_ path: String) -> String {
        path.utf8.allSatisfy { plain.contains($0) } ? path : "\"" + path + "\""
    }

    private static let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-=:,+@%".utf8)
}
