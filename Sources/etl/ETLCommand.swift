import ArgumentParser

@main
struct ETLCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "etl")
}
