// swift-tools-version: 6.2
// The floor plan, in floor order. Imports go down; rooms on one floor are strangers; only edges use the cellar.
import PackageDescription

extension [SwiftSetting] {
    /// One set of rules for every room: Swift 6, safe memory said aloud, spans that may be stored, warnings are errors.
    static var house: [SwiftSetting] {
        [
            .swiftLanguageMode(.v6),
            .strictMemorySafety(),
            .enableExperimentalFeature("Lifetimes"),
            .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
            .enableUpcomingFeature("ExistentialAny"),
            .treatAllWarnings(as: .error),
        ]
    }
}

extension Target {
    static func room(_ name: String, _ below: [Target.Dependency] = [], path: String? = nil, without: [String] = [])
        -> Target
    {
        .target(
            name: name, dependencies: below, path: path ?? "Sources/\(name)", exclude: ["README.md"] + without,
            swiftSettings: .house)
    }
    static func tests(_ name: String, _ of: [Target.Dependency], without: [String] = []) -> Target {
        .testTarget(
            name: name, dependencies: of + ["Support"], path: "Tests/\(name)", exclude: without,
            swiftSettings: .house)
    }
}

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let treeCollections = Target.Dependency.product(name: "HashTreeCollections", package: "swift-collections")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdHTTP2 = Target.Dependency.product(name: "HummingbirdHTTP2", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let certificates = Target.Dependency.product(name: "X509", package: "swift-certificates")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "wardlight",
    products: [
        .executable(name: "wardlight", targets: ["wardlight"]),
        .library(name: "WardlightWire", targets: ["Wire"]),
        .library(name: "WardlightKnowledge", targets: ["Library", "Inventory", "PCRE"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-certificates", exact: "1.21.1"),
        .package(url: "https://github.com/apple/swift-asn1", exact: "1.7.4"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    ],
    targets: [
        // Cellar: one safe wrapper per C library.
        .systemLibrary(name: "CPcap", path: "Sources/System/CPcap", providers: [.apt(["libpcap-dev"])]),
        .systemLibrary(name: "CMemory", path: "Sources/System/CMemory"),
        .systemLibrary(name: "CZlib", path: "Sources/System/CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CPCRE2", path: "Sources/System/CPCRE2", providers: [.apt(["libpcre2-dev"])]),
        .systemLibrary(name: "CSNMP", path: "Sources/System/CSNMP", providers: [.apt(["libsnmp-dev"])]),
        .room("Pcap", ["CPcap"], path: "Sources/System/Pcap"),
        .room("Zlib", ["CZlib"], path: "Sources/System/Zlib"),
        .room("Memory", ["CMemory"], path: "Sources/System/Memory"),
        .room("Files", [], path: "Sources/System/Files"),
        .room("Workers", [], path: "Sources/System/Workers"),
        .room("PCRE", ["CPCRE2"], path: "Sources/System/PCRE"),
        .room("SNMP", ["CSNMP"], path: "Sources/System/SNMP"),

        // Floor 0
        .room("Model"),

        // Floor 1
        .room("Wire", ["Model", "WireRecords", crypto, protobuf], without: ["Wardlight/Records"]),
        // Generated from wardlight.proto (`make proto`); a target of its own because its storage is marked unsafe.
        .target(
            name: "WireRecords", dependencies: [protobuf], path: "Sources/Wire/Wardlight/Records",
            exclude: ["wardlight.proto"], swiftSettings: [.swiftLanguageMode(.v6)]),
        .room("Inventory", ["Model", crypto, treeCollections]),
        .room("Topology", ["Model"]),
        .room("Defense", ["Model", treeCollections]),
        .room("Ledger", ["Model"]),
        .room("Reports", ["Model"]),

        // Floor 2
        .room("Twin", ["Model", "Inventory", "Topology", "Defense", "Ledger", "Reports", crypto, treeCollections]),
        .room("Simulator", ["Model", "Wire"]),

        // Floor 3
        .room("Sensors", ["Model", "Wire", "Pcap", "Zlib", "SNMP", "Memory", crypto]),
        .room("Settings", ["Model", yams]),
        .room("Keys", ["Model", certificates, asn1, crypto]),
        .room("Agents", ["Model", "Wire", "Simulator", nio, nioPosix]),
        .room("Store", ["Model", "Wire", "Memory", "Files", "Workers", grdb, crypto]),
        .room(
            "Server",
            [
                "Model", "Wire", "Reports", "Twin", hummingbird, hummingbirdCore, hummingbirdHTTP2, hummingbirdTLS,
                mustache, crypto, cryptoExtras, logging, lifecycle, nio, nioTLS, nioSSL, nioHTTP1,
                nioHTTPTypes, httpTypes,
            ]),
        .room("Actuators", ["Model", nio, nioPosix, nioSSL, httpClient, crypto, logging, lifecycle]),
        .room("Library", ["Model", "Wire", "Inventory", "Defense", "PCRE", "Zlib", crypto]),

        // Floor 4
        .executableTarget(
            name: "wardlight",
            dependencies: [
                "Model", "Wire", "Inventory", "Defense", "Ledger", "Reports", "Twin", "Simulator", "Sensors", "Store",
                "Library",
                "Settings", "Keys", "Agents", "Server", "Actuators", arguments, crypto, lifecycle, signals, logging,
            ],
            path: "Sources/wardlight", exclude: ["README.md"], swiftSettings: .house),

        // Tests
        .target(name: "Support", dependencies: ["Model", "Wire"], path: "Tests/Support", swiftSettings: .house),
        .tests("ModelTests", ["Model"]),
        .tests("WireTests", ["Wire", "Model"]),
        .tests("InventoryTests", ["Inventory", "Model"]),
        .tests("TopologyTests", ["Topology", "Wire", "Model"]),
        .tests("DefenseTests", ["Defense", "Topology", "Model"], without: ["Scenarios"]),
        .tests("LedgerTests", ["Ledger", "Wire", "Model"]),
        .tests("SettingsTests", ["Settings", "Model"]),
        .tests("KeysTests", ["Keys", "Model"]),
        .tests("ReportsTests", ["Reports", "Model", crypto]),
        .tests("HouseTests", ["Model"]),
        .tests("SensorsTests", ["Sensors", "SNMP", "Wire", "Model"]),
        .tests("LibraryTests", ["Library", "PCRE", "Inventory", "Defense", "Wire", "Model"]),
        // A disk that fails on demand, for the tests of the log.
        .target(name: "CFault", path: "Tests/StoreTests/CFault", linkerSettings: [.linkedLibrary("sqlite3")]),
        .tests("StoreTests", ["Store", "Wire", "Model", "CFault", grdb], without: ["CFault"]),
        .tests("TortureTests", ["Sensors", "Wire", "Inventory", "Twin", "Reports", "Model"]),
        .tests("CommandTests", ["Wire", "Model", httpClient, nio]),
        .tests("SimulatorTests", ["Simulator", "Model", "Wire"]),
        .tests("AgentsTests", ["Agents", "Simulator", "Model", "Wire"]),
        .tests("TwinTests", ["Twin", "Inventory", "Model", crypto]),
        .tests(
            "ServerTests",
            ["Server", "Twin", "Wire", "Model", logging, httpClient, nio, nioPosix, nioSSL]),
        .tests("ActuatorsTests", ["Actuators", "Model", crypto, certificates, asn1, logging, nio, nioPosix, nioSSL]),
        .tests("HospitalTests", ["Simulator", "Sensors", "Twin", "Inventory", "Defense", "Reports", "Model", "Wire"]),
    ]
)
