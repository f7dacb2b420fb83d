//===----------------------------------------------------------------------===//
// Wardlight · Library
//
// Advisories: what is known of weaknesses, from folders and files in whatever order.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Foundation
import Model
import Synchronization
import Wire

/// Loads files of advisories into one set. A file that cannot be used is refused by name, and the others still load.
public struct AdvisoryLibrary: Sendable {
    public private(set) var set = AdvisorySet()
    /// One line each: which file is not used, and why.
    public private(set) var refusals: [String] = []
    /// What was passed over, and what of a used file was left out.
    public private(set) var notes: [String] = []
    /// Of each advisory that counts, by its id: the file it came from.
    public private(set) var origins: [String: String] = [:]
    public private(set) var exploitedOrigin: String?
    public private(set) var forecastsOrigin: String?

    /// Files at one path. CISA's whole collection has 2,400 advisories with two files beside each.
    static let mostFiles = 100_000
    /// Folders in folders.
    private static let deepest = 16
    /// All files together, packed as they are: what a small machine holds.
    private static let mostOctets = 1 << 30

    /// - Parameter paths: Folders, with the folders in them, and files. A path that is not there is refused.
    public static func load(_ paths: [String]) -> AdvisoryLibrary {
        var library = AdvisoryLibrary()
        let found = files(paths)
        library.refusals = found.refusals
        var chosen = Chosen()
        for file in checked(found.files) {
            switch file.verdict {
            case .whole(let content):
                chosen.take(content, of: file)
                library.notes += file.notes.map { "\(file.path): \($0)" }
            case .refused(let reason): library.refusals.append("\(file.path): \(reason)")
            case .passedOver(let reason): library.notes.append("\(file.path): \(reason); passed over.")
            case .nothing: continue
            }
        }
        chosen.finish(&library)
        return library
    }

    struct Found {
        var files: [(path: String, isNamed: Bool)] = []
        var refusals: [String] = []
        fileprivate var octets = 0
    }

    /// The files at the paths: each once, folders by name.
    static func files(_ paths: [String]) -> Found {
        var found = Found()
        var seen: Set<String> = []
        for path in paths { gather(path, isNamed: true, depth: 0, &found, &seen) }
        return found
    }

    private static func gather(
        _ path: String, isNamed: Bool, depth: Int, _ found: inout Found, _ seen: inout Set<String>
    ) {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: target)
        switch attributes?[.type] as? FileAttributeType {
        case .typeDirectory:
            // A folder that is named twice, or that holds a link to itself, is read once.
            guard seen.insert(target).inserted else { return }
            guard depth < deepest, let names = try? FileManager.default.contentsOfDirectory(atPath: target) else {
                found.refusals.append("\(path): the folder cannot be read; is it yours to read, and not too deep?")
                return
            }
            let base = path.hasSuffix("/") ? path : path + "/"
            for name in names.sorted() where !name.hasPrefix(".") && !isBeside(name) {
                gather(base + name, isNamed: false, depth: depth + 1, &found, &seen)
            }
        case .typeRegular:
            guard seen.insert(target).inserted else { return }
            guard found.files.count < mostFiles else {
                if found.refusals.last?.hasPrefix("more than") != true {
                    found.refusals.append("more than 100,000 files: those after \(path) are not read; give fewer.")
                }
                return
            }
            found.octets += min(attributes?[.size] as? Int ?? 0, mostOctets)
            guard found.octets <= mostOctets else {
                found.refusals.append("\(path): all files together are larger than 1 GiB; give fewer.")
                return
            }
            found.files.append((path, isNamed))
        case nil where isNamed: found.refusals.append("\(path): no such folder or file, or it cannot be read.")
        default: found.refusals.append("\(path): neither a file nor a folder; it is not waited for.")
        }
    }

    /// What only stands beside advisories: checksums and signatures.
    private static func isBeside(_ name: String) -> Bool {
        [".sha512", ".sha256", ".asc", ".sig"].contains { name.lowercased().hasSuffix($0) }
    }

    /// Side by side, in the order of the files.
    private static func checked(_ files: [(path: String, isNamed: Bool)]) -> [CheckedAdvisoryFile] {
        let results = Mutex([CheckedAdvisoryFile?](repeating: nil, count: files.count))
        DispatchQueue.concurrentPerform(iterations: files.count) { index in
            let file = AdvisoryCheck.check(files[index].path, isNamed: files[index].isNamed)
            results.withLock { $0[index] = file }
        }
        return results.withLock { $0 }.compactMap { $0 }
    }

    /// What counts of what was read so far; whoever comes first or last.
    private struct Chosen {
        var advisories: [String: (advisory: Advisory, path: String)] = [:]
        var exploited: (catalogue: ExploitedCatalogue, rank: AdvisoryRank, path: String)?
        var forecasts: (table: ForecastTable, rank: AdvisoryRank, path: String)?

        mutating func take(_ content: AdvisoryFile.Content, of file: CheckedAdvisoryFile) {
            switch content {
            case .csaf(let advisory): take(advisory, file.path)
            case .nvd(let list): for advisory in list { take(advisory, file.path) }
            case .exploited(let catalogue):
                let rank = AdvisoryRank(catalogue, file)
                if exploited.map({ $0.rank < rank }) ?? true { exploited = (catalogue, rank, file.path) }
            case .forecasts(let table):
                let rank = AdvisoryRank(table, file)
                if forecasts.map({ $0.rank < rank }) ?? true { forecasts = (table, rank, file.path) }
            }
        }

        private mutating func take(_ advisory: Advisory, _ path: String) {
            // A publisher's own words on a CVE are no copy of NVD's.
            let key = (advisory.isOfNVD ? "nvd " : "") + advisory.id.lowercased()
            if let other = advisories[key], !(AdvisoryRank(other.advisory) < AdvisoryRank(advisory)) { return }
            advisories[key] = (advisory, path)
        }

        func finish(_ library: inout AdvisoryLibrary) {
            var set = AdvisorySet()
            for key in advisories.keys.sorted() {
                guard let (found, path) = advisories[key] else { continue }
                var advisory = found
                if advisory.isOfNVD, advisories[advisory.id.lowercased()] != nil { advisory.id += " (NVD)" }
                set.advisories.append(advisory)
                library.origins[advisory.id] = path
            }
            set.advisories.sort { $0.id < $1.id }
            var lines = set.advisories.map { "advisory \($0.id) \($0.digest) \($0.verification.rawValue)" }
            var moments = set.advisories.compactMap { $0.updated }
            if let exploited {
                for entry in exploited.catalogue.entries { set.exploited[entry.cve] = entry }
                set.exploitedAsOf = exploited.catalogue.released
                lines.append("exploited \(exploited.rank.digest)")
                library.exploitedOrigin = exploited.path
            }
            if let forecasts {
                set.forecasts = forecasts.table.entries
                set.forecastsAsOf = forecasts.table.date
                lines.append("forecasts \(forecasts.rank.digest)")
                library.forecastsOrigin = forecasts.path
            }
            moments += [set.exploitedAsOf, set.forecastsAsOf].compactMap { $0 }
            set.asOf = moments.max()
            if !lines.isEmpty {
                set.digest = AdvisoryCheck.hexadecimalText(
                    SHA256.hash(data: Array(lines.joined(separator: "\n").utf8)))
            }
            library.set = set
        }
    }
}

extension Advisory {
    var isOfNVD: Bool { publisher == "NVD" }
}
