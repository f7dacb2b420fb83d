// swift-tools-version: 6.2
// A package of its own: fuzzing needs compiler flags and unsafe pointers that the house does without. See README.md.
import PackageDescription

let package = Package(
    name: "wardlight-fuzz",
    dependencies: [.package(name: "wardlight", path: "..")],
    targets: [
        .target(name: "CFuzzer"),
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                "CFuzzer", .product(name: "WardlightWire", package: "wardlight"),
                .product(name: "WardlightKnowledge", package: "wardlight"),
            ]),
    ])
