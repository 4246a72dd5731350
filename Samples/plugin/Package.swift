// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "news",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "etl", path: "../..")],
    targets: [
        .executableTarget(name: "news", dependencies: [.product(name: "ETL", package: "etl")])
    ],
    swiftLanguageModes: [.v6]
)
