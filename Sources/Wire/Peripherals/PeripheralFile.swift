//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Files of reports of peripherals: a line each, from one agent or from many.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// All reports of a file. A broken line is named and costs itself only.
public struct PeripheralFile: Sendable {
    public struct Trouble: Hashable, Sendable {
        /// From 1.
        public var line: Int
        public var trouble: LineTrouble

        public var words: String { trouble.words(PeripheralLine.form) }
    }

    /// In the order of their times; those of one moment in the order of the file.
    public private(set) var lines: [PeripheralLine] = []
    /// The first broken lines; all are counted in `oddities`.
    public private(set) var troubles: [Trouble] = []
    public private(set) var oddities: [Oddity: UInt64] = [:]

    /// A hospital's 20,000 endpoints, five reports each.
    public static let mostLines = 100_000
    private static let mostNamed = 16

    public init(_ bytes: [UInt8]) {
        let text = Self.plain(bytes)
        var number = 0
        var start = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while start < text.count {
            number += 1
            let end = text[start...].firstIndex(of: 0x0A) ?? text.count
            let line = start..<end
            start = end + 1
            if text[line].allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
            guard lines.count < Self.mostLines else {
                oddities[.peripheralsTooMany, default: 0] += 1
                continue
            }
            do throws(LineTrouble) {
                lines.append(try PeripheralLine(text.span.extracting(line)))
            } catch {
                oddities[.peripheralsBadLine, default: 0] += 1
                if troubles.count < Self.mostNamed { troubles.append(Trouble(line: number, trouble: error)) }
            }
        }
        lines = lines.enumerated().sorted {
            ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
        }.map(\.element)
    }

    /// Windows PowerShell writes UTF-16 with a mark of byte order when nobody asks for another form.
    private static func plain(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.starts(with: [0xFF, 0xFE]) else { return bytes }
        let units = stride(from: 2, to: bytes.count - bytes.count % 2, by: 2).map {
            UInt16(bytes[$0 + 1]) << 8 | UInt16(bytes[$0])
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }
}
