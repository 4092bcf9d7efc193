// swift-tools-version: 6.2
import PackageDescription

/// Every room is built the same way: Swift 6 language mode, warnings are errors; for release the optimizer looks across
/// the rooms' walls (docs/performance.md, "The build").
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6), .treatAllWarnings(as: .error),
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// A room of the house and its tests. What a room may import is the table in docs/architecture.md.
func room(_ name: String, _ imports: [Target.Dependency], plugins: [Target.PluginUsage] = []) -> Target {
    .target(name: name, dependencies: imports, swiftSettings: strict, plugins: plugins)
}

func tests(of name: String, _ imports: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: imports, resources: resources, swiftSettings: strict)
}

let package = Package(
    name: "csnfil",
    products: [
        .executable(name: "csnfil", targets: ["csnfil"]),
        // For Benchmarks/Micro alone, a package of its own that measures single rooms; nobody else is promised them.
        .library(
            name: "MeasuredRooms",
            targets: ["CSN", "CSNRules", "Documents", "Exports", "Normalizing", "Profiles", "Synthesis", "Uploads"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        room("Findings", []),
        room("CSN", []),
        room("Documents", ["Findings", yams]),
        room("Profiles", ["CSN", "Documents", "Findings"]),
        room("Exports", ["Documents", "Profiles", "Findings", "CLibXML2"]),
        room("Normalizing", ["CSN", "Profiles", "Exports", "Documents", "Findings"]),
        room("CSNRules", ["CSN", "Findings"], plugins: ["RuleCatalogue"]),
        room("Planning", ["CSN"]),
        room("Uploads", ["CSN", "Documents", "Findings", crypto, "CLibXML2"]),
        room("DeliveryLedger", ["CSN", grdb, grdbSQLite]),
        room("Reports", ["CSN", "Findings", "CSNRules"]),
        room("Synthesis", ["CSN", "Profiles"]),
        room(
            "Pipeline",
            [
                "CSN", "Findings", "Documents", "Profiles", "Exports", "Normalizing", "CSNRules", "Planning", "Uploads",
                "DeliveryLedger", "Reports", "Synthesis", "CMalloc", crypto, logging,
            ]),
        .executableTarget(name: "csnfil", dependencies: ["Pipeline", argumentParser], swiftSettings: strict),
        // A conversion without what makes its files sure, for `Benchmarks/run` alone.
        .executableTarget(
            name: "convert-bare", dependencies: ["Pipeline", "Uploads", argumentParser], path: "Benchmarks/Bare",
            swiftSettings: strict),
        // Build tools: the plugin lists Sources/CSNRules/Rules, the tool writes the catalogue and the pass.
        .executableTarget(name: "RuleLister", swiftSettings: strict),
        .plugin(name: "RuleCatalogue", capability: .buildTool(), dependencies: ["RuleLister"]),
        tests(of: "CSN", ["CSN"], resources: [.copy("Fixtures")]),
        tests(of: "Uploads", ["Uploads", "CSN", "Documents", "Findings", crypto]),
        tests(of: "Documents", ["Documents", "Findings"]),
        tests(of: "Synthesis", ["Synthesis", "Profiles", "CSN"]),
        tests(of: "Planning", ["Planning", "CSN"]),
        tests(of: "DeliveryLedger", ["DeliveryLedger", "CSN", grdb]),
        tests(of: "CSNRules", ["CSNRules", "CSN", "Findings"], resources: [.copy("Fixtures")]),
        tests(of: "Reports", ["Reports", "CSN", "CSNRules", "Findings"], resources: [.copy("Fixtures")]),
        tests(
            of: "Pipeline",
            ["Pipeline", "Reports", "CSN", "CSNRules", "DeliveryLedger", "Documents", "Findings", "Uploads"],
            resources: [.copy("Fixtures")]),
        tests(of: "Csnfil", ["csnfil"], resources: [.copy("Fixtures")]),
        tests(of: "Samples", ["Pipeline", "Reports", "CSNRules", "CSN"]),
        tests(of: "Architecture", []),
        tests(of: "Exports", ["Exports", "Profiles", "Documents", "Findings"]),
        tests(of: "Profiles", ["Profiles", "CSN", "Documents", "Findings"]),
        tests(of: "Normalizing", ["Normalizing", "Profiles", "CSN", "Documents", "Findings"]),
        // The simulated school year (docs/simulation.md). The authority in it imports nothing of the program's.
        .target(name: "SimulatedCSN", path: "Tests/Simulation/SimulatedCSN", swiftSettings: strict),
        .target(
            name: "SchoolYear", dependencies: ["SimulatedCSN", "Pipeline", "Reports", "DeliveryLedger", "CSN"],
            path: "Tests/Simulation/SchoolYear",
            swiftSettings: strict),
        .executableTarget(
            name: "simulate", dependencies: ["SchoolYear"], path: "Tests/Simulation/Command", swiftSettings: strict),
        tests(of: "Simulation", ["SchoolYear", "SimulatedCSN", "CSN"]),
        // Runs the built program; `swift test` builds it with the tests.
        tests(of: "Program", [grdbSQLite], resources: [.copy("Fixtures")]),
    ]
)
