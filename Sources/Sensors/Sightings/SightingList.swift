//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// Lists of other systems: files of leases, accounting, flows and devices, as sightings.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Wire
import Zlib

/// Reads lists of other systems piece by piece, plain or gzip; `-` is standard input.
public struct SightingList: Sendable {
    /// Nil where the beginning of each file tells.
    public var format: SightingFormat?
    public var time: ListTime
    /// When the lists were made; nil takes each file's own time.
    public var taken: Timestamp?
    public var inside: [SightingConversion.Network]

    public init(
        format: SightingFormat?, time: ListTime, taken: Timestamp?, inside: [SightingConversion.Network]
    ) {
        self.format = format
        self.time = time
        self.taken = taken
        self.inside = inside
    }

    public enum Failure: Error, Hashable, Sendable {
        case file(SightingFailure)
        /// Nothing in it tells what it is.
        case unknownFormat(path: String)
        case nothing(path: String, format: SightingFormat, reason: String)

        public var words: String {
            switch self {
            case .file(let failure): failure.words
            case .unknownFormat(let path):
                "\(path): nothing in it tells what it is; say --from \(SightingFormat.allCases.map(\.rawValue).joined(separator: ", --from "))."
            case .nothing(let path, let format, let reason): "\(path): not read as \(format.rawValue) (\(reason))."
            }
        }
    }

    /// - Parameters:
    ///   - now: Stands for the time of standard input.
    /// - Returns: As what it was read, and how well.
    public func convert(
        _ path: String, now: Timestamp, emit: (SightingLine) -> Void
    ) throws(Failure) -> (format: SightingFormat, report: SightingConverter.Report) {
        var bytes = [UInt8](repeating: 0, count: 1 << 18)
        var converter: SightingConverter?
        var used: SightingFormat?
        do throws(InputFile.Failure) {
            let file = try InputFile(path)
            while true {
                let got = try file.read(into: &bytes, at: 0, count: bytes.count)
                if converter == nil {
                    guard let known = format ?? SightingFormat(guessing: Array(bytes.prefix(got))) else {
                        throw InputFile.Failure.damaged(Self.unknown)
                    }
                    used = known
                    converter = SightingConverter(
                        SightingConversion(
                            known, time: time, taken: taken ?? Self.modified(path) ?? now, inside: inside))
                }
                if got == 0 { break }
                converter?.feed(bytes, count: got, emit: emit)
            }
        } catch {
            if error == .damaged(Self.unknown) { throw .unknownFormat(path: path) }
            throw .file(SightingFailure(error, path))
        }
        converter?.finish(emit: emit)
        guard let used, let report = converter?.report else { throw .unknownFormat(path: path) }
        if let reason = report.failure { throw .nothing(path: path, format: used, reason: reason) }
        if report.rows == 0 { throw .nothing(path: path, format: used, reason: "no row in it") }
        return (used, report)
    }

    private static let unknown = "format"

    private static func modified(_ path: String) -> Timestamp? {
        guard path != "-",
            let date = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
        else { return nil }
        return Timestamp(seconds: Int64(date.timeIntervalSince1970.rounded(.down)))
    }
}
