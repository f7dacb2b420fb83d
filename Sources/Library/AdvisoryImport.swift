//===----------------------------------------------------------------------===//
// Wardlight · Library
//
// Import: verified copies of advisories, kept where every run finds them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Crypto
import Foundation
import Model
import Wire

/// Copies files of advisories into a folder, with their checksums and signatures.
///
/// Names come from what stands in a file, never from where it lay. A file is there whole or not at all; what is there
/// already is left alone, and never replaced by an older revision.
public struct AdvisoryImport: Sendable {
    public enum Outcome: Hashable, Sendable {
        case imported
        case unchanged
        /// A newer copy is there; its revision, where it has one.
        case older(than: String)
        case refused(String)
        case passedOver(String)
    }

    public struct Line: Sendable {
        public var path: String
        /// The advisory's id, or what the file is.
        public var what: String
        public var outcome: Outcome
        public var verification: Advisory.Verification
        public var notes: [String]
    }

    /// What was there before, by the name that it is kept under.
    private struct Known {
        var rank: AdvisoryRank
        var revision: String
        var verification: Advisory.Verification
    }

    public private(set) var lines: [Line] = []
    private let folder: URL
    private var known: [String: Known] = [:]

    /// - Parameters:
    ///   - paths: Files, and folders with the folders in them.
    ///   - folder: Where the copies go; made where it is not there.
    ///   - others: Further folders that are looked into, whose newer copies count.
    public static func run(_ paths: [String], into folder: URL, others: [URL] = []) -> AdvisoryImport {
        var run = AdvisoryImport(folder: folder)
        let places = ([folder] + others).map(\.path).filter { FileManager.default.fileExists(atPath: $0) }
        for file in AdvisoryLibrary.files(places).files { run.learn(AdvisoryCheck.check(file.path, isNamed: false)) }
        let found = AdvisoryLibrary.files(paths)
        for refusal in found.refusals {
            // `path: reason`, as the search says it.
            run.lines.append(
                Line(path: "", what: "", outcome: .refused(refusal), verification: .unverified, notes: []))
        }
        for file in found.files {
            run.take(AdvisoryCheck.check(file.path, isNamed: file.isNamed, keepsOctets: true))
        }
        return run
    }

    private init(folder: URL) { self.folder = folder }

    private mutating func learn(_ file: CheckedAdvisoryFile) {
        guard let content = file.content else { return }
        let (_, name, revision, rank) = Self.identity(content, file)
        if let other = known[name], !(other.rank < rank) { return }
        known[name] = Known(rank: rank, revision: revision, verification: file.verification)
    }

    /// What it is, its name without an ending, its revision and its rank.
    private static func identity(
        _ content: AdvisoryFile.Content, _ file: CheckedAdvisoryFile
    ) -> (what: String, name: String, revision: String, rank: AdvisoryRank) {
        switch content {
        case .csaf(let advisory):
            return (advisory.id, safeName(advisory.id), advisory.revision, AdvisoryRank(advisory))
        case .nvd(let list):
            guard list.count == 1, let advisory = list.first else {
                // Many at once have no id of their own: what stands in them is their name.
                var plain = Advisory(id: "", title: "", publisher: "", digest: file.digest)
                plain.verification = file.verification
                let name = "nvd-" + file.digest.prefix(16)
                return (name, name, "", AdvisoryRank(plain))
            }
            return (advisory.id, "nvd-" + safeName(advisory.id), "", AdvisoryRank(advisory))
        case .exploited(let catalogue):
            return (
                "KEV catalogue", "known_exploited_vulnerabilities", catalogue.version, AdvisoryRank(catalogue, file)
            )
        case .forecasts(let table): return ("EPSS forecasts", "epss_scores", table.model, AdvisoryRank(table, file))
        }
    }

    private mutating func take(_ file: CheckedAdvisoryFile) {
        func line(_ what: String, _ outcome: Outcome) -> Line {
            Line(path: file.path, what: what, outcome: outcome, verification: file.verification, notes: file.notes)
        }
        switch file.verdict {
        case .refused(let reason): lines.append(line("", .refused(reason)))
        case .passedOver(let reason): lines.append(line("", .passedOver(reason)))
        case .nothing: return
        case .whole(let content):
            let (what, name, revision, rank) = Self.identity(content, file)
            if let there = known[name] {
                let isVerifiedNow = file.verification == .checksum && there.verification == .unverified
                if there.rank.digest == file.digest, !isVerifiedNow {
                    lines.append(line(what, .unchanged))
                    return
                }
                if rank < there.rank {
                    lines.append(line(what, .older(than: there.revision)))
                    return
                }
            }
            let isPacked = file.octets.starts(with: [0x1F, 0x8B])
            let isTable = if case .forecasts = content { true } else { false }
            let path = folder.appendingPathComponent(name + (isTable ? ".csv" : ".json") + (isPacked ? ".gz" : "")).path
            let twin = folder.appendingPathComponent(name + (isTable ? ".csv" : ".json") + (isPacked ? "" : ".gz")).path
            do {
                try keep(file, at: path)
                // The same thing packed the other way is the older copy.
                for old in [twin, twin + ".sha512", twin + ".asc"] { try? FileManager.default.removeItem(atPath: old) }
                known[name] = Known(rank: rank, revision: revision, verification: file.verification)
                lines.append(line(what, .imported))
            } catch {
                lines.append(line(what, .refused("it cannot be kept in \(folder.path): \(Self.words(error))")))
            }
        }
    }

    /// What stands beside goes first and comes last: whenever this stops, the folder loads.
    private func keep(_ file: CheckedAdvisoryFile, at path: String) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for ending in [".sha512", ".asc"] { try? FileManager.default.removeItem(atPath: path + ending) }
        try Self.write(file.octets, path)
        // Signatures are kept for whoever wants to judge them; they are small texts.
        if let signature = try? AdvisoryCheck.octets(file.path + ".asc", most: 1 << 20) {
            try Self.write(signature, path + ".asc")
        }
        if file.verification == .checksum {
            let hash = AdvisoryCheck.hexadecimalText(SHA512.hash(data: file.octets))
            try Self.write(Data("\(hash)  \((path as NSString).lastPathComponent)\n".utf8), path + ".sha512")
        }
    }

    /// A temporary file, renamed when it is whole; readable to everybody, as knowledge is.
    private static func write(_ data: Data, _ path: String) throws {
        try data.write(to: URL(fileURLWithPath: path), options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    }

    private static func words(_ error: any Error) -> String {
        let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        return (cause ?? error as NSError).localizedDescription
    }

    /// As CSAF 2.0 (5.1) makes file names of ids: small letters, digits, `+` and `-`; the rest is `_`. Where that loses
    /// something, a part of the id's hash keeps two ids apart.
    static func safeName(_ id: String) -> String {
        var name = ""
        for byte in id.lowercased().utf8.prefix(100) {
            let isPlain =
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2B || byte == 0x2D
            name += isPlain ? String(Unicode.Scalar(byte)) : "_"
        }
        if name != id.lowercased() || name.hasPrefix("-") {
            let hash = AdvisoryCheck.hexadecimalText(SHA256.hash(data: Array(id.lowercased().utf8)))
            name = "advisory_\(name)_\(hash.prefix(12))"
        }
        return name
    }
}
