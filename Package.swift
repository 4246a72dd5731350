// swift-tools-version: 6.2
import PackageDescription

/// Warnings are errors where `CI` is set, so a newer compiler's new warning never stops a user's build.
let strict: [SwiftSetting] = Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)]

/// Debug builds let a test break the n-th file system call of a run.
let faults: [SwiftSetting] = strict + [.define("FAULTS", .when(configuration: .debug))]

/// The folder listing is the data flow: every arrow points from a module to one above it in this list.
let modules: [(name: String, dependencies: [Target.Dependency])] = [
    ("JSON", []),
    ("Hashing", ["CCrypto", "CXXHash"]),
    ("Charsets", ["CUchardet"]),
    ("Language", []),
    ("Locking", []),
    ("Markup", ["CLibXML2"]),
    ("Extraction", ["Markup", "Charsets", "Language", "Locking", "JSON"]),
    ("Deduplication", ["Language", "Hashing"]),
    ("Entities", ["Language", "JSON", "Hashing", "Locking", "CEntityModel"]),
    ("Processes", ["Locking"]),
    ("Pipeline", ["JSON", "Language", "Hashing"]),
    (
        "Formats",
        [
            "Pipeline", "JSON", "Hashing", "Charsets", "Language", "CZlib", "CZstd",
            .product(name: "GRDB", package: "GRDB.swift"),
        ]
    ),
    ("Engine", ["Pipeline", "JSON", "Hashing", "Locking", .product(name: "GRDB", package: "GRDB.swift")]),
    (
        "Stages",
        [
            "Pipeline", "Formats", "Extraction", "Deduplication", "Entities", "Processes", "Language", "JSON",
            "Hashing",
        ]
    ),
]

/// What the tests of a module need besides what the module needs.
let testDependencies: [String: [Target.Dependency]] = [
    "Deduplication": ["TestSupport"], "Stages": ["Engine", "TestSupport"],
]

/// `make fuzz` sets it: the fuzzer's own library has the main function that this program lacks.
let fuzzing: [Target] =
    Context.environment["ETL_FUZZ"] == nil
    ? [] : [.executableTarget(name: "Fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzz/Entry")]

let package = Package(
    name: "etl",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "etl", targets: ["etl"]),
        .library(name: "ETL", targets: modules.map(\.name) + ["Commands"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibXML2",
            pkgConfig: "libxml-2.0",
            providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]
        ),
        .systemLibrary(
            name: "CUchardet",
            pkgConfig: "uchardet",
            providers: [.apt(["libuchardet-dev"]), .brew(["uchardet"])]
        ),
        .systemLibrary(
            name: "CXXHash",
            pkgConfig: "libxxhash",
            providers: [.apt(["libxxhash-dev"]), .brew(["xxhash"])]
        ),
        .systemLibrary(
            name: "CCrypto",
            pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]
        ),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
        .target(
            name: "Commands",
            dependencies: [
                "Engine", "Stages", "Formats", "Pipeline", "Language", "JSON", "Hashing",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(name: "etl", dependencies: ["Commands", "Stages"], swiftSettings: strict),
        // The sample of a program with a stage of its own, so that the tests compile it; it has a package of its own.
        .executableTarget(
            name: "news",
            dependencies: ["Commands", "Pipeline", "Stages"],
            path: "Samples/plugin/Sources/news",
            swiftSettings: strict
        ),
        .target(name: "CEntityModel", exclude: ["arabic.model", "LICENSE.md"]),
        .executableTarget(
            name: "EntityTrainer",
            dependencies: ["Entities", "Language", "JSON", "CZlib"],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "ExtractionTrainer",
            dependencies: ["Extraction", "JSON"],
            exclude: ["train.py", "train_text.py"],
            swiftSettings: strict
        ),
        .target(name: "TestSupport", path: "Tests/Support", swiftSettings: strict),
        .target(
            name: "FuzzTargets",
            dependencies: modules.map { .byName(name: $0.name) },
            path: "Tests/Fuzz/Targets",
            swiftSettings: strict
        ),
        .testTarget(
            name: "FuzzTests",
            dependencies: ["FuzzTargets"],
            path: "Tests/Fuzz",
            exclude: ["Corpus", "Entry", "Targets"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CommandTests",
            dependencies: ["etl", "news", "Commands", "Pipeline", "JSON", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "FaultTests",
            dependencies: ["etl"],
            path: "Tests/Faults",
            exclude: ["soak.sh"],
            swiftSettings: faults
        ),
        .testTarget(
            name: "GoldenTests",
            dependencies: ["etl", "JSON", "TestSupport"],
            path: "Tests/Golden",
            exclude: ["Cases"],
            swiftSettings: strict
        ),
    ]
        + fuzzing
        + modules.map {
            .target(name: $0.name, dependencies: $0.dependencies, swiftSettings: $0.name == "Engine" ? faults : strict)
        }
        + modules.map {
            .testTarget(
                name: $0.name + "Tests",
                dependencies: [.byName(name: $0.name)] + $0.dependencies + (testDependencies[$0.name] ?? []),
                swiftSettings: strict
            )
        },
    swiftLanguageModes: [.v6]
)
