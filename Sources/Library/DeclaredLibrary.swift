//===----------------------------------------------------------------------===//
// Wardlight · Library
//
// The hospital's own lists of assets: from files to one list, with its digest and its age.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Foundation
import Model
import Wire

/// Why a list of assets could not be read.
public enum DeclaredFailure: Error, Hashable, Sendable {
    case cannotOpen(path: String)
    case noSuchFile(path: String)
    case notAFile(path: String)
    case tooLarge(path: String)
    case refused(path: String, DeclaredRefusal)
    /// A key of `declared: columns:` that is no column of ours.
    case unknownColumn(String)

    /// In one line, with the cure.
    public var words: String {
        switch self {
        case .cannotOpen(let path): "\(path): no permission to read it."
        case .noSuchFile(let path): "\(path): no such file."
        case .notAFile(let path): "\(path): a directory; name the lists in it."
        case .tooLarge(let path): "\(path): \(DeclaredRefusal.tooLarge.words)"
        case .refused(let path, let refusal): "\(path): \(refusal.words)"
        case .unknownColumn(let name): "declared: columns: '\(name)' is no column; docs/declared.md lists them."
        }
    }
}

/// Reads lists of assets (docs/declared.md).
public enum DeclaredLibrary {
    public struct Loaded: Sendable {
        public var list: DeclaredList
        /// A line for each file: how it was read, for the person who wonders.
        public var notes: [String]
    }

    /// Name under which the log keeps the digest of the lists.
    public static let knowledge = "declared"

    /// All files as one list, in the order given; `-` is standard input, once.
    ///
    /// - Parameters:
    ///   - columns: Our names of columns to theirs (`SitePlan.columns`).
    ///   - now: How fresh standard input is, which has no time of its own; nil where nobody knows.
    public static func load(
        _ paths: [String], columns: [String: String] = [:], now: Timestamp? = nil
    ) throws(DeclaredFailure) -> Loaded {
        var named: [DeclaredColumn: String] = [:]
        for (name, heading) in columns.sorted(by: { $0.key < $1.key }) {
            guard let column = DeclaredColumn(rawValue: name) else { throw .unknownColumn(name) }
            named[column] = heading
        }
        var loaded = Loaded(list: DeclaredList(), notes: [])
        var hash = SHA256()
        for path in paths {
            let bytes = try contents(of: path)
            let source = path == "-" ? "standard input" : URL(fileURLWithPath: path).lastPathComponent
            let reading: DeclaredReading
            do throws(DeclaredRefusal) {
                reading = try DeclaredReading(bytes, source: source, columns: named)
            } catch { throw .refused(path: path, error) }
            loaded.take(reading, path)
            hash.update(data: SHA256.hash(data: bytes).map(\.self))
            hash.update(data: Array(reading.mapping.utf8))
            guard let changed = path == "-" ? now : modified(path) else { continue }
            // A list is as old as its oldest file.
            loaded.list.asOf = min(loaded.list.asOf ?? changed, changed)
        }
        loaded.list.digest = hash.finalize().map { hexadecimal($0) }.joined()
        return loaded
    }

    // MARK: Files

    private static func contents(of path: String) throws(DeclaredFailure) -> [UInt8] {
        if path == "-" {
            var bytes: [UInt8] = []
            while let piece = try? FileHandle.standardInput.read(upToCount: 1 << 20), !piece.isEmpty {
                bytes += piece
                guard bytes.count <= CSVReader.mostOctets else { throw .tooLarge(path: path) }
            }
            return bytes
        }
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: target) else {
            throw .noSuchFile(path: path)
        }
        switch attributes[.type] as? FileAttributeType {
        case .typeRegular?: break
        case .typeDirectory?: throw .notAFile(path: path)
        default: throw .cannotOpen(path: path)
        }
        let size = (attributes[.size] as? NSNumber)?.intValue ?? 0
        guard size <= CSVReader.mostOctets else { throw .tooLarge(path: path) }
        guard let data = FileManager.default.contents(atPath: target) else { throw .cannotOpen(path: path) }
        return [UInt8](data)
    }

    private static func modified(_ path: String) -> Timestamp? {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let date = try? FileManager.default.attributesOfItem(atPath: target)[.modificationDate] as? Date
        return date.map { Timestamp(seconds: Int64($0.timeIntervalSince1970.rounded(.down))) }
    }
}

extension DeclaredLibrary.Loaded {
    fileprivate mutating func take(_ reading: DeclaredReading, _ path: String) {
        list.assets += reading.assets
        let room = max(0, DeclaredReading.mostTroubles - list.troubles.count)
        list.troubles += reading.troubles.prefix(room)
        list.troublesLeftOut += reading.troublesLeftOut + max(0, reading.troubles.count - room)
        list.placeholders += reading.placeholders
        let separator = reading.separator == 0x09 ? "tab" : String(Unicode.Scalar(reading.separator))
        let columns = reading.columns.map { "\($0.heading.prefix(40)) = \($0.column.rawValue)" }
        notes.append(
            "\(path): \(reading.assets.count) rows, \(reading.encoding.rawValue), separator \(separator): "
                + columns.joined(separator: ", "))
    }
}
