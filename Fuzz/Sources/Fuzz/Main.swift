//===----------------------------------------------------------------------===//
// Wardlight · Fuzz
//
// The command: `Fuzz list`, `Fuzz seeds CAPTURES CORPUS`, `Fuzz TARGET [libFuzzer's arguments]`.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import CFuzzer
import Foundation
import Wire

/// Chosen once, before libFuzzer begins, which has one thread.
nonisolated(unsafe) private var chosen = Target(name: "none", .bytes { _ in })

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    chosen.feed(UnsafeBufferPointer(start: start, count: count).span)
    return 0
}

@main
enum Fuzz {
    static func main() {
        let arguments = CommandLine.arguments
        switch arguments.dropFirst().first {
        case "list":
            print(Target.all.map(\.name).joined(separator: "\n"))
        case "seeds" where arguments.count == 4:
            Seeds(into: URL(fileURLWithPath: arguments[3])).take(from: URL(fileURLWithPath: arguments[2]))
        case let name:
            guard let target = Target.all.first(where: { $0.name == name }) else {
                print("usage: Fuzz list | Fuzz seeds CAPTURES CORPUS | Fuzz TARGET [libFuzzer's arguments]")
                exit(2)
            }
            chosen = target
            run([arguments[0]] + arguments.dropFirst(2))
        }
    }

    private static func run(_ arguments: [String]) {
        var count = CInt(arguments.count)
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        words.withUnsafeMutableBufferPointer { buffer in
            var first = buffer.baseAddress
            exit(LLVMFuzzerRunDriver(&count, &first, testOneInput))
        }
    }
}
