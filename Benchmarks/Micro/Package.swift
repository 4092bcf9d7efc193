// swift-tools-version: 6.1
import PackageDescription

// Not part of csnfil's own package, so that building and testing csnfil never fetches or builds it.
// Without its default traits the benchmark package neither replaces malloc nor hooks the Swift runtime: what is timed is
// what users run.
let package = Package(
    name: "csnfil-micro",
    dependencies: [
        .package(name: "csnfil", path: "../.."),
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "HotPath",
            dependencies: [
                .product(name: "Benchmark", package: "benchmark"), .product(name: "MeasuredRooms", package: "csnfil"),
            ],
            path: "Benchmarks/HotPath", swiftSettings: [.swiftLanguageMode(.v6)],
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
    ]
)
