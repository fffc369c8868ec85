// swift-tools-version:6.2
import PackageDescription

// COPYTASTER_FUZZ=1 adds the libFuzzer target (release builds only, own scratch path); see CONTRIBUTING.md.
let fuzzing = Context.environment["COPYTASTER_FUZZ"] != nil
// COPYTASTER_BENCH=1 adds the programs that measurements need: fetchbench (Benchmarks/fetching/README.md) and storefill
// (Benchmarks/stories/start.py).
let measuring = Context.environment["COPYTASTER_BENCH"] != nil

let common: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]
let core: [SwiftSetting] =
    common + [.strictMemorySafety()]
    + (fuzzing ? [.unsafeFlags(["-sanitize=fuzzer,address"])] : [])

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")

var targets: [Target] = [
    .systemLibrary(name: "CLibcurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CLibcrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CLinux"),
    .target(name: "CLexicon"),

    .target(name: "ExtractionCore", dependencies: ["CLexicon", "CLibcrypto", "CZlib"], swiftSettings: core),
    .target(name: "Stories", dependencies: ["ExtractionCore"], swiftSettings: common),
    .target(
        name: "Store",
        dependencies: ["ExtractionCore", "Stories", .product(name: "GRDB", package: "GRDB.swift")],
        swiftSettings: common),
    .target(
        name: "Wire", dependencies: ["ExtractionCore", "CLibcurl", "CLinux", logging], swiftSettings: common),
    .target(
        name: "Desk",
        dependencies: [
            "ExtractionCore", "Stories", "Store", "Wire", "CLinux", logging, lifecycle, unixSignals,
            .product(name: "Yams", package: "Yams"),
        ],
        swiftSettings: common),
    .executableTarget(
        name: "copytasterd", dependencies: ["Desk", logging, argumentParser], swiftSettings: common),
    .executableTarget(
        name: "copytaster", dependencies: ["Desk", "ExtractionCore", "Stories", logging, argumentParser],
        swiftSettings: common),

    .testTarget(name: "ExtractionCoreTests", dependencies: ["ExtractionCore", "CZlib"], swiftSettings: common),
    .testTarget(name: "StoriesTests", dependencies: ["Stories", "ExtractionCore"], swiftSettings: common),
    .testTarget(
        name: "StoreTests",
        dependencies: ["Store", "Stories", "ExtractionCore", .product(name: "GRDB", package: "GRDB.swift")],
        swiftSettings: common),
    .testTarget(name: "WireTests", dependencies: ["Wire", "ExtractionCore"], swiftSettings: common),
    .testTarget(
        name: "DeskTests", dependencies: ["Desk", "Store", "Wire", "Stories", "ExtractionCore"],
        swiftSettings: common),
]

if fuzzing {
    targets.append(
        .executableTarget(
            name: "fuzz", dependencies: ["ExtractionCore"],
            swiftSettings: [.unsafeFlags(["-parse-as-library", "-sanitize=fuzzer,address"])],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]))
}

if measuring {
    targets.append(
        .executableTarget(
            name: "fetchbench", dependencies: ["Wire", "ExtractionCore"], path: "Benchmarks/fetching/fetchbench",
            swiftSettings: common))
    targets.append(
        .executableTarget(
            name: "storefill", dependencies: ["Store", "Stories", "ExtractionCore"],
            path: "Benchmarks/stories/storefill", swiftSettings: common))
}

let package = Package(
    name: "copytaster",
    products: [
        .executable(name: "copytaster", targets: ["copytaster"]),
        .executable(name: "copytasterd", targets: ["copytasterd"]),
        .library(name: "ExtractionCore", targets: ["ExtractionCore"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    ],
    targets: targets,
    swiftLanguageModes: [.v6]
)
